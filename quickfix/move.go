package quickfix

import (
	"slices"
	"strings"

	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/rule/useafterclose"
	"sessionlint/analysis/session"
)

// What moving code into a with block may change.
const (
	riskWrite    = "what it writes is committed now; it was lost before"
	riskMayWrite = "if it writes, that is committed now; it was lost before"
	riskObjects  = "relationships that are not loaded yet can no longer be read from the objects that live on"
	riskCommit   = "what the block leaves uncommitted is committed now"
	riskFails    = "if it fails, the work of the block is undone too"
	riskPending  = "it flushes what the block has pending, and sees it"
)

// moveIntoBlock moves the uses of a closed session into the with block that
// closed it, together with the statements between that must keep their order
// with them.
func moveIntoBlock(at *site, f rule.Finding) ([]proposal, string) {
	ev, ok := f.Evidence.(useafterclose.Evidence)
	if !ok {
		return nil, "the object belongs to a session that is gone"
	}
	return moveUses(at, ev)
}

// moveUses is moveIntoBlock for uses of whatever kind.
func moveUses(at *site, ev useafterclose.Evidence) ([]proposal, string) {
	if !ev.Session.ClosedWith {
		return nil, "the session is closed by a call of close()"
	}
	b := find(at.body, nil, func(s python.Stmt) bool { return closes(s, ev.ClosedAt) })
	if b == nil {
		return nil, "the with statement was not found"
	}
	m := &move{site: at, ev: ev, block: b, with: b.stmt().(*python.With)}
	if reason := m.choose(); reason != "" {
		return nil, reason
	}
	if reason := m.target(); reason != "" {
		return nil, reason
	}
	if reason := m.rewrite(); reason != "" {
		return nil, reason
	}
	return []proposal{{title: m.title(), risks: m.risks, edits: at.edit.Edits()}}, ""
}

// closes reports whether a statement is the with whose item has the given span.
func closes(s python.Stmt, item session.Site) bool {
	w, ok := s.(*python.With)
	return ok && slices.ContainsFunc(w.Items, func(i *python.WithItem) bool { return i.Span == item })
}

// A move is one application of moveIntoBlock.
type move struct {
	*site
	ev      useafterclose.Evidence
	block   *block // the with statement, and what follows it
	with    *python.With
	moved   []bool // by statement of the block
	last    int    // the last statement that moves
	into    *python.With
	inTx    bool // into is, or ends in, a transaction that commits
	touches bool // a method of a mapped object moves, which may change it
	commits bool // a commit moves, too
	risks   []string
}

// choose decides which statements move.
func (m *move) choose() string {
	stmts := m.block.stmts
	m.moved = make([]bool, len(stmts))
	for _, u := range m.ev.Uses {
		n := slices.IndexFunc(stmts, func(s python.Stmt) bool { return s.Pos().Contains(u.Site) })
		if n <= m.block.index {
			return "the session is used outside of the block that the with statement stands in"
		}
		m.moved[n] = true
		m.last = max(m.last, n)
	}
	effects := make([]effect, len(stmts))
	for n := m.block.index + 1; n < len(stmts); n++ {
		effects[n] = effectOf(stmts[n])
	}
	for changed := true; changed; {
		changed = m.takeReaders(effects)
		for n := m.last - 1; n > m.block.index; n-- {
			if m.moved[n] {
				continue
			}
			for later := n + 1; later <= m.last; later++ {
				if m.moved[later] && conflict(effects[n], effects[later]) {
					m.moved[n], changed = true, true
					break
				}
			}
		}
	}
	for n := range stmts {
		switch {
		case !m.moved[n]:
		case effects[n].yields:
			return "a yield would move into the block"
		case m.controls(stmts[n]):
			return "a rollback or close would move into the block"
		case m.handsBackRows(stmts[n]):
			return "a result that is returned cannot outlive the session"
		case effects[n].broken:
			return "the code does not parse"
		case !m.ownLines(stmts[n]):
			return "a statement shares its line with another"
		}
	}
	return ""
}

