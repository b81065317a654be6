package lsp

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"sessionlint/analysis/config"
	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
	"sessionlint/server/disk"
)

// settings are what configuration files, and the user in the client, say of the
// files. They are the policy of the engine.
type settings struct {
	files   *configFiles // nil if no configuration is read
	rules   []*rule.Rule
	around  *surroundings
	initial preferences  // those that the client has begun with
	asked   atomic.Int64 // how often the client was asked for others
	turn    atomic.Int64 // another number when others hold

	mu   sync.Mutex
	all  *config.Loader                   // for files in no folder, and in those that have no other one
	own  map[string]*config.Loader        // by folder
	made map[string]*config.Loader        // by what is wanted of them
	told map[string][]protocol.Diagnostic // what the client knows of mistakes, by URI
	said map[string]bool                  // what it was told of its own settings
}

// Plan implements [analysis.Policy].
func (c *settings) Plan(path string) *rule.Plan { return c.loaderOf(path).Plan(path) }

// Hints implements [analysis.Policy].
func (c *settings) Hints(path string) *session.Hints { return c.loaderOf(path).Hints(path) }

// Width implements [analysis.Policy].
func (c *settings) Width(path string) int { return c.loaderOf(path).Width(path) }

// loaderOf returns what reads the configuration of a file, or of a folder.
func (c *settings) loaderOf(path string) *config.Loader {
	dir, _ := innermost(c.around.roots(), path)
	c.mu.Lock()
	defer c.mu.Unlock()
	if l := c.own[dir]; l != nil {
		return l
	}
	return c.all
}

// loaders returns all that are in use.
func (c *settings) loaders() []*config.Loader {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Collect(maps.Values(c.made))
}

// use makes preferences those that hold: for all files, and for those in folders.
// It reports whether others did before. Who wants the same shares a loader.
func (c *settings) use(common preferences, own map[string]preferences) bool {
	first := ""
	if roots := c.around.roots(); len(roots) > 0 {
		first = roots[0]
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	made := map[string]*config.Loader{}
	loader := func(p preferences, dir string) *config.Loader {
		o := p.overrides(dir)
		key := fmt.Sprintf("%#v", o)
		if made[key] = cmp.Or(made[key], c.made[key]); made[key] == nil {
			made[key] = config.NewLoader(c.files, c.rules, o)
		}
		return made[key]
	}
	all, each := loader(common, first), map[string]*config.Loader{}
	for dir, p := range own {
		if l := loader(p, dir); l != all {
			each[dir] = l
		}
	}
	changed := all != c.all || !maps.Equal(each, c.own)
	c.all, c.own, c.made = all, each, made
	return changed
}

// configFiles is what is on disk, with the configuration files that the client
// has open as they are there. It is safe for concurrent use.
type configFiles struct {
	*disk.Tree
	mu   sync.Mutex
	open map[string]*document // by path
	text map[string]string
}

// IsFile implements [config.Source].
func (f *configFiles) IsFile(path string) bool {
	f.mu.Lock()
	_, open := f.open[path]
	f.mu.Unlock()
	return open || f.Tree.IsFile(path)
}

// Read implements [config.Source].
func (f *configFiles) Read(path string) (string, error) {
	f.mu.Lock()
	text, open := f.text[path]
	f.mu.Unlock()
	if open {
		return text, nil
	}
	return f.Tree.Read(path)
}

// uri returns the URI of a file, as the client spells it if it has it open.
func (f *configFiles) uri(path string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if d := f.open[path]; d != nil {
		return d.uri
	}
	return uri.File(path).String()
}

// paths returns the files that the client has open.
func (f *configFiles) paths() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Collect(maps.Keys(f.open))
}

// has makes a document what is known of its file; nil: what is on disk.
func (f *configFiles) has(path string, d *document) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.open, path)
	delete(f.text, path)
	if d != nil {
		f.open[path], f.text[path] = d, d.buffer.text
	}
}

// openSettings begins to heed configuration files, if there are rules to choose
// from, and what the client says from the first.
func (s *server) openSettings(initial []byte) {
	if s.opts.Rules == nil {
		return
	}
	c := &s.settings
	c.around, c.rules, c.said = &s.around, s.opts.Rules, map[string]bool{}
	c.files = &configFiles{Tree: s.around.tree, open: map[string]*document{}, text: map[string]string{}}
	var wrong []string
	c.initial, wrong = c.initial.preferring(initial, c.rules)
	s.complain(wrong)
	c.use(c.initial, nil)
	s.engine = s.engine.Under(c)
}

// configures reports whether a document is a configuration file.
func (s *server) configures(path string) bool {
	return s.settings.files != nil && config.IsConfiguration(path)
}

// configured heeds a change of a configuration file that the client has open; d is
// nil when it has closed it.
func (s *server) configured(ctx context.Context, path string, d *document) {
	s.settings.files.has(path, d)
	s.reconfigure(path)
	s.lookAgain(ctx)
}

// reconfigure heeds changes of files of which some may be configuration files.
func (s *server) reconfigure(paths ...string) {
	if s.settings.files == nil {
		return
	}
	changed := false
	for _, l := range s.settings.loaders() {
		changed = l.Changed(paths...) || changed
	}
	if changed {
		s.resettled()
	}
}

// resettled heeds that other settings hold.
func (s *server) resettled() {
	s.settings.turn.Add(1)
	s.around.rearranged()        // what is excluded may be something else
	s.around.workspace.Changed() // its files may have to be seen in another way
	s.elsewhere.forgetAll()
}

// excluded reports whether the configuration leaves a file out.
func (s *server) excluded(path string) bool {
	return s.settings.files != nil && s.settings.loaderOf(path).For(path).Excluded(path, s.around.folderOf(path))
}

// findings returns what is wrong with configuration files, each file once.
func (c *settings) findings() []config.Report {
	var out []config.Report
	seen := map[string]bool{}
	for _, l := range c.loaders() {
		for _, r := range l.Findings() {
			if !seen[r.Path] {
				out = append(out, r)
			}
			seen[r.Path] = true
		}
	}
	return out
}

// tellMistakes publishes what is wrong with the configuration of the folders and
// of the open documents.
func (s *server) tellMistakes(views []*view) {
	c := &s.settings
	if c.files == nil {
		return
	}
	for _, dir := range s.around.roots() {
		c.loaderOf(dir).Folder(dir)
	}
	for _, v := range views {
		c.loaderOf(v.snapshot.Path).For(v.snapshot.Path)
	}
	for _, path := range c.files.paths() {
		c.loaderOf(path).For(path)
	}
	now := map[string][]protocol.Diagnostic{}
	for _, r := range c.findings() {
		u := c.files.uri(r.Path)
		v := &view{uri: u, mapper: mapper{text: r.Text, lines: python.NewLines(r.Text), encoding: s.peer.encoding}}
		now[u] = s.diagnostics(v, r.Findings)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for u := range c.told {
		if now[u] == nil {
			s.out.announce(u, nil)
		}
	}
	for u, list := range now {
		if !reflect.DeepEqual(c.told[u], list) {
			s.out.announce(u, list)
		}
	}
	c.told = now
}
