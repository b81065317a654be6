package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"sessionlint/analysis/config"
	"sessionlint/analysis/project"
	"sessionlint/server/disk"
)

// indexing is the token under which the client shows how far the index is.
const indexing = protocol.String("sessionlint/index")

// walk is the search for the Python files of the folders.
type walk struct {
	wanted, under bool
}

// next reports whether the files have to be looked for, once more.
func (a *surroundings) next() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.walk.under, a.walk.wanted = a.walk.wanted, false
	return a.walk.under
}

// index looks for the Python files of the client's folders: the packages that
// they make can be imported from anywhere in them. Documents do not wait for it;
// those whose findings it changes are published again.
func (s *server) index(ctx context.Context) {
	a := &s.around
	a.mu.Lock()
	defer a.mu.Unlock()
	first := a.files == nil && !a.walk.under
	if first && len(a.folders) == 0 {
		return
	}
	a.walk.wanted = true
	if a.walk.under {
		return // it begins anew when it is through
	}
	a.walk.under = true
	ctx = jsonrpc2.DetachContext(ctx) // the notification's own is recycled
	go func() {
		for a.next() {
			if err := s.recovered("index", func() error { return s.lookForFiles(ctx, first) }); err != nil && ctx.Err() == nil {
				s.log.Error("the workspace is not indexed", "error", err)
			}
			first = false
		}
	}()
}

// lookForFiles finds all files of the folders, and tells the workspace of them. The
// client shows how far it is where shown is true: later it goes on unseen.
func (s *server) lookForFiles(ctx context.Context, shown bool) error {
	if shown {
		result := make(chan string, 1)
		go s.progress(ctx, "sessionlint: looking for Python files", result)
		defer func() { result <- fmt.Sprintf("%d Python files", s.around.count()) }()
	}
	found := map[string]bool{}
	for _, dir := range s.around.roots() {
		l := config.NewLoader(s.around.tree, nil, config.Overrides{Isolated: true})
		if s.settings.files != nil {
			l = s.settings.loaderOf(dir)
		}
		sources, _, err := disk.Collect(ctx, dir, []string{dir}, l, false) // what cannot be read is not there
		if err != nil {
			return err
		}
		for _, f := range sources {
			found[f.Path] = true
		}
	}
	others := s.around.found(found)
	if others {
		s.around.workspace.Know(slices.Collect(maps.Keys(found)))
		s.elsewhere.forgetAll()
	}
	s.elsewhere.wake()
	if others || shown {
		s.lookAgain(ctx)
	}
	return nil
}

func (a *surroundings) count() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.files)
}

// found keeps the files that were found, and reports whether the packages that
// they make are other ones than before.
func (a *surroundings) found(files map[string]bool) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	old := packages(a.files)
	a.files = files
	return !maps.Equal(old, packages(files))
}

func packages(files map[string]bool) map[string]bool {
	out := map[string]bool{}
	for p := range files {
		if filepath.Base(p) == "__init__.py" {
			out[p] = true
		}
	}
	return out
}

// noticed heeds that files or folders were changed, made or removed. If that makes
// other files those of the folders, they are looked for again when the changes have
// come to rest. So they are if the search is under way: it may be past those places.
func (a *surroundings) noticed(paths []string) {
	a.mu.Lock()
	files, under := a.files, a.walk.under
	a.mu.Unlock()
	if under {
		a.rearranged()
		return
	}
	for _, p := range paths {
		is := a.tree.IsFile(p)
		if filepath.Base(p) == ".gitignore" || filepath.Ext(p) == ".py" && is != files[p] || !is && a.tree.IsDir(p) {
			a.rearranged()
			return
		}
	}
	touched := project.Touched(paths)
	for f := range files { // a folder that is gone
		if touched(f) && !a.tree.IsFile(f) {
			a.rearranged()
			return
		}
	}
}

// rearranged notes that other files may be those of the folders.
func (a *surroundings) rearranged() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.moved = true
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
		waiting, cancel := context.WithTimeout(ctx, s.opts.patience)
		defer cancel()
		if err := s.client.WorkDoneProgressCreate(waiting, &protocol.WorkDoneProgressCreateParams{Token: indexing}); err != nil {
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
