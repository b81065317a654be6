package lsp

import (
	"context"
	"encoding/json"
	"fmt"

	"go.lsp.dev/protocol"

	"sessionlint/analysis/timeline"
)

// CodeLens implements [protocol.Server]. It counts the commits of functions that
// have several on one way.
func (s *server) CodeLens(ctx context.Context, p *protocol.CodeLensParams) ([]protocol.CodeLens, error) {
	if !s.visible.Load().CodeLens.Commits {
		return nil, nil
	}
	return live(ctx, s, p.TextDocument.URI, func(ctx context.Context, v *view) ([]protocol.CodeLens, error) {
		functions, err := v.functions(ctx, span{End: len(v.snapshot.File.Text)})
		if err != nil {
			return nil, err
		}
		var out []protocol.CodeLens
		for _, f := range functions {
			for _, l := range f.lives {
				lens, err := f.lens(v, l)
				if err != nil {
					return nil, err
				}
				if lens != nil {
					out = append(out, *lens)
				}
			}
		}
		return out, nil
	})
}

// lens returns the lens of a session that is committed several times, else nil.
func (f liveFunction) lens(v *view, l timeline.Life) (*protocol.CodeLens, error) {
	commits, more := timeline.Commits(f.facts, l.Made)
	if commits < 2 || f.facts.Function == nil || l.Core || !v.holds(f.unit.Abs(f.facts.Function.Name.Span).Start) {
		return nil, nil
	}
	at := f.rng(v, f.facts.Function.Name.Span)
	title := fmt.Sprintf("%d commits in one unit of work", commits)
	if more {
		title = fmt.Sprintf("%d or more commits in one unit of work", commits)
	}
	if len(f.lives) > 1 {
		title = name(l) + ": " + title
	}
	argument, err := json.Marshal(place{URI: v.uri, Position: at.Start})
	if err != nil {
		return nil, fmt.Errorf("write the arguments of a command: %w", err)
	}
	return &protocol.CodeLens{Range: at, Command: protocol.Command{Title: title, Command: showTimeline, Arguments: []protocol.LSPAny{argument}}}, nil
}
