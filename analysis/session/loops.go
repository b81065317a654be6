package session

import (
	"maps"
	"slices"

	"sessionlint/analysis/python"
)

// loopCommit notes a commit in a loop over rows.
func (i *interp) loopCommit(o *Session, at Site, s *State) {
	if i.replaying > 0 {
		return // a helper's: it may be a unit of its own
	}
	for _, loop := range slices.SortedFunc(maps.Keys(i.scope.loops), byPlace) {
		slot := i.scope.loops[loop]
		if !inBody(loop, at) || o.Made.Start > loop.Start && o.Owned || o.Block == Yes {
			continue
		}
		v := s.vars[slot]
		if c, ok := loop.Iter.(*python.Call); ok && slices.Contains([]string{"range", "batched", "chunked", "chunks", "batches", "grouper", "count", "sliced"}, lastPart(dotted(c.Func))) {
			continue // attempts, or batches
		}
		if i.scope.batched(loop, at) || leavesAfter(loop.Body, at) {
			continue
		}
		rows := v.Kind == QueryV || v.Kind == ResultV || v.Kind == MappedV
		i.event(Event{Kind: CommitInLoop, Site: at, Session: *o, Method: "commit", Other: loop.Iter.Pos(), Sure: rows && v.Begun})
	}
}

func byPlace(a, b *python.For) int { return a.Start - b.Start }

// inBody reports whether a place stands in the body of a loop.
func inBody(loop *python.For, at Site) bool {
	return len(loop.Body) > 0 && loop.Body[0].Pos().Start <= at.Start && at.End <= loop.Body[len(loop.Body)-1].Pos().End
}

// leavesAfter reports whether the loop is left right after a place: it is
// reached once.
func leavesAfter(body []python.Stmt, at Site) bool {
	for n, st := range body {
		if !st.Pos().Contains(at) {
			continue
		}
		if n+1 < len(body) {
			switch body[n+1].(type) {
			case *python.Return, *python.Break, *python.Raise:
				return true
			}
		}
		switch st := st.(type) {
		case *python.If:
			return leavesAfter(st.Body, at) || leavesAfter(st.Else, at)
		case *python.With:
			return leavesAfter(st.Body, at)
		case *python.Try:
			for _, h := range st.Handlers {
				if leavesAfter(h.Body, at) {
					return true
				}
			}
			return leavesAfter(st.Body, at) || leavesAfter(st.Else, at) || endsLeaving(st.Else)
		}
	}
	return false
}

func endsLeaving(body []python.Stmt) bool {
	if len(body) == 0 {
		return false
	}
	switch body[len(body)-1].(type) {
	case *python.Return, *python.Break:
		return true
	}
	return false
}

// inLoop reports whether a place stands in a for loop.
func (s *scope) inLoop(at Site) bool {
	for loop := range s.loops {
		if loop.Contains(at) {
			return true
		}
	}
	return false
}

// batched reports whether a commit in a loop stands under a condition there:
// every so many rows.
func (s *scope) batched(loop *python.For, at Site) bool {
	found := false
	for _, st := range loop.Body {
		python.Inspect(st, func(n python.Node) bool {
			c, ok := n.(*python.If)
			if ok && c.Contains(at) {
				python.Inspect(c.Cond, func(n python.Node) bool {
					switch n := n.(type) {
					case *python.BinOp:
						found = found || n.Op == "%"
					case *python.Compare:
						found = found || len(n.Ops) == 1 && (n.Ops[0] == ">=" || n.Ops[0] == ">" || n.Ops[0] == "==")
					}
					return true
				})
			}
			return n.Pos().Contains(at)
		})
	}
	return found
}
