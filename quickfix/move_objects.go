package quickfix

import (
	"slices"

	"sessionlint/analysis/python"
	"sessionlint/analysis/session"
)

// outlives reports whether mapped objects that the moved statements load are
// used after the block.
func (m *move) outlives() bool {
	stmts := m.block.stmts
	for n, s := range stmts {
		if !m.moved[n] {
			continue
		}
		for _, o := range m.opsIn(m.ev.Session.Made, s.Pos()) {
			switch {
			case o.Kind == session.OpReturn && o.Method == "object", o.Kind == session.OpHandOut && !o.Whole:
				return true
			case o.Kind == session.OpBind && o.Method == "object" && m.readLater(m.source(o.Site), n):
				return true
			}
		}
	}
	return false
}

// addedOutlives reports whether a moved statement adds an object that is used
// after the block.
func (m *move) addedOutlives() bool {
	for n, s := range m.block.stmts {
		for _, o := range m.opsIn(m.ev.Session.Made, s.Pos()) {
			if !m.moved[n] || o.Kind != session.OpCall || o.Method != "add" {
				continue
			}
			for _, a := range m.callAt(o.Site).Args {
				if name, ok := a.(*python.Name); ok && m.readLater(name.ID, n) {
					return true
				}
			}
		}
	}
	return false
}

// expiresItself reports whether a begin block that moves expires objects which it
// loads, and which are used behind it: they can load themselves again only as long
// as the session is open.
func (m *move) expiresItself() bool {
	if m.ev.Session.Expires == session.No {
		return false
	}
	for n, s := range m.block.stmts {
		w, ok := s.(*python.With)
		if !ok || !m.moved[n] || !slices.ContainsFunc(w.Items, m.begins) {
			continue
		}
		for _, o := range m.opsIn(m.ev.Session.Made, w.Span) {
			if o.Kind == session.OpBind && o.Method == "object" && m.readLater(m.source(o.Site), n) {
				return true
			}
		}
	}
	return false
}

// beginsAgain reports whether a begin() moves to where the block has begun a transaction.
func (m *move) beginsAgain() bool {
	moves := false
	for n, s := range m.block.stmts {
		moves = moves || m.moved[n] && slices.ContainsFunc(m.opsIn(m.ev.Session.Made, s.Pos()), func(o session.Op) bool { return o.Kind == session.OpCall && o.Method == "begin" })
	}
	return moves && slices.ContainsFunc(m.facts.Ends, func(e session.End) bool {
		return e.Why == session.Closing && e.Session.Made == m.ev.Session.Made && e.Session.Tx != session.No
	})
}

// handsSession reports whether a moved statement gives the session to a function.
func (m *move) handsSession() bool {
	for n, s := range m.block.stmts {
		if m.moved[n] && slices.ContainsFunc(m.opsIn(m.ev.Session.Made, s.Pos()), func(o session.Op) bool { return o.Whole }) {
			return true
		}
	}
	return false
}

// scopeCommits reports whether the context manager, which is one of the project's,
// may commit when it is left.
func (m *move) scopeCommits() bool {
	return m.ev.Session.Saves
}

// blockOutlives reports whether mapped objects that the block loads are used
// behind it.
func (m *move) blockOutlives() bool {
	return slices.ContainsFunc(m.opsIn(m.ev.Session.Made, m.with.Span), func(o session.Op) bool {
		return o.Kind == session.OpBind && o.Method == "object" && m.readLater(m.source(o.Site), m.block.index)
	})
}

// readLater reports whether a name is read by a statement that stays, after the
// n-th of the block, or by what follows the blocks around it.
func (m *move) readLater(name string, n int) bool {
	for b := m.block; b != nil; b = b.outer {
		for later := b.index + 1; later < len(b.stmts); later++ {
			if b == m.block && (later <= n || m.moved[later]) {
				continue
			}
			if effectOf(b.stmts[later]).reads[name] {
				return true
			}
		}
	}
	return false
}
