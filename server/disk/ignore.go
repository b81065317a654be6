package disk

import (
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// ignores are the patterns of one ignore file, on top of those that count less.
// A nil *ignores ignores nothing. Paths are absolute, with slashes.
type ignores struct {
	parent *ignores
	dir    string // where the patterns are anchored, with a slash at its end
	rules  []ignoreRule
}

// ignoreRule is one pattern, in the language of the glob library.
type ignoreRule struct {
	glob    string
	base    bool // it is matched against the last element of the path
	dirOnly bool
	negated bool
}

// ignored reports whether a file or directory below g.dir is ignored, provided
// that none of the directories that hold it is: as in git, nothing below an
// ignored directory can be brought back. The last pattern that matches decides.
func (g *ignores) ignored(name string, isDir bool) bool {
	for ; g != nil; g = g.parent {
		rel := strings.TrimPrefix(name, g.dir)
		for i := len(g.rules) - 1; i >= 0; i-- {
			if g.rules[i].matches(rel, isDir) {
				return !g.rules[i].negated
			}
		}
	}
	return false
}

func (r ignoreRule) matches(rel string, isDir bool) bool {
	if r.dirOnly && !isDir {
		return false
	}
	if r.base {
		rel = path.Base(rel)
	}
	ok, err := doublestar.Match(r.glob, rel)
	return ok && err == nil // as in git, a malformed pattern matches nothing
}

// with returns g with the patterns of an ignore file on top; a file that cannot
// be read has none.
func (g *ignores) with(dir, file string) *ignores {
	data, err := os.ReadFile(file)
	if err != nil {
		return g
	}
	rules := parseIgnore(string(data))
	if len(rules) == 0 {
		return g
	}
	return &ignores{g, strings.TrimSuffix(filepath.ToSlash(dir), "/") + "/", rules}
}

// parseIgnore reads the lines of an ignore file as gitignore(5) describes them.
func parseIgnore(text string) []ignoreRule {
	var rules []ignoreRule
	for line := range strings.SplitSeq(strings.TrimPrefix(text, "\ufeff"), "\n") {
		if r, ok := parseIgnoreLine(strings.TrimSuffix(line, "\r")); ok {
			rules = append(rules, r)
		}
	}
	return rules
}

func parseIgnoreLine(line string) (ignoreRule, bool) {
	var r ignoreRule
	if strings.HasPrefix(line, "#") {
		return r, false
	}
	line, r.negated = strings.CutPrefix(trimBlanks(line), "!")
	line, r.dirOnly = strings.CutSuffix(line, "/")
	r.base = !strings.Contains(line, "/")
	line = strings.TrimPrefix(line, "/")
	if line == "" {
		return r, false
	}
	r.glob = gitGlob(line)
	return r, true
}

// trimBlanks removes the spaces at the end of a pattern, but not one that
// follows a backslash.
func trimBlanks(line string) string {
	short := strings.TrimRight(line, " ")
	slashes := len(short) - len(strings.TrimRight(short, `\`))
	if slashes%2 == 1 && len(short) < len(line) {
		short += " "
	}
	return short
}

// gitGlob translates a pattern of git to one of the glob library, which knows
// alternatives in braces and no named classes, and lets a/** match a itself.
func gitGlob(pattern string) string {
	if dir, ok := strings.CutSuffix(pattern, "/**"); ok {
		pattern = dir + "/**/*"
	}
	var b strings.Builder
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; c {
		case '\\':
			b.WriteByte(c)
			if i++; i < len(pattern) {
				b.WriteByte(pattern[i])
			}
		case '{', '}':
			b.WriteString(`\` + string(c))
		default:
			b.WriteByte(c)
		}
	}
	return namedClasses().Replace(b.String())
}

func namedClasses() *strings.Replacer {
	return strings.NewReplacer("[:alpha:]", "a-zA-Z", "[:digit:]", "0-9", "[:alnum:]", "a-zA-Z0-9",
		"[:lower:]", "a-z", "[:upper:]", "A-Z", "[:xdigit:]", "0-9a-fA-F", "[:space:]", " \t", "[:blank:]", " \t")
}

// repository returns the closest directory at or above dir that holds a .git,
// or "" if there is none.
func repository(dir string) string {
	for {
		if isRepository(dir) {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			return ""
		}
		dir = up
	}
}

func isRepository(dir string) bool {
	_, err := os.Lstat(filepath.Join(dir, ".git"))
	return err == nil
}

// excludes returns the patterns of a repository's info/exclude. It follows the
// .git file of a worktree or submodule to where the repository is.
func excludes(top string) *ignores {
	git := filepath.Join(top, ".git")
	if data, err := os.ReadFile(git); err == nil {
		if to, ok := strings.CutPrefix(strings.TrimSpace(string(data)), "gitdir: "); ok {
			git = Within(top, to)
		}
	}
	if data, err := os.ReadFile(filepath.Join(git, "commondir")); err == nil {
		git = Within(git, strings.TrimSpace(string(data)))
	}
	var none *ignores
	return none.with(top, filepath.Join(git, "info", "exclude"))
}

// Within returns the absolute, clean form of a path that may be relative to dir.
func Within(dir, name string) string {
	if filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	return filepath.Join(dir, name)
}

// ignoresAbove returns the patterns that hold for what is in dir, those of
// dir's own .gitignore not yet among them: the ones of the repository, or,
// outside of one, those from the working directory down.
func ignoresAbove(dir, cwd string) *ignores {
	top := repository(dir)
	var g *ignores
	switch {
	case top != "":
		g = excludes(top)
	case below(dir, cwd):
		top = cwd
	default:
		return nil
	}
	rel, err := filepath.Rel(top, dir)
	if err != nil || rel == "." {
		return g
	}
	at := top
	for _, name := range strings.Split(rel, string(filepath.Separator)) {
		g = g.with(at, filepath.Join(at, ".gitignore"))
		at = filepath.Join(at, name)
	}
	return g
}

// below reports whether a path is dir or lies in it.
func below(name, dir string) bool {
	rel, err := filepath.Rel(dir, name)
	return err == nil && filepath.IsLocal(rel)
}
