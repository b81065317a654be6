package lsp

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"sessionlint/analysis/project"
	"sessionlint/server/disk"
)

// maxPart is how many reports one part of an answer has.
const maxPart = 50

// elsewhere is what is known of the findings of files that are not open: the names of
// their lists, as long as nothing changes that they rest on.
type elsewhere struct {
	mu      sync.Mutex
	kept    map[string]kept // by path
	changes uint64          // how often something was forgotten
	news    chan struct{}   // closed when documents are looked at again
}

type kept struct {
	id    string
	files []string // that it rests on
}

// forget drops what rests on files.
func (e *elsewhere) forget(paths ...string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.changes++
	touched := project.Touched(paths)
	maps.DeleteFunc(e.kept, func(path string, k kept) bool { return touched(path) || slices.ContainsFunc(k.files, touched) })
}

// forgetAll drops everything: what a file rests on may be somewhere else.
func (e *elsewhere) forgetAll() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.changes++
	clear(e.kept)
}

func (e *elsewhere) get(path string) (id string, ok bool, changes uint64) {
	e.mu.Lock()
	defer e.mu.Unlock()
	k, ok := e.kept[path]
	return k.id, ok, e.changes
}

// put keeps a result, unless something changed since changes were counted.
func (e *elsewhere) put(path string, k kept, changes uint64) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.changes == changes {
		e.kept[path] = k
	}
}

// wake tells those who wait for it that there may be something new.
func (e *elsewhere) wake() {
	e.mu.Lock()
	defer e.mu.Unlock()
	close(e.news)
	e.news = make(chan struct{})
}

func (e *elsewhere) next() <-chan struct{} {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.news
}

// DiagnosticWorkspace implements [protocol.Server]. The answer says what is another
// one than the client knows; if nothing is, it waits until something may be.
func (s *server) DiagnosticWorkspace(ctx context.Context, p *protocol.WorkspaceDiagnosticParams) (*protocol.WorkspaceDiagnosticReport, error) {
	survey := &survey{server: s, token: ownToken(p.PartialResultToken), known: map[string]string{}, left: map[string]uri.URI{}}
	for _, k := range p.PreviousResultIds { // the message is recycled
		spelling := strings.Clone(k.URI.String())
		survey.known[canonical(spelling)] = strings.Clone(k.Value)
		survey.left[canonical(spelling)] = uri.URI(spelling)
	}
	if request, ok := ctx.Value(requestKey{}).(context.Context); ok {
		jsonrpc2.Async(request)
	}
	first := len(survey.known) == 0
	for {
		news := s.elsewhere.next()
		if s.around.indexed() {
			if err := survey.run(ctx); err != nil {
				return nil, err
			}
			if first || survey.said > 0 {
				return &protocol.WorkspaceDiagnosticReport{Items: survey.take()}, nil
			}
		}
		select {
		case <-news:
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-s.down: // the answer has to come all the same
			return nil, jsonrpc2.NewError(codeServerCancelled, "the server is shutting down")
		}
	}
}

func ownToken(t protocol.ProgressToken) protocol.ProgressToken {
	if text, ok := t.(protocol.String); ok {
		return protocol.String(strings.Clone(string(text)))
	}
	return t
}

// indexed reports whether the files of the folders are known.
func (a *surroundings) indexed() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.files != nil || len(a.folders) == 0
}

// A survey is one answer about all files.
type survey struct {
	*server
	token protocol.ProgressToken // under which parts are sent before the rest; may be nil
	known map[string]string      // what the client has, by canonical URI
	left  map[string]uri.URI     // of these, which were not met; as the client spells them
	items []protocol.WorkspaceDocumentDiagnosticReport
	said  int // how many reports say something new
}

