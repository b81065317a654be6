package config

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"sessionlint/analysis/project"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

// Source gives the texts of configuration files: what an editor has, or what is on
// disk. Its methods may be called by many goroutines.
type Source interface {
	project.Files
	// Read returns the text of a file, in UTF-8 without a byte order mark. Its
	// error is the message for the user.
	Read(path string) (string, error)
}

// Overrides are what the command line says of the configuration.
type Overrides struct {
	Isolated bool   // no configuration file is read
	File     string // the path of the one that holds for all folders, "" for the nearest of each
	Choice   rule.Choice
}

// Loader finds and keeps the settings of folders. It is safe for concurrent use.
type Loader struct {
	source Source
	rules  []*rule.Rule
	over   Overrides

	mu      sync.Mutex
	round   int // a number for each change
	folders map[string]*Settings
	files   map[string]*file  // as they are now
	good    map[string]*file  // as they were when they were TOML last
	targets map[string]string // by folder: the version of SQLAlchemy that is required there
	widths  map[string]int    // by folder: how long lines may be there
	hints   map[hinting]*session.Hints
}

// hinting is what hints are made of.
type hinting struct {
	settings *Settings
	version  string
}

// NewLoader returns a loader for a program that has the given rules. Each entry of
// the choice above the files must name some of them.
func NewLoader(source Source, rules []*rule.Rule, over Overrides) *Loader {
	return &Loader{
		source: source, rules: rules, over: over,
		folders: map[string]*Settings{}, files: map[string]*file{}, good: map[string]*file{},
		targets: map[string]string{}, widths: map[string]int{}, hints: map[hinting]*session.Hints{},
	}
}

// names are the configuration files of a folder; the first one counts.
func names() []string { return []string{"sessionlint.toml", ".sessionlint.toml", "pyproject.toml"} }

// IsConfiguration reports whether a file of that name can hold settings. Others
// hold some only if a configuration file extends them.
func IsConfiguration(path string) bool { return slices.Contains(names(), filepath.Base(path)) }

// section finds the section of a pyproject.toml that is not TOML.
var section = regexp.MustCompile(`(?m)^[ \t]*\[?[ \t]*tool[ \t]*\.[ \t]*["']?sessionlint\b`)

// For returns the settings of a file. path is absolute.
func (l *Loader) For(path string) *Settings { return l.Folder(filepath.Dir(path)) }

// Plan returns what is wanted of the findings of a file.
func (l *Loader) Plan(path string) *rule.Plan { return l.For(path).Plan(path) }

// Hints returns what is said of the functions that a file calls, and of the version
// of SQLAlchemy that it is written for.
func (l *Loader) Hints(path string) *session.Hints {
	s := l.For(path)
	if s.hints.Version() != "" || l.over.Isolated {
		return s.hints
	}
	key := hinting{s, l.target(filepath.Dir(path))}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.hints[key] == nil {
		l.hints[key] = s.hints.For(key.version)
	}
	return l.hints[key]
}

// Folder returns the settings of the files in a folder. dir is absolute.
func (l *Loader) Folder(dir string) *Settings {
	l.mu.Lock()
	s, round := l.folders[dir], l.round
	l.mu.Unlock()
	if s != nil {
		return s
	}
	s = l.look(dir)
	l.mu.Lock()
	defer l.mu.Unlock()
	if old := l.folders[dir]; old != nil {
		return old // the same settings are the same value
	}
	if l.round == round {
		l.folders[dir] = s
	}
	return s
}

// look finds the settings of a folder.
func (l *Loader) look(dir string) *Settings {
	if l.over.Isolated {
		return l.settle(nil, nil)
	}
	if l.over.File != "" {
		f := l.read(l.over.File)
		if !f.section {
			f = f.with("this file has no section [tool.sessionlint]")
		}
		return l.settle(f, nil)
	}
	var found *file
	var unread []Mistake
	for _, name := range names() {
		path := filepath.Join(dir, name)
		if !l.source.IsFile(path) {
			l.gone(path)
			continue
		}
		f := l.read(path)
		switch {
		case !f.section:
		case found == nil:
			found = f
		default:
			unread = append(unread, Mistake{
				Path: path, Text: f.text, Span: f.at,
				Message: "these settings are not read: `" + filepath.Base(found.path) + "` in this folder stands above them",
			})
		}
	}
	if up := filepath.Dir(dir); found == nil && up != dir {
		return l.Folder(up)
	}
	return l.settle(found, unread)
}

