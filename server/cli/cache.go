package cli

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"sessionlint/analysis"
	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/quickfix"
	"sessionlint/server/disk"
	"sessionlint/server/report"
)

// cache keeps what was found in files, with all that it rests on: their texts,
// those of the other files that were looked into, where the modules lie that they
// import, and how all of them are configured. A result is taken from it only if
// all of that is as it was. It is safe for concurrent use.
type cache struct {
	store   *disk.Store
	root    string // below it, paths are kept relative: the project may move
	version string // of the program, and what it was asked for
	rules   []*rule.Rule
	wanted  analysis.Policy
	texts   *texts
	module  func(from, name string) analysis.Module

	mu      sync.Mutex
	modules map[[2]string]analysis.Module // by folder and name
	broken  error                         // why something could not be kept
}

// entry is what is kept of a file.
type entry struct {
	Text    string            // its sum, and how it is configured
	Files   map[string]string // the others' sums, and what is said of what they call
	Modules []keptModule
	Found   []keptFinding
}

type keptModule struct {
	From, Name, Path string
	Found            bool
}

// keptFinding is a finding but for what it takes to make its fixes.
type keptFinding struct {
	Code       string
	Severity   rule.Severity
	Message    string
	Span       python.Span
	Function   string
	Related    []rule.Related
	Fixes      []quickfix.Fix
	Suppressed bool
}

// openCache returns the cache in a folder. The module function must be set before
// it is used.
func openCache(dir, root, version string, rules []*rule.Rule, wanted analysis.Policy, t *texts) (*cache, error) {
	store, err := disk.OpenStore(dir)
	if err != nil {
		return nil, err
	}
	return &cache{store: store, root: root, version: version, rules: rules, wanted: wanted, texts: t, modules: map[[2]string]analysis.Module{}}, nil
}

// get returns what was found in a file, if that can be told from an earlier run.
func (c *cache) get(s disk.Source, text string) (found []report.Finding, ok bool) {
	data, ok := c.store.Get(c.key(s))
	if !ok {
		return nil, false
	}
	var e entry
	if json.Unmarshal(data, &e) != nil || e.Text != c.own(s, text) || !c.holds(&e) {
		return nil, false
	}
	for _, k := range e.Found {
		n := slices.IndexFunc(c.rules, func(r *rule.Rule) bool { return r.Code == k.Code })
		if n < 0 {
			return nil, false
		}
		f := rule.Finding{Rule: c.rules[n], Severity: k.Severity, Message: k.Message, Span: k.Span, Function: k.Function, Related: k.Related}
		found = append(found, report.Finding{Finding: f, Fixes: k.Fixes, Suppressed: k.Suppressed})
	}
	return found, true
}

// own returns what tells the text of a checked file and its settings from others.
func (c *cache) own(s disk.Source, text string) string {
	return sumOf(text) + sumOf(c.wanted.Plan(s.Path).Key()+c.wanted.Hints(s.Path).Key()+strconv.Itoa(c.wanted.Width(s.Path)))
}

// sum returns what tells another file from what it could be; ok is false if that
// changed in the course of the run.
func (c *cache) sum(path string) (sum string, ok bool) {
	sum, ok = c.texts.sum(path)
	return sum + sumOf(c.wanted.Hints(path).Key()), ok
}

// holds reports whether all that an entry rests on is as it was.
func (c *cache) holds(e *entry) bool {
	for path, sum := range e.Files {
		if now, ok := c.sum(c.abs(path)); !ok || now != sum {
			return false
		}
	}
	for _, m := range e.Modules {
		now := c.locate(c.abs(m.From), m.Name)
		if now.Found != m.Found || now.Path != c.abs(m.Path) {
			return false
		}
	}
	return true
}

// put keeps what was found in a file, unless something changed meanwhile.
func (c *cache) put(s disk.Source, text string, found []report.Finding, on analysis.Grounds) {
	e := entry{Text: c.own(s, text), Files: map[string]string{}}
	for _, path := range on.Files {
		if path == s.Path {
			continue
		}
		sum, ok := c.sum(path)
		if !ok {
			return
		}
		e.Files[c.rel(path)] = sum
	}
	if sum, ok := c.texts.sum(s.Path); !ok || sum != sumOf(text) {
		return
	}
	seen := map[[2]string]bool{}
	for _, m := range on.Modules {
		if place := placeOf(m.From, m.Name); !seen[place] {
			seen[place] = true
			e.Modules = append(e.Modules, keptModule{c.rel(m.From), m.Name, c.rel(m.Path), m.Found})
		}
	}
	for _, f := range found {
		e.Found = append(e.Found, keptFinding{f.Rule.Code, f.Severity, f.Message, f.Span, f.Function, f.Related, f.Fixes, f.Suppressed})
	}
	data, err := json.Marshal(e)
	if err == nil {
		err = c.store.Put(c.key(s), data)
	}
	if err != nil {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.broken = err
	}
}

// end makes room, and returns why something could not be kept.
func (c *cache) end() error {
	c.store.Prune(time.Now())
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.broken
}

func (c *cache) key(s disk.Source) string { return c.version + "\x00" + c.rel(s.Path) }

// placeOf returns what a module's place hangs on.
func placeOf(from, name string) [2]string { return [2]string{filepath.Dir(from), name} }

func (c *cache) locate(from, name string) analysis.Module {
	place := placeOf(from, name)
	c.mu.Lock()
	m, known := c.modules[place]
	c.mu.Unlock()
	if !known {
		m = c.module(from, name)
		c.mu.Lock()
		c.modules[place] = m
		c.mu.Unlock()
	}
	return m
}

// rel and abs turn a path into what is kept of it, and back.
func (c *cache) rel(path string) string {
	if below, ok := strings.CutPrefix(path, c.root+string(filepath.Separator)); ok {
		return filepath.ToSlash(below)
	}
	return path
}

func (c *cache) abs(path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(c.root, filepath.FromSlash(path))
}
