package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
	"sync"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// codeServerCancelled is the protocol's ServerCancelled.
const codeServerCancelled jsonrpc2.Code = -32802

// The kinds of reports.
const (
	reportFull      = "full"
	reportUnchanged = "unchanged"
)

// pulls reports whether a client asks for diagnostics instead of being sent them. One
// that cannot be told to ask again would not hear what another file changes.
func pulls(c *protocol.ClientCapabilities) bool {
	asks := c.TextDocument != nil && c.TextDocument.Diagnostic != nil
	return asks && c.Workspace != nil && c.Workspace.Diagnostics != nil && isTrue(c.Workspace.Diagnostics.RefreshSupport)
}

// pullOptions is what a client that asks for diagnostics can ask for.
func (s *server) pullOptions() protocol.DiagnosticProvider {
	if !s.peer.pulls {
		return nil
	}
	return &protocol.DiagnosticOptions{InterFileDependencies: true, WorkspaceDiagnostics: s.settings.initial.Workspace}
}

// Diagnostic implements [protocol.Server].
func (s *server) Diagnostic(ctx context.Context, p *protocol.DocumentDiagnosticParams) (protocol.DocumentDiagnosticReport, error) {
	v := s.view(p.TextDocument.URI)
	if v == nil {
		return &protocol.RelatedFullDocumentDiagnosticReport{FullDocumentDiagnosticReport: full(nil)}, nil
	}
	known := strings.Clone(value(p.PreviousResultID)) // the message is recycled
	return detached(ctx, s, func(ctx context.Context) (protocol.DocumentDiagnosticReport, error) {
		if !v.current() {
			return nil, outdated()
		}
		// Who cancels asks for the next version soon, which builds on this one.
		found, err := s.shown(context.WithoutCancel(ctx), v)
		if err != nil {
			return nil, err
		}
		if !v.current() { // its places are not those of the text that the client has
			return nil, outdated()
		}
		list := s.diagnostics(v, found)
		id := resultID(list)
		if s.answers.answered(v, id) {
			s.schedule(context.WithoutCancel(ctx), v)
		}
		if id == known {
			return &protocol.RelatedUnchangedDocumentDiagnosticReport{UnchangedDocumentDiagnosticReport: protocol.UnchangedDocumentDiagnosticReport{Kind: reportUnchanged, ResultID: id}}, nil
		}
		return &protocol.RelatedFullDocumentDiagnosticReport{FullDocumentDiagnosticReport: full(list)}, nil
	})
}

// outdated is the answer to a question about a text that has changed since: the client
// is to ask again.
func outdated() error {
	data, _ := json.Marshal(protocol.DiagnosticServerCancellationData{RetriggerRequest: true}) // a constant
	return &jsonrpc2.Error{Code: codeServerCancelled, Message: "the document has changed", Data: data}
}

func full(list []protocol.Diagnostic) protocol.FullDocumentDiagnosticReport {
	if list == nil {
		list = []protocol.Diagnostic{} // null is no list
	}
	return protocol.FullDocumentDiagnosticReport{Kind: reportFull, ResultID: new(resultID(list)), Items: list}
}

// resultID names a list of diagnostics: the same list has the same name.
func resultID(list []protocol.Diagnostic) string {
	h := fnv.New64a()
	for n := range list {
		if raw, err := protocol.Marshal(&list[n]); err == nil {
			_, _ = fmt.Fprintf(h, "%d %s", len(raw), raw) // a hash takes everything
		}
	}
	return strconv.FormatUint(h.Sum64(), 36)
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// answers is what a client that asks was last told of each document, and what would
// be said now. One that was told something else is to ask again; of a text that has
// changed it does so by itself.
type answers struct {
	mu    sync.Mutex
	about map[*document]map[*cell]*answer
}

type answer struct{ said, now said }

// said is the name of a list of diagnostics of one generation of a document.
type said struct {
	id         string
	generation uint64
}

func (a *answers) of(v *view) *answer {
	if a.about[v.doc] == nil {
		a.about[v.doc] = map[*cell]*answer{}
	}
	if a.about[v.doc][v.cell] == nil {
		a.about[v.doc][v.cell] = &answer{}
	}
	return a.about[v.doc][v.cell]
}

// answered notes an answer, and reports whether something else has come out since.
// Which of the two is newer is not known.
func (a *answers) answered(v *view, id string) (differs bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	last := a.of(v)
	last.said = said{id, v.generation}
	return last.now.generation == v.generation && last.now.id != id
}

// computed notes what an answer would be, and reports whether the client was told
// something else.
func (a *answers) computed(v *view, id string) (differs bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if !v.current() {
		return false // it is about to ask, or the document is gone
	}
	last := a.of(v)
	last.now = said{id, v.generation}
	return last.said.generation == v.generation && last.said.id != id
}

// forget drops a document that was closed. Its generation must be another one already.
func (a *answers) forget(d *document) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.about, d)
}

// Whether the client is being told to ask again.
const (
	quiet int32 = iota
	asking
	askingTwice // once more when it has answered: something changed since
)

// askAgain has a client that asks for diagnostics do so once more, for all documents.
func (s *server) askAgain(ctx context.Context) {
	if s.client == nil {
		return
	}
	if !s.asking.CompareAndSwap(quiet, asking) {
		if s.asking.CompareAndSwap(asking, askingTwice) || s.asking.Load() == askingTwice {
			return
		}
		s.askAgain(ctx)
		return
	}
	ctx = jsonrpc2.DetachContext(ctx)
	go func() {
		for {
			s.ask(ctx, "ask for diagnostics again", s.client.DiagnosticRefresh)
			if s.asking.CompareAndSwap(asking, quiet) || ctx.Err() != nil {
				return
			}
			s.asking.Store(asking)
		}
	}()
}

// ask makes a call to the client that nothing hangs on, and waits for its answer, but
// not for ever.
func (s *server) ask(ctx context.Context, what string, call func(context.Context) error) {
	err := s.recovered(what, func() error {
		waiting, cancel := context.WithTimeout(ctx, s.opts.patience)
		defer cancel()
		return call(waiting)
	})
	if err != nil && ctx.Err() == nil {
		s.log.Warn("the client does not do what it was asked", "to", what, "error", err)
	}
}