// controls reports whether a statement ends a transaction otherwise than by a commit.
func (m *move) controls(s python.Stmt) bool {
	return slices.ContainsFunc(m.opsIn(m.ev.Session.Made, s.Pos()), func(o session.Op) bool {
		return o.Kind == session.OpCall && slices.Contains(controls, o.Method) && !strings.HasPrefix(o.Method, "begin")
	})
}

// wantsARow reports whether a method raises unless it finds a row.
func wantsARow(method string) bool {
	switch strings.TrimPrefix(method, "query.") {
	case "one", "scalar_one", "get_one", "one_or_none", "scalar_one_or_none":
		return true
	}
	return false
}

// handsBackRows reports whether a statement returns a Result or Query that has
// not been run through.
func (m *move) handsBackRows(s python.Stmt) bool {
	return slices.ContainsFunc(m.opsIn(m.ev.Session.Made, s.Pos()), func(o session.Op) bool {
		return o.Kind == session.OpReturn && o.Method != "object"
	})
}

// takeReaders moves the statements that run through a Result or Query which a
// moved statement makes: it cannot outlive the session.
func (m *move) takeReaders(effects []effect) (changed bool) {
	stmts := m.block.stmts
	for n := m.block.index + 1; n <= m.last; n++ {
		if !m.moved[n] {
			continue
		}
		for _, o := range m.opsIn(m.ev.Session.Made, stmts[n].Pos()) {
			if o.Kind != session.OpBind || o.Method == "object" {
				continue
			}
			name := m.source(o.Site)
			for later := n + 1; later < len(stmts); later++ {
				if effects[later].reads[name] && !m.moved[later] {
					m.moved[later], changed = true, true
					m.last = max(m.last, later)
				}
			}
		}
	}
	return changed
}

// source returns the text of a span of the unit.
func (s *site) source(sp python.Span) string {
	a := s.placed.Abs(sp)
	return s.snap.File.Text[a.Start:a.End]
}

// target decides where the statements go, and what that may change.
func (m *move) target() string {
	var begins *python.WithItem
	for _, i := range m.with.Items {
		switch {
		case i.Span == m.ev.ClosedAt:
			m.inTx = isBegin(i.Context)
		case m.begins(i):
			begins = i
		default:
			return "the with statement enters another context manager"
		}
	}
	m.inTx = m.inTx || begins != nil
	m.into = m.with
	inner := m.innerBegin()
	writes, acts := m.work()
	outlives := m.outlives()
	switch {
	case m.commits && outlives && m.ev.Session.Expires != session.No:
		return "the commit that moves would expire the objects that live on"
	case m.beginsAgain():
		return "the block has begun a transaction, in which a begin() that moves would raise"
	case m.expiresItself():
		return "the begin block that moves would expire the objects that live on"
	case m.commits && m.inTx:
		return "a commit would move into the transaction"
	case m.commits:
		m.risks = append(m.risks, riskCommit)
	case writes != session.No:
		if inner != nil {
			m.into = inner
		} else if !m.inTx {
			return "nothing would commit the write"
		}
		m.risks = append(m.risks, map[session.Tri]string{session.Yes: riskWrite, session.Maybe: riskMayWrite}[writes])
	case outlives && m.inTx:
		return "the commit at the end of the block would expire the objects"
	case outlives:
		m.risks = append(m.risks, riskObjects)
	case inner != nil && !acts:
		m.into = inner
	}
	switch {
	case (outlives || m.addedOutlives()) && (m.inTx || m.into == inner && inner != nil || m.scopeCommits()):
		return "the commit at the end of the block would expire the objects"
	case m.commits && m.blockOutlives():
		return "the commit would expire the objects of the block"
	case m.ev.Session.Expires != session.No && m.handsSession() && (outlives || m.blockOutlives()):
		return "a function that is given the session may commit, which would expire the objects that live on"
	case m.endsWithin():
		return "the block ends its transaction itself"
	}
	if m.inTx && m.into == m.with && acts {
		m.risks = append(m.risks, riskFails)
	}
	if m.into == m.with && !m.inTx && (m.pending() || m.touches) {
		m.risks = append(m.risks, riskPending)
	}
	body := m.into.Body
	if len(body) == 0 {
		return "the block is empty"
	}
	if e := effectOf(body[len(body)-1]); e.broken || ends(body[len(body)-1]) {
		return "the block ends in a jump"
	}
	return ""
}

