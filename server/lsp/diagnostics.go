package lsp

import (
	"context"
	"reflect"

	"go.lsp.dev/protocol"

	"sessionlint/analysis/rule"
)

// schedule has the findings of a view computed and published, unless the document
// changes first.
func (s *server) schedule(ctx context.Context, v *view) {
	if s.queue.put(v) {
		go s.diagnose(ctx, v.doc)
	}
}

// diagnose works until no version of the document is waiting. It does not stop at
// a version that became stale: the engine keeps what it finds out only when it is
// through, and the next version builds on that.
func (s *server) diagnose(ctx context.Context, d *document) {
	for s.work.acquire(ctx) == nil {
		v := s.queue.take(d)
		if v != nil {
			s.check(ctx, v)
		}
		s.work.release()
		if v == nil {
			return
		}
	}
}

func (s *server) check(ctx context.Context, v *view) {
	err := s.recovered("diagnostics", func() error {
		found, err := s.shown(ctx, v)
		if err != nil {
			return err
		}
		if s.peer.pulls {
			s.compare(ctx, v, found)
			return nil
		}
		posted := map[*cell]*publication{}
		for _, part := range v.parts() {
			list, p := s.diagnostics(part, found), v.doc.posted[part.cell]
			if p == nil || !sameVersion(p.version, part.version) || !reflect.DeepEqual(p.diagnostics, list) {
				p = nil
				if s.out.post(part, list) {
					p = &publication{part.version, list}
				}
			}
			posted[part.cell] = p
		}
		v.doc.posted = posted
		return nil
	})
	if err != nil && ctx.Err() == nil {
		s.log.Error("no diagnostics", "uri", v.uri, "error", err)
	}
}

// found returns the findings of a view; there are none in what is left out.
func (s *server) found(ctx context.Context, v *view) ([]rule.Finding, error) {
	if s.excluded(v.snapshot.Path) {
		return nil, nil
	}
	return s.opts.findings(v.snapshot, ctx)
}

// compare has a client that asks for diagnostics do so again, if it was told
// something else of the same text.
func (s *server) compare(ctx context.Context, v *view, found []rule.Finding) {
	again := false
	for _, part := range v.parts() {
		again = s.answers.computed(part, resultID(s.diagnostics(part, found))) || again
	}
	if again {
		s.askAgain(ctx)
	}
}

func sameVersion(a, b *int32) bool { return a == b || a != nil && b != nil && *a == *b }

func (s *server) diagnostics(v *view, found []rule.Finding) []protocol.Diagnostic {
	list := make([]protocol.Diagnostic, 0, len(found))
	for _, f := range found {
		if f.Severity != rule.Off && v.holds(f.Span.Start) {
			list = append(list, s.diagnostic(v, f))
		}
	}
	return list
}
