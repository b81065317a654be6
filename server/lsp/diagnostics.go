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
		var found []rule.Finding
		if !s.excluded(v.snapshot.Path) {
			var err error
			if found, err = s.opts.findings(v.snapshot, ctx); err != nil {
				return err
			}
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
