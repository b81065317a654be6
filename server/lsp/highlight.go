package lsp

import (
	"context"

	"go.lsp.dev/protocol"

	"sessionlint/analysis/timeline"
)

// DocumentHighlight implements [protocol.Server]. It shows where the session that
// stands at a place is opened, committed and closed, as if that were written to
// it, and where it is used.
func (s *server) DocumentHighlight(ctx context.Context, p *protocol.DocumentHighlightParams) ([]protocol.DocumentHighlight, error) {
	return live(ctx, s, p.TextDocument.URI, func(ctx context.Context, v *view) ([]protocol.DocumentHighlight, error) {
		offset, err := v.mapper.offset(p.Position)
		if err != nil {
			return nil, nil
		}
		l, err := v.sessionAt(ctx, offset)
		if l == nil || err != nil {
			return nil, err
		}
		var out []protocol.DocumentHighlight
		for _, place := range l.life.Places {
			if !v.holds(l.unit.Abs(place.Site).Start) {
				continue // it stands in another cell of the notebook
			}
			kind := protocol.DocumentHighlightKindRead
			if place.Bound || turns(l.life, place) {
				kind = protocol.DocumentHighlightKindWrite
			}
			out = append(out, protocol.DocumentHighlight{Range: l.rng(v, place.Site), Kind: kind})
		}
		return out, nil
	})
}

// turns reports whether an expression stands in a call that ends the session's
// transaction, or the session.
func turns(l timeline.Life, p timeline.Place) bool {
	for _, s := range l.Steps {
		switch s.Kind {
		case timeline.Committed, timeline.RolledBack, timeline.Closed:
			if !s.Block && s.Site.Contains(p.Site) {
				return true
			}
		}
	}
	return false
}