// settle makes the settings of the nearest file, nil if there is none.
func (l *Loader) settle(nearest *file, mistakes []Mistake) *Settings {
	chain, wrong := l.chain(nearest)
	s := settings(chain, l.rules, l.over.Choice)
	for _, f := range chain {
		mistakes = append(mistakes, f.mistakes...)
	}
	s.mistakes = sorted(append(mistakes, wrong...))
	return s
}

// chain returns a file and those that it extends, and why the last one extends no
// other.
func (l *Loader) chain(f *file) (chain []*file, wrong []Mistake) {
	for f != nil {
		chain = append(chain, f)
		at, extends := f.set["extend"]
		if !extends {
			break
		}
		base, why := l.base(chain, string(f.options.Extend))
		if why != "" && !f.stale { // of an earlier text, the place is not known
			wrong = append(wrong, Mistake{Path: f.path, Text: f.text, Span: at, Message: why})
		}
		f = base
	}
	return chain, wrong
}

// base returns the file that the last of a chain extends, or why there is none.
func (l *Loader) base(chain []*file, extend string) (f *file, why string) {
	path := filepath.FromSlash(extend)
	if !filepath.IsAbs(path) {
		path = filepath.Join(filepath.Dir(chain[len(chain)-1].path), path)
	}
	switch {
	case slices.ContainsFunc(chain, func(f *file) bool { return f.path == path }):
		return nil, "`" + extend + "` is extended in a circle"
	case !l.source.IsFile(path):
		return nil, "`" + extend + "` does not exist"
	}
	if f = l.read(path); !f.section {
		return nil, "`" + extend + "` has no section [tool.sessionlint]"
	}
	return f, ""
}

// read returns a file as it is now. One that is not TOML has the settings that it
// had when it was last.
func (l *Loader) read(path string) *file {
	l.mu.Lock()
	f, round := l.files[path], l.round
	l.mu.Unlock()
	if f != nil {
		return f
	}
	text, err := l.source.Read(path)
	switch {
	case err != nil:
		f = (&file{path: path, section: !isPyproject(path) || path == l.over.File}).with(strings.TrimSuffix("this file is not used: "+err.Error(), "."))
	default:
		f = parse(path, text, l.rules)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if f.broken {
		f = f.after(l.good[path])
	}
	if l.round == round {
		l.files[path] = f
		if !f.broken && err == nil {
			l.good[path] = f
		}
	}
	return f
}

// after returns a broken file with the settings of an earlier version, if
// there is one with settings.
func (f *file) after(good *file) *file {
	out := *f
	out.mistakes = slices.Clone(f.mistakes)
	instead := "none of its settings are used"
	if good != nil && good.section {
		out.section, out.at, out.options, out.set, out.stale = good.section, good.at, good.options, good.set, true
		instead = "the settings of its last good version are used"
	}
	for n := range out.mistakes {
		out.mistakes[n].Message += "; until it is mended, " + instead
	}
	return &out
}

// with returns a file that has one more mistake, at its beginning.
func (f *file) with(mistake string) *file {
	out := *f
	out.mistakes = append(slices.Clone(f.mistakes), Mistake{Path: f.path, Text: f.text, Message: mistake})
	return &out
}

func (l *Loader) gone(path string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.good, path)
}

// Changed forgets what is known of files, or of folders with all that is in them,
// that were changed, made or removed. It reports whether settings may be other
// ones now.
func (l *Loader) Changed(paths ...string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	matters := slices.ContainsFunc(paths, func(p string) bool { return IsConfiguration(p) || Requires(p) || Formats(p) })
	touched := project.Touched(paths)
	for p := range l.files {
		if touched(p) {
			matters = true
			delete(l.files, p)
		}
	}
	for dir := range l.folders { // a file may have come with its folder
		matters = matters || touched(dir)
	}
	if matters {
		l.round++
		clear(l.folders)
		clear(l.targets)
		clear(l.widths)
		clear(l.hints)
	}
	return matters
}

// Mistakes returns what is wrong with the configuration files of the folders that
// were asked for since the last change, sorted by path and place.
func (l *Loader) Mistakes() []Mistake {
	l.mu.Lock()
	defer l.mu.Unlock()
	var out []Mistake
	for _, s := range l.folders {
		out = append(out, s.mistakes...)
	}
	return sorted(out)
}
