package lsp

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"sessionlint/analysis/config"
	"sessionlint/server/disk"
)

// indexing is the token under which the client shows how far the index is.
const indexing = protocol.String("sessionlint/index")

// index looks for the Python files of the client's folders: the packages that
// they make can be imported from anywhere in them. Documents do not wait for it;
// those whose findings it changes are published again.
func (s *server) index(ctx context.Context) {
	if len(s.around.folders) == 0 {
		return
	}
	ctx = jsonrpc2.DetachContext(ctx) // the notification's own is recycled
	go func() {
		err := s.recovered("index", func() error {
			result := make(chan string, 1)
			go s.progress(ctx, "sessionlint: looking for Python files", result)
			n, err := s.around.walk(ctx, cmp.Or(s.settings.loader, config.NewLoader(s.around.tree, nil, config.Overrides{Isolated: true})))
			result <- fmt.Sprintf("%d Python files", n)
			return err
		})
		if err != nil && ctx.Err() == nil {
			s.log.Error("the workspace is not indexed", "error", err)
		}
		s.lookAgain(ctx)
	}()
}

// walk finds all files of the folders, and tells the workspace of them.
func (a *surroundings) walk(ctx context.Context, l *config.Loader) (int, error) {
	found := map[string]bool{}
	for _, dir := range a.folders {
		sources, _, err := disk.Collect(ctx, dir, []string{dir}, l, false) // what cannot be read is not there
		if err != nil {
			return 0, err
		}
		for _, f := range sources {
			found[f.Path] = true
		}
	}
	a.mu.Lock()
	a.files = found
	a.mu.Unlock()
	a.workspace.Know(slices.Collect(maps.Keys(found)))
	return len(found), nil
}

// noticed keeps the index when files were made or removed.
func (a *surroundings) noticed(paths []string) {
	a.mu.Lock()
	if a.files == nil { // what walks now sees it
		a.mu.Unlock()
		return
	}
	packages := false
	for _, p := range paths {
		is := a.tree.IsFile(p)
		if is == a.files[p] {
			continue
		}
		packages = packages || filepath.Base(p) == "__init__.py"
		if is {
			a.files[p] = true
			continue
		}
		delete(a.files, p)
		for f := range a.files { // a folder
			if strings.HasPrefix(f, p+string(filepath.Separator)) {
				delete(a.files, f)
				packages = true
			}
		}
	}
	files := slices.Collect(maps.Keys(a.files))
	a.mu.Unlock()
	if packages {
		a.workspace.Know(files)
	}
}

// progress shows the user that something goes on, until its result comes. It may
// wait for the client.
func (s *server) progress(ctx context.Context, title string, result <-chan string) {
	if !s.peer.progress || s.client == nil {
		return
	}
	type stage struct {
		Kind    string `json:"kind"`
		Title   string `json:"title,omitempty"`
		Message string `json:"message,omitempty"`
	}
	err := s.recovered("progress", func() error {
		if err := s.client.WorkDoneProgressCreate(ctx, &protocol.WorkDoneProgressCreateParams{Token: indexing}); err != nil {
			return err
		}
		if err := s.tell(ctx, stage{Kind: "begin", Title: title}); err != nil {
			return err
		}
		select {
		case message := <-result:
			return s.tell(ctx, stage{Kind: "end", Message: message})
		case <-ctx.Done():
			return ctx.Err()
		}
	})
	if err != nil && ctx.Err() == nil {
		s.log.Warn("the client shows no progress", "error", err)
	}
}

func (s *server) tell(ctx context.Context, stage any) error {
	raw, err := json.Marshal(stage)
	if err != nil {
		return err
	}
	return s.client.Progress(ctx, &protocol.ProgressParams{Token: indexing, Value: protocol.LSPAny(raw)})
}