// isBegin reports whether an expression is a call of begin().
func isBegin(e python.Expr) bool {
	c, ok := e.(*python.Call)
	if !ok {
		return false
	}
	a, ok := c.Func.(*python.Attribute)
	return ok && a.Attr.ID == "begin"
}

// begins reports whether a with item is begin() of the session.
func (m *move) begins(i *python.WithItem) bool {
	if !isBegin(i.Context) {
		return false
	}
	return m.source(i.Context.(*python.Call).Func.(*python.Attribute).Value.Pos()) == m.ev.Session.Name
}

// innerBegin returns the with session.begin() that is the block's last
// statement, or nil.
func (m *move) innerBegin() *python.With {
	if len(m.with.Body) == 0 {
		return nil
	}
	w, ok := m.with.Body[len(m.with.Body)-1].(*python.With)
	if ok && len(w.Items) == 1 && m.begins(w.Items[0]) {
		return w
	}
	return nil
}

// ends reports whether control never runs on behind a statement.
func ends(s python.Stmt) bool {
	switch s := s.(type) {
	case *python.Return, *python.Raise, *python.Break, *python.Continue:
		return true
	case *python.If:
		return len(s.Else) > 0 && ends(s.Body[len(s.Body)-1]) && ends(s.Else[len(s.Else)-1])
	case *python.With:
		return len(s.Body) > 0 && ends(s.Body[len(s.Body)-1])
	}
	return false
}

// work tells whether the moved statements write through the session, and
// whether they do anything that has nothing to do with it.
func (m *move) work() (writes session.Tri, acts bool) {
	for n, s := range m.block.stmts {
		if !m.moved[n] {
			continue
		}
		known := map[session.Site]bool{}
		ops := m.opsIn(m.ev.Session.Made, s.Pos())
		acts = acts || len(ops) == 0
		for _, o := range ops {
			known[o.Site] = true
			switch {
			case o.Kind == session.OpCall && o.Method == "commit":
				m.commits = true
			case o.Kind == session.OpCall, o.Kind == session.OpSet:
				writes = max(writes, o.Writes)
				acts = acts || wantsARow(o.Method)
			case o.Kind == session.OpMethod, o.Kind == session.OpHandOut:
				acts = true
				m.touches = m.touches || o.Kind == session.OpMethod
			}
		}
		python.Inspect(s, func(n python.Node) bool {
			if c, ok := n.(*python.Call); ok && !known[c.Span] && !m.idle(c) {
				acts = acts || !m.leadsToSession(c)
			}
			return true
		})
	}
	return writes, acts
}

// leadsToSession reports whether a call is made on what a call of the session
// gave, as all() is in session.scalars(q).all().
func (m *move) leadsToSession(c *python.Call) bool {
	return len(m.opsIn(m.ev.Session.Made, c.Func.Pos())) > 0
}

// endsWithin reports whether the begin block that the statements go into is ended
// by a call in it.
func (m *move) endsWithin() bool {
	if m.into == m.with && !m.inTx {
		return false
	}
	return slices.ContainsFunc(m.opsIn(m.ev.Session.Made, m.into.Span), func(o session.Op) bool {
		return o.Kind == session.OpCall && (o.Method == "commit" || o.Method == "rollback" || o.Method == "close")
	})
}

// pending reports whether the block can end with work that is not committed.
func (m *move) pending() bool {
	for _, e := range m.facts.Ends {
		if e.Why == session.Closing && e.Session.Made == m.ev.Session.Made && e.Session.Writes == session.Yes {
			return true
		}
	}
	return false
}

func (m *move) title() string {
	what := "the use of `" + m.ev.Session.Name + "`"
	if m.into != m.with {
		return "Move " + what + " into its transaction"
	}
	return "Move " + what + " into its with block"
}
