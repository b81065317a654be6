package lsp

import (
	"context"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"sessionlint/analysis/python"
	"sessionlint/analysis/session"
	"sessionlint/analysis/timeline"
)

// span is a half-open range of bytes, as package python has it.
type span = python.Span

// liveFunction is a function with the lives of its sessions.
type liveFunction struct {
	facts *session.Facts
	unit  python.Placed // what the places in facts count from
	lives []timeline.Life
}

// live answers a request about a document with what work makes of its newest
// version; a document that there is nothing to say about has the zero answer.
func live[T any](ctx context.Context, s *server, u uri.URI, work func(context.Context, *view) (T, error)) (T, error) {
	var none T
	v := s.view(u)
	if v == nil {
		return none, nil
	}
	return detached(ctx, s, func(ctx context.Context) (T, error) {
		if s.excluded(v.snapshot.Path) {
			return none, nil
		}
		return work(ctx, v)
	})
}

// functions returns the functions with sessions that share bytes with a span.
func (v *view) functions(ctx context.Context, within span) ([]liveFunction, error) {
	var out []liveFunction
	for n, unit := range v.snapshot.File.Units {
		if unit.End < within.Start || unit.Start > within.End {
			continue
		}
		facts, err := v.snapshot.Facts(ctx, n)
		if err != nil {
			return nil, err
		}
		for _, f := range facts {
			if lives := timeline.Of(f); len(lives) > 0 {
				out = append(out, liveFunction{f, unit, lives})
			}
		}
	}
	return out, nil
}

// lived is a session at one of the expressions that stand for it.
type lived struct {
	liveFunction
	life  timeline.Life
	place timeline.Place
}

// sessionAt returns the session that the expression at an offset stands for.
// Where it is one session or another, it is the first.
func (v *view) sessionAt(ctx context.Context, offset int) (*lived, error) {
	functions, err := v.functions(ctx, span{Start: offset, End: offset})
	if err != nil {
		return nil, err
	}
	var best *lived
	for _, f := range functions {
		for _, l := range f.lives {
			p, ok := l.At(offset - f.unit.Start)
			if ok && (best == nil || p.Site.Start > best.place.Site.Start) {
				best = &lived{f, l, p}
			}
		}
	}
	return best, nil
}

// line returns the line of an offset into the unit, counted from 1; in a notebook,
// from the beginning of the cell that it is in.
func (f liveFunction) line(v *view, offset int) int {
	at := f.unit.Start + offset
	return int(v.part(at).mapper.position(at).Line) + 1
}

// endOfLine returns the offset behind the last character of an offset's line.
func (v *view) endOfLine(offset int) int {
	f := v.snapshot.File
	n := f.Lines.Of(offset)
	return f.Lines.Start(n) + len(strings.TrimRight(f.Text[f.Lines.Start(n):f.Lines.End(n)], "\r\n"))
}

// rng returns the range of a place in the function; in a notebook, in the cell that
// it is in.
func (f liveFunction) rng(v *view, at session.Site) protocol.Range {
	return v.location(f.unit.Abs(at)).Range
}
