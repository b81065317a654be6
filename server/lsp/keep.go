package lsp

import (
	"context"
	"slices"
	"sync"

	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
)

// memory is of what a document has shown. In functions that are being typed in, and
// do not parse, what was found when they did is shown still: it would be gone with each
// bracket that is opened, and come back with the one that closes it.
type memory struct {
	mu   sync.Mutex
	last *showing
}

// showing is what was shown of one generation of a document.
type showing struct {
	generation uint64
	turn       int64 // of the settings
	text       string
	list       []rule.Finding
	before     *showing // whose findings may be kept; it has none before itself
}

// shown returns the findings that are shown of a view.
func (s *server) shown(ctx context.Context, v *view) ([]rule.Finding, error) {
	turn := s.settings.turn.Load()
	found, err := s.found(ctx, v)
	if err != nil || s.opts.forgets {
		return found, err
	}
	d := &v.doc.memory
	d.mu.Lock()
	defer d.mu.Unlock()
	var before *showing
	switch last := d.last; {
	case last == nil:
	case last.generation == v.generation:
		before = last.before
	case last.generation < v.generation:
		before = &showing{generation: last.generation, turn: last.turn, text: last.text, list: last.list}
	default:
		return found, nil // nobody will see it
	}
	if before != nil && before.turn == turn {
		found = slices.Concat(found, before.keep(v.snapshot.File, found))
		slices.SortStableFunc(found, func(f, g rule.Finding) int { return f.Span.Start - g.Span.Start })
	}
	d.last = &showing{v.generation, turn, v.snapshot.File.Text, found, before}
	return found, nil
}

// keep returns the findings, moved to where they are now, that lie in units which do
// not parse and are not among those that are found.
func (w *showing) keep(f *python.File, found []rule.Finding) []rule.Finding {
	if !slices.ContainsFunc(f.Units, broken) {
		return nil
	}
	move := mover(w.text, f.Text)
	var kept []rule.Finding
	for _, old := range w.list {
		span, ok := move(old.Span)
		n := slices.IndexFunc(f.Units, func(u python.Placed) bool { return broken(u) && u.Start <= span.Start && span.End <= u.End })
		if !ok || n < 0 || slices.ContainsFunc(found, func(g rule.Finding) bool {
			return g.Rule == old.Rule && g.Span.Start < span.End && span.Start < g.Span.End
		}) {
			continue
		}
		k := old
		k.Span, k.Unit, k.Related = span, n, nil
		for _, r := range old.Related {
			if r.Span, ok = move(r.Span); ok {
				k.Related = append(k.Related, r)
			}
		}
		kept = append(kept, k)
	}
	return kept
}

// broken reports whether a unit does not parse.
func broken(u python.Placed) bool { return len(u.Unit.Errors) > 0 || u.Unit.Opaque }

// mover returns where a span of one text is in another: what differs is one piece in
// the middle. What lies in it alone is nowhere.
func mover(from, to string) func(python.Span) (python.Span, bool) {
	start, most := 0, min(len(from), len(to))
	for start < most && from[start] == to[start] {
		start++
	}
	end := 0
	for end < most-start && from[len(from)-1-end] == to[len(to)-1-end] {
		end++
	}
	after, by := len(from)-end, len(to)-len(from)
	return func(s python.Span) (python.Span, bool) {
		switch {
		case s.End <= start:
			return s, true
		case s.Start >= after:
			return python.Span{Start: s.Start + by, End: s.End + by}, true
		case s.Start <= start && s.End >= after && s.Start < s.End+by:
			return python.Span{Start: s.Start, End: s.End + by}, true
		}
		return python.Span{}, false
	}
}
