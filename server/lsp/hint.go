package lsp

import (
	"cmp"
	"context"
	"slices"

	"go.lsp.dev/protocol"

	"sessionlint/analysis/session"
	"sessionlint/analysis/timeline"
)

// InlayHint implements [protocol.Server]. It shows what happens to a session
// without a word of it in the source.
func (s *server) InlayHint(ctx context.Context, p *protocol.InlayHintParams) ([]protocol.InlayHint, error) {
	wants := s.visible.Load().InlayHints
	return live(ctx, s, p.TextDocument.URI, func(ctx context.Context, v *view) ([]protocol.InlayHint, error) {
		within, err := v.mapper.span(p.Range)
		if err != nil {
			return nil, nil
		}
		functions, err := v.functions(ctx, within)
		if err != nil {
			return nil, err
		}
		var out []protocol.InlayHint
		add := func(f liveFunction, at int, label, tooltip string) {
			if at = v.endOfLine(f.unit.Start + at); at < within.Start || at > within.End || !v.holds(at) {
				return
			}
			out = append(out, protocol.InlayHint{
				Position: v.mapper.position(at), Label: protocol.String(label), Tooltip: protocol.String(tooltip), PaddingLeft: new(true),
			})
		}
		for _, f := range functions {
			for _, l := range f.lives {
				for _, step := range l.Steps {
					if step.Error {
						continue
					}
					if label, tooltip := beginHint(l, step); label != "" && wants.Autobegins {
						add(f, step.At, label, tooltip)
					}
					if label := rollbackHint(l, step); label != "" && wants.Rollbacks {
						add(f, step.At, label, "nothing has committed what was written"+lines(f, v, step.Before.Pending))
					}
					if label, tooltip := endHint(l, step); label != "" && wants.Ends {
						add(f, step.At, label, tooltip)
					}
				}
			}
		}
		slices.SortStableFunc(out, func(a, b protocol.InlayHint) int {
			return cmp.Or(cmp.Compare(a.Position.Line, b.Position.Line), cmp.Compare(a.Position.Character, b.Position.Character))
		})
		return out, nil
	})
}

// name is how hints call a session.
func name(l timeline.Life) string { return cmp.Or(l.Name, "the session") }

// beginHint is about a transaction that begins by itself.
func beginHint(l timeline.Life, s timeline.Step) (label, tooltip string) {
	switch {
	case !s.Itself() || s.Before.Tx != session.No:
		return "", ""
	case s.Before.Closed == session.Yes:
		return name(l) + " opens again here", "it was closed; this use begins a transaction that nothing ends"
	}
	return name(l) + " autobegins here", "the first use begins a transaction, which lasts until a commit, a rollback or the close"
}

// rollbackHint is about work that is lost where a session is closed.
func rollbackHint(l timeline.Life, s timeline.Step) string {
	if s.Kind != timeline.Closed || s.Before.Writes == session.No || l.Joined {
		return ""
	}
	verb := " rolls back "
	if s.Before.Writes == session.Maybe {
		verb = " may roll back "
	}
	return name(l) + verb + s.Before.Amount() + " here"
}

// endHint is about what the end of a with block does.
func endHint(l timeline.Life, s timeline.Step) (label, tooltip string) {
	switch {
	case !s.Block:
	case s.Kind == timeline.Committed:
		return name(l) + " commits here", "the end of the begin block commits; an exception that leaves it rolls back"
	case s.Kind == timeline.Closed:
		return name(l) + " closes here", "the end of the with block closes it, whatever happens within"
	}
	return "", ""
}
