package session

import "sessionlint/analysis/python"

// loopCommit notes a commit in a loop over rows.
func (i *interp) loopCommit(o *Session, at Site, s *State) {
	for loop, slot := range i.scope.loops {
		if !loop.Contains(at) || loop.Iter.Pos().Contains(at) || o.Made.Start > loop.Start && o.Owned {
			continue
		}
		v := s.vars[slot]
		if v.Kind == ConnectionV || i.scope.batched(loop, at) {
			continue
		}
		rows := v.Kind == QueryV || v.Kind == ResultV || v.Kind == MappedV
		i.event(Event{Kind: CommitInLoop, Site: at, Session: *o, Method: "commit", Other: loop.Iter.Pos(), Sure: o.Block == Yes || rows && v.Text == "stream"})
	}
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
