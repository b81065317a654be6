package config

import (
	"path"
	"path/filepath"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// A glob is a pattern of a configuration file. One without a slash is about the
// names of files and folders, any other about paths relative to a folder.
type glob struct {
	dir     string // of the configuration file
	pattern string
	base    bool
}

func newGlob(dir, pattern string) glob {
	pattern = strings.TrimSuffix(pattern, "/")
	if !strings.Contains(pattern, "/") {
		return glob{pattern: pattern, base: true} // the same wherever it stands
	}
	if filepath.IsAbs(filepath.FromSlash(pattern)) {
		return glob{dir: "", pattern: path.Clean(pattern)}
	}
	pattern = path.Clean(pattern)
	for strings.HasPrefix(pattern, "../") {
		dir, pattern = filepath.Dir(dir), pattern[len("../"):]
	}
	return glob{dir: dir, pattern: pattern}
}

// matches reports whether a pattern matches a file or folder itself.
func (g glob) matches(file string) bool {
	against := filepath.ToSlash(file)
	switch {
	case g.base:
		against = path.Base(against)
	case g.dir != "":
		rel, err := filepath.Rel(g.dir, file)
		if err != nil {
			return false
		}
		against = filepath.ToSlash(rel)
	}
	ok, err := doublestar.Match(g.pattern, against)
	return ok && err == nil
}

// covers reports whether a pattern matches a file, or one of the folders that it
// is in below top.
func (g glob) covers(file, top string) bool {
	for at := file; ; {
		if g.matches(at) {
			return true
		}
		up := filepath.Dir(at)
		if up == at || !below(up, top) {
			return false
		}
		at = up
	}
}

// below reports whether a path lies in a folder, and is not the folder.
func below(file, dir string) bool {
	rel, err := filepath.Rel(dir, file)
	return err == nil && rel != "." && filepath.IsLocal(rel)
}

// usual are the names of what tools make and others wrote.
func usual() []string {
	return []string{
		".bzr", ".direnv", ".eggs", ".git", ".git-rewrite", ".hg", ".ipynb_checkpoints", ".mypy_cache",
		".nox", ".pants.d", ".pyenv", ".pytest_cache", ".pytype", ".ruff_cache", ".sessionlint_cache", ".svn", ".tox", ".venv",
		".vscode", "__pycache__", "__pypackages__", "_build", "buck-out", "build", "dist", "node_modules",
		"site-packages", "venv",
	}
}