// run goes through all files once.
func (y *survey) run(ctx context.Context) error {
	open, files := y.around.all()
	left := maps.Clone(y.left)
	for _, v := range open {
		if err := y.slot(ctx, func() error { return y.document(ctx, v, left) }); err != nil {
			return err
		}
		delete(files, v.snapshot.Path)
	}
	for _, path := range slices.Sorted(maps.Keys(files)) {
		if err := y.slot(ctx, func() error { return y.file(ctx, path, left) }); err != nil {
			return err
		}
	}
	for key, u := range left { // gone, or left out now
		if y.known[key] != resultID(nil) {
			y.report(u, nil, full(nil))
		}
	}
	return nil
}

// all returns the newest views of the documents that are open, and the files.
func (a *surroundings) all() ([]*view, map[string]bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	views := slices.SortedFunc(maps.Values(a.views), func(v, w *view) int { return cmp.Compare(v.uri, w.uri) })
	return views, maps.Clone(a.files)
}

// slot does work as one of the few that compute at once.
func (y *survey) slot(ctx context.Context, work func() error) error {
	if err := y.work.acquire(ctx); err != nil {
		return err
	}
	defer y.work.release()
	return y.recovered("workspace diagnostics", work)
}

// document reports what is found in a document that is open, or in the cells of a notebook.
func (y *survey) document(ctx context.Context, v *view, left map[string]uri.URI) error {
	found, err := y.shown(ctx, v)
	if err != nil {
		return err
	}
	for _, part := range v.parts() {
		key := canonical(part.uri)
		delete(left, key)
		list := y.diagnostics(part, found)
		if v.current() && y.differs(key, resultID(list)) {
			y.report(uri.URI(part.uri), part.version, full(list))
		}
	}
	return nil
}

// file reports what is found in a file that is not open. What cannot be read, or is
// no text, has no findings.
func (y *survey) file(ctx context.Context, path string, left map[string]uri.URI) error {
	u := uri.File(path)
	key := canonical(u.String())
	delete(left, key)
	id, ok, changes := y.elsewhere.get(path)
	if ok && !y.differs(key, id) {
		return nil
	}
	var list []protocol.Diagnostic
	var rests []string
	if text, err := disk.ReadFile(path); err == nil && !y.excluded(path) {
		snap := y.engine.Check(path, text.Text)
		found, err := y.opts.findings(snap, ctx)
		if err != nil {
			return err
		}
		v := &view{uri: u.String(), snapshot: snap, mapper: mapper{text: text.Text, lines: snap.File.Lines, encoding: y.peer.encoding}}
		list, rests = y.diagnostics(v, found), snap.Grounds().Files
	}
	id = resultID(list)
	y.elsewhere.put(path, kept{id, rests}, changes)
	if y.differs(key, id) {
		y.report(u, nil, full(list))
	}
	return nil
}

// differs reports whether a list is another one than the client has. Of a file that
// it knows nothing of, it has the empty one.
func (y *survey) differs(key, id string) bool {
	return cmp.Or(y.known[key], resultID(nil)) != id
}

// report adds a report to the answer, and sends a part of it if the client wants that.
func (y *survey) report(u uri.URI, version *int32, list protocol.FullDocumentDiagnosticReport) {
	y.said++
	y.known[canonical(u.String())] = *list.ResultID
	y.items = append(y.items, &protocol.WorkspaceFullDocumentDiagnosticReport{FullDocumentDiagnosticReport: list, URI: u, Version: version})
	if y.token == nil || y.client == nil || len(y.items) < maxPart {
		return
	}
	raw, err := protocol.Marshal(&protocol.WorkspaceDiagnosticReportPartialResult{Items: y.take()})
	if err == nil {
		err = y.client.Progress(context.Background(), &protocol.ProgressParams{Token: y.token, Value: protocol.LSPAny(json.RawMessage(raw))})
	}
	if err != nil {
		y.log.Warn("a part of the workspace's diagnostics cannot be sent", "error", err)
	}
}

// take returns the reports that were not sent yet.
func (y *survey) take() []protocol.WorkspaceDocumentDiagnosticReport {
	items := y.items
	y.items = nil
	if items == nil {
		items = []protocol.WorkspaceDocumentDiagnosticReport{}
	}
	return items
}
