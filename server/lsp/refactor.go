package lsp

import (
	"context"

	"go.lsp.dev/protocol"

	"sessionlint/quickfix"
)

// kindRewrite is the kind of the actions that give code another form.
const kindRewrite protocol.CodeActionKind = "refactor.rewrite.sessionlint"

// rewrites returns the refactorings for the place that a client asks about. Their
// edits come with them: they have no finding by which they could be found again. A
// client that shows what cannot be had is told why.
func (s *server) rewrites(ctx context.Context, v *view, p *protocol.CodeActionParams) ([]protocol.CommandOrCodeAction, error) {
	at, err := v.mapper.span(p.Range)
	if err != nil || s.excluded(v.snapshot.Path) {
		return nil, nil
	}
	found, err := quickfix.Refactorings(ctx, v.snapshot, at)
	if err != nil {
		return nil, err
	}
	var list []protocol.CommandOrCodeAction
	for _, r := range found {
		a := &protocol.CodeAction{Title: r.Title, Kind: new(kindRewrite)}
		switch {
		case r.Reason == "":
			if _, ok := v.place(r.Fix.Edits); !ok {
				continue
			}
			a.Edit = s.workspaceEdit(v, r.Fix)
		case s.peer.disables:
			a.Disabled = protocol.CodeActionDisabled{Reason: r.Reason}
		default:
			continue
		}
		list = append(list, a)
	}
	return list, stale(v)
}
