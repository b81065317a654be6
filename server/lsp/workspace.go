package lsp

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"sessionlint/analysis"
	"sessionlint/server/disk"
)

// settle is how long the server waits after a change before it looks again at
// the other documents, whose findings may hang on the one that was changed.
const settle = 200 * time.Millisecond

// surroundings are the files around the open documents.
type surroundings struct {
	folders   []string // that the client has open
	tree      *disk.Tree
	workspace *analysis.Workspace

	mu    sync.Mutex
	files map[string]bool     // the Python files in the folders; nil until they were looked for
	views map[*document]*view // of every open document, the newest
	timer *time.Timer
}

// openWorkspace begins to look into the client's folders.
func (s *server) openWorkspace(p *protocol.InitializeParams) {
	folders, _ := p.WorkspaceFolders.Get()
	for _, f := range folders {
		s.around.folders = append(s.around.folders, fsPath(f.URI.String()))
	}
	if root := p.RootURI; len(folders) == 0 && root != nil { //nolint:staticcheck // clients without workspace folders say only this
		s.around.folders = append(s.around.folders, fsPath(root.String()))
	}
	s.around.tree = disk.NewTree()
	s.around.workspace = analysis.NewWorkspace(s.around.tree, s.around.folders)
	s.engine = s.opts.Engine.In(s.around.workspace)
	s.openSettings()
}

// folderOf returns the folder of the client's that a file lies in, or its own.
func (a *surroundings) folderOf(path string) string {
	best := ""
	for _, dir := range a.folders {
		if strings.HasPrefix(path, dir+string(filepath.Separator)) && len(dir) > len(best) {
			best = dir
		}
	}
	return cmp.Or(best, filepath.Dir(path))
}

// watchFiles asks the client to tell of changes of files that are not open.
func (s *server) watchFiles(ctx context.Context) {
	if !s.peer.watches || s.client == nil {
		return
	}
	options := json.RawMessage(`{"watchers":[{"globPattern":"**/*.py"},{"globPattern":"**/*.{toml,lock}"},{"globPattern":"**/{requirements.txt,setup.cfg}"}]}`)
	params := &protocol.RegistrationParams{Registrations: []protocol.Registration{{
		ID: "python-files", Method: protocol.MethodWorkspaceDidChangeWatchedFiles, RegisterOptions: protocol.LSPAny(options),
	}}}
	ctx = jsonrpc2.DetachContext(ctx) // the notification's own is recycled
	go func() {                       // the answer comes through the loop that has called
		err := s.recovered("registration", func() error { return s.client.RegisterCapability(ctx, params) })
		if err != nil {
			s.log.Warn("the client does not tell of changed files", "error", err)
		}
	}()
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
	s.around.tree.Changed(paths...)
	s.around.noticed(paths)
	s.around.workspace.Changed(paths...)
	s.reconfigure(paths...)
	s.lookAgain(ctx)
	return nil
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
		a.timer.Reset(settle)
		return
	}
	ctx = jsonrpc2.DetachContext(ctx)
	a.timer = time.AfterFunc(settle, func() {
		a.mu.Lock()
		views := make([]*view, 0, len(a.views))
		for _, v := range a.views {
			views = append(views, v)
		}
		a.mu.Unlock()
		if err := s.recovered("configuration", func() error { s.tellMistakes(views); return nil }); err != nil {
			s.log.Error("no diagnostics of configuration files", "error", err)
		}
		for _, v := range views {
			if v.current() {
				s.schedule(ctx, v)
			}
		}
	})
}
