package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"sessionlint/analysis"
	"sessionlint/server/disk"
)

// surroundings are the files around the open documents.
type surroundings struct {
	tree      *disk.Tree
	workspace *analysis.Workspace

	mu      sync.Mutex
	folders []string            // that the client has open; a list is not changed
	real    map[string]string   // of those that a symbolic link leads to: where it leads
	files   map[string]bool     // the Python files in the folders; nil until they were looked for
	moved   bool                // files came or went since
	walk    walk                // that looks for them
	views   map[*document]*view // of every open document, the newest
	timer   *time.Timer
}

// openWorkspace begins to look into the client's folders.
func (s *server) openWorkspace(p *protocol.InitializeParams) {
	var folders []string
	list, _ := p.WorkspaceFolders.Get()
	for _, f := range list {
		folders = append(folders, fsPath(f.URI.String()))
	}
	if root := p.RootURI; len(list) == 0 && root != nil { //nolint:staticcheck // clients without workspace folders say only this
		folders = append(folders, fsPath(root.String()))
	}
	s.around.tree = disk.NewTree()
	s.around.workspace = analysis.NewWorkspace(s.around.tree, nil)
	s.around.setFolders(folders)
	s.engine = s.opts.Engine.In(s.around.workspace)
	s.openSettings(p.InitializationOptions)
}

// setFolders makes other folders those that the client has open.
func (a *surroundings) setFolders(folders []string) {
	links := map[string]string{}
	for _, dir := range folders {
		if to, err := filepath.EvalSymlinks(dir); err == nil && to != dir {
			links[dir] = to
		}
	}
	a.mu.Lock()
	a.folders, a.real = folders, links
	a.mu.Unlock()
	a.workspace.Within(folders)
}

// known reports whether paths are those of files which are known and still there, so
// that nothing is found in another place because of them.
func (a *surroundings) known(paths []string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return !slices.ContainsFunc(paths, func(p string) bool { return !a.files[p] || !a.tree.IsFile(p) })
}

// roots returns the folders that the client has open.
func (a *surroundings) roots() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.folders
}

// foldersChanged heeds that the client has opened or closed folders.
func (s *server) foldersChanged(ctx context.Context, raw []byte) error {
	type folder struct {
		URI string `json:"uri"`
	}
	var p struct {
		Event struct{ Added, Removed []folder }
	}
	if err := json.Unmarshal(raw, &p); err != nil {
		return fmt.Errorf("read which folders were opened: %w", err)
	}
	folders := slices.Clone(s.around.roots())
	var came []string
	for _, f := range p.Event.Removed {
		dir := fsPath(f.URI)
		folders = slices.DeleteFunc(folders, func(d string) bool { return d == dir })
	}
	for _, f := range p.Event.Added {
		if dir := fsPath(f.URI); !slices.Contains(folders, dir) {
			folders, came = append(folders, dir), append(came, dir)
		}
	}
	s.around.setFolders(folders)
	s.elsewhere.forgetAll()
	s.moved(came) // nobody has told of changes in them until now
	s.askSettings(ctx)
	s.index(ctx)
	s.lookAgain(ctx)
	return nil
}

// folderOf returns the folder of the client's that a file lies in, or its own.
func (a *surroundings) folderOf(path string) string {
	if dir, ok := innermost(a.roots(), path); ok {
		return dir
	}
	return filepath.Dir(path)
}

// filesChanged heeds changes of files on disk.
func (s *server) filesChanged(ctx context.Context, raw []byte) error {
	var p struct {
		Changes []struct {
			URI string `json:"uri"`
		} `json:"changes"`
	}
	if err := json.Unmarshal(raw, &p); err != nil {
		return fmt.Errorf("read which files changed: %w", err)
	}
	var paths []string
	for _, c := range p.Changes {
		paths = append(paths, fsPath(c.URI))
	}
	s.moved(paths)
	s.lookAgain(ctx)
	return nil
}

// filesOperated heeds that the user has made, renamed or removed files or folders
// in the client. What is in a folder is not told one by one.
func (s *server) filesOperated(ctx context.Context, raw []byte) error {
	var p struct {
		Files []struct {
			URI, OldURI, NewURI string
		} `json:"files"`
	}
	if err := json.Unmarshal(raw, &p); err != nil {
		return fmt.Errorf("read which files were made, renamed or removed: %w", err)
	}
	var paths []string
	for _, f := range p.Files {
		for _, u := range []string{f.URI, f.OldURI, f.NewURI} {
			if u != "" {
				paths = append(paths, fsPath(u))
			}
		}
	}
	s.moved(paths)
	s.lookAgain(ctx)
	return nil
}

// moved forgets what is known of files and folders.
func (s *server) moved(paths []string) {
	paths = s.around.spelt(paths)
	s.around.tree.Changed(paths...)
	s.around.noticed(paths)
	s.around.workspace.Changed(paths...)
	if s.around.known(paths) {
		s.elsewhere.forget(paths...)
	} else {
		s.elsewhere.forgetAll()
	}
	s.reconfigure(paths...)
}

// spelt returns paths as they are, and those of files in a folder that a link leads
// to as the client spells the folder: who watches files sees where they are.
func (a *surroundings) spelt(paths []string) []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	out := slices.Clone(paths)
	for dir, to := range a.real {
		for _, p := range paths {
			if rel, err := filepath.Rel(to, p); err == nil && filepath.IsLocal(rel) {
				out = append(out, filepath.Join(dir, rel))
			}
		}
	}
	return out
}

// remember keeps the newest view of a document.
func (a *surroundings) remember(v *view) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.views[v.doc] = v
}

func (a *surroundings) forget(d *document) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.views, d)
}

// lookAgain has the diagnostics of all documents computed once more, when the
// changes have come to rest. What rests on nothing that changed is not analysed
// again, and diagnostics that stay the same are not published.
func (s *server) lookAgain(ctx context.Context) {
	a := &s.around
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.timer != nil {
		a.timer.Reset(s.opts.settle)
		return
	}
	ctx = jsonrpc2.DetachContext(ctx)
	a.timer = time.AfterFunc(s.opts.settle, func() {
		a.mu.Lock()
		views := make([]*view, 0, len(a.views))
		for _, v := range a.views {
			views = append(views, v)
		}
		moved := a.moved
		a.moved = false
		a.mu.Unlock()
		if moved {
			s.index(ctx)
		}
		if err := s.recovered("configuration", func() error { s.tellMistakes(views); return nil }); err != nil {
			s.log.Error("no diagnostics of configuration files", "error", err)
		}
		for _, v := range views {
			if v.current() {
				s.schedule(ctx, v)
			}
		}
		s.elsewhere.wake()
	})
}
