package lsp

import (
	"context"
	"maps"
	"reflect"
	"slices"
	"sync"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"sessionlint/analysis/config"
	"sessionlint/analysis/python"
	"sessionlint/server/disk"
)

// settings are what configuration files say of the client's files.
type settings struct {
	files  *configFiles
	loader *config.Loader // nil if no configuration is read

	mu   sync.Mutex
	told map[string][]protocol.Diagnostic // what the client knows of mistakes, by URI
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
// from.
func (s *server) openSettings() {
	if s.opts.Rules == nil {
		return
	}
	files := &configFiles{Tree: s.around.tree, open: map[string]*document{}, text: map[string]string{}}
	s.settings.files = files
	s.settings.loader = config.NewLoader(files, s.opts.Rules, config.Overrides{})
	s.engine = s.engine.Under(s.settings.loader)
}

// configures reports whether a document is a configuration file.
func (s *server) configures(path string) bool {
	return s.settings.loader != nil && config.IsConfiguration(path)
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
	if s.settings.loader != nil && s.settings.loader.Changed(paths...) {
		s.around.workspace.Changed() // its files may have to be seen in another way
	}
}

// excluded reports whether the configuration leaves a file out.
func (s *server) excluded(path string) bool {
	return s.settings.loader != nil && s.settings.loader.For(path).Excluded(path, s.around.folderOf(path))
}

// tellMistakes publishes what is wrong with the configuration of the folders and
// of the open documents.
func (s *server) tellMistakes(views []*view) {
	c := &s.settings
	if c.loader == nil {
		return
	}
	for _, dir := range s.around.folders {
		c.loader.Folder(dir)
	}
	for _, v := range views {
		c.loader.For(v.snapshot.Path)
	}
	for _, path := range c.files.paths() {
		c.loader.For(path)
	}
	now := map[string][]protocol.Diagnostic{}
	for _, r := range c.loader.Findings() {
		u := c.files.uri(r.Path)
		v := &view{doc: &document{uri: u}, mapper: mapper{text: r.Text, lines: python.NewLines(r.Text), encoding: s.peer.encoding}}
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
