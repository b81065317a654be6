package quickfix

import (
	"fmt"
	"slices"

	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

// What a handler's rollback or savepoint may change.
const (
	riskOther     = "if something else fails, what was not committed yet is undone too"
	riskCallers   = "what the caller has not committed yet is undone too if something else fails"
	riskHalf      = "if something else fails, what was changed before it is undone; it was kept"
	riskBlockKept = "if the flush fails, the rest of the block is committed; it was lost"
)

// A handling is a handler that goes on after the database's answer to a session.
type handling struct {
	*site
	e       session.Event
	block   *block // the try
	try     *python.Try
	handler *python.Handler
}

// recoverSession rolls back in a handler that goes on after a failed flush or commit, or
// gives what can fail a savepoint of its own.
func recoverSession(at *site, f rule.Finding) ([]proposal, string) {
	h, reason := handlingOf(at, f)
	if h != nil && h.block == nil {
		return h.rollbackHere()
	}
	if reason != "" {
		return nil, reason
	}
	var out []proposal
	if s := h.e.Session; s.Block == session.No && s.Nested == 0 {
		if p, why := h.rollback(); why == "" {
			out = append(out, p)
		}
	}
	h.site = at.again()
	p, why := h.savepoint()
	if why != "" {
		return out, why
	}
	return append(out, p), ""
}

// saveHandled gives what can fail in a begin block a savepoint, which alone is
// undone where a handler goes on.
func saveHandled(at *site, f rule.Finding) ([]proposal, string) {
	h, reason := handlingOf(at, f)
	if reason != "" {
		return nil, reason
	}
	p, reason := h.savepoint()
	if reason != "" {
		return nil, reason
	}
	return []proposal{p}, ""
}

// handlingOf finds the handler of a finding.
func handlingOf(at *site, f rule.Finding) (*handling, string) {
	e, ok := f.Evidence.(session.Event)
	if !ok || e.Session.Name == "" {
		return nil, "the session has no name"
	}
	h := &handling{site: at, e: e}
	h.block = find(at.body, nil, func(st python.Stmt) bool {
		t, ok := st.(*python.Try)
		if !ok {
			return false
		}
		n := slices.IndexFunc(t.Handlers, func(h *python.Handler) bool { return h.Start == e.Site.Start })
		if n >= 0 {
			h.try, h.handler = t, t.Handlers[n]
		}
		return n >= 0
	})
	switch {
	case h.block == nil:
		return h, "the handler is in a function that is called here"
	case len(h.handler.Body) == 0 || effectOf(h.try).broken:
		return nil, "the code does not parse"
	case e.Session.Async && (at.facts.Function == nil || !at.facts.Function.Async):
		return nil, "an asynchronous session needs an async function"
	}
	return h, ""
}

// rollback puts a rollback at the start of the handler.
func (h *handling) rollback() (proposal, string) {
	call := h.e.Session.Name + ".rollback()"
	if h.e.Session.Async {
		call = "await " + call
	}
	first := h.handler.Body[0]
	if !h.ownLines(first) {
		return proposal{}, "the handler stands on one line"
	}
	_, empty := first.(*python.Pass)
	if empty && len(h.handler.Body) == 1 {
		sp := h.placed.Abs(first.Pos())
		h.edit.Replace(sp.Start, sp.End, call)
	} else {
		line := h.firstLine(first)
		h.edit.Insert(line, h.edit.Indentation(line)+call)
	}
	p := proposal{title: fmt.Sprintf("Roll `%s` back in the handler", h.e.Session.Name)}
	if from, fails := h.failsElsewhere(); fails && !onlyDatabase(h.handler) {
		if !h.e.Session.Owned {
			p.risks = append(p.risks, riskCallers)
		} else if h.writesBefore(from) {
			p.risks = append(p.risks, riskOther)
		}
	}
	p.edits = h.edit.Edits()
	return p, ""
}

// rollbackHere rolls back behind the call of the function that goes on after an
// error. It cannot be seen here, and need not tell that it failed: the session does.
func (h *handling) rollbackHere() ([]proposal, string) {
	call := h.e.Session.FailedAt
	b := find(h.body, nil, func(st python.Stmt) bool { return simple(st) && st.Pos().Contains(call) })
	switch {
	case b == nil || !h.given(call, h.e.Session.Name):
		return nil, "no statement of its own calls the function with the session"
	case h.e.Session.Block != session.No || h.e.Session.Nested > 0:
		return nil, "a rollback would end the transaction of the block around"
	case ends(b.stmt()) || !h.ownLines(b.stmt()):
		return nil, "the call shares its line with another statement, or leaves the block"
	case h.e.Session.Async && (h.facts.Function == nil || !h.facts.Function.Async):
		return nil, "an asynchronous session needs an async function"
	}
	name := h.e.Session.Name
	in := h.edit.Indentation(h.firstLine(b.stmt()))
	head, rollback := in+"if not "+name+".is_active:", name+".rollback()"
	if h.e.Session.Async {
		rollback = "await " + rollback
	}
	h.edit.Insert(h.lastLine(b.stmt())+1, head, in+h.unit()+rollback)
	title := fmt.Sprintf("Roll `%s` back here if %s() failed", name, h.e.Session.FailedBy)
	return []proposal{{title: title, edits: h.edit.Edits()}}, ""
}

// given reports whether a call is given a variable.
func (s *site) given(call session.Site, name string) bool {
	found := false
	python.Inspect(s.callAt(call), func(n python.Node) bool {
		x, ok := n.(*python.Name)
		found = found || ok && x.ID == name
		return !found
	})
	return found
}

// onlyDatabase reports whether a handler catches nothing but what a database answers.
func onlyDatabase(h *python.Handler) bool {
	types := []python.Expr{h.Type}
	if t, ok := h.Type.(*python.Tuple); ok {
		types = t.Elts
	}
	return !slices.ContainsFunc(types, func(e python.Expr) bool {
		name := ""
		switch e := e.(type) {
		case *python.Attribute:
			name = e.Attr.ID
		case *python.Name:
			name = e.ID
		}
		return !databaseErrors[name] || name == "Exception" || name == "BaseException"
	})
}

// failsElsewhere reports whether anything but the session can fail in the body of
// the try, and where the last of it ends: in a loop, what comes behind it comes before
// it in the next turn.
func (h *handling) failsElsewhere() (last int, fails bool) {
	var loops []python.Span
	for _, st := range h.try.Body {
		python.Inspect(st, func(n python.Node) bool {
			switch n := n.(type) {
			case *python.FunctionDef, *python.Lambda:
				return false
			case *python.For, *python.While:
				loops = append(loops, n.Pos())
			case *python.Raise, *python.Assert, *python.Subscript:
				last, fails = n.Pos().Start, true
			case *python.Call:
				if !h.idle(n) && !h.ofSession(n) {
					last, fails = n.End, true // it may write itself, if it is given the session
				}
			}
			return true
		})
	}
	for _, l := range loops {
		if l.Start <= last && last < l.End {
			last = l.End
		}
	}
	return last, fails
}

// ofSession reports whether a call is a method of the session, or of what such a
// call gave.
func (h *handling) ofSession(c *python.Call) bool {
	ops := h.opsIn(h.e.Session.Made, c.Span)
	return slices.ContainsFunc(ops, func(o session.Op) bool {
		return o.Kind == session.OpCall && (o.Site == c.Span || c.Func.Pos().Contains(o.Site)) && !wantsARow(o.Method)
	})
}

// writesBefore reports whether the session may have work that is not committed
// when it comes to an offset: a write, and no commit behind it. In a loop, the turn
// before may have left it.
func (h *handling) writesBefore(offset int) bool {
	if h.pending(session.Site{End: offset}, false) {
		return true
	}
	for b := h.block.outer; b != nil; b = b.outer {
		if st := b.stmt(); isLoop(st) && st.Pos().Start > h.e.Session.Made.Start {
			behind := h.pending(session.Site{Start: offset, End: st.Pos().End}, false)
			if h.pending(session.Site{Start: st.Pos().Start, End: offset}, behind) {
				return true
			}
		}
	}
	return false
}

// pending reports whether the session may have work that is not committed where a
// part of the function ends, and whether it may have had where it begins.
func (h *handling) pending(part session.Site, before bool) bool {
	for _, o := range h.facts.Ops {
		if o.Made != h.e.Session.Made || o.Site.Start < part.Start || o.Site.Start >= part.End {
			continue
		}
		switch {
		case o.Kind == session.OpCall && o.Method == "commit" && h.straight(o.Site):
			before = false
		case o.Writes != session.No, o.Whole:
			before = true
		}
	}
	return before
}

// straight reports whether a call is a statement that stands in a block around
// the try, so that whatever comes there has passed it.
func (h *handling) straight(call session.Site) bool {
	b := find(h.body, nil, func(st python.Stmt) bool { return callsOnly(st, call) })
	if b == nil {
		return false
	}
	for around := h.block; around != nil; around = around.outer {
		if slices.Contains(around.stmts, b.stmt()) {
			return true
		}
	}
	return slices.Contains(h.try.Body, b.stmt())
}

// savepoint puts the body of the try into a savepoint.
func (h *handling) savepoint() (proposal, string) {
	if h.endedBefore() {
		return proposal{}, "the transaction may have ended before the try"
	}
	body := h.try.Body
	where := python.Span{Start: body[0].Pos().Start, End: body[len(body)-1].Pos().End}
	switch {
	case len(h.opsIn(h.e.Session.Made, where)) == 0:
		return proposal{}, "nothing is done with the session in the try"
	case h.beginsElsewhere():
		return proposal{}, "a savepoint begins a transaction, in which a begin() that follows would raise"
	}
	for _, o := range h.opsIn(h.e.Session.Made, where) {
		if o.Kind == session.OpCall && (o.Method == "commit" || slices.Contains(controls, o.Method)) {
			return proposal{}, o.Method + "() cannot stand in a savepoint"
		}
	}
	for _, st := range body {
		switch {
		case effectOf(st).yields:
			return proposal{}, "a yield would stand in the savepoint"
		case !h.ownLines(st):
			return proposal{}, "a statement shares its line with another"
		}
	}
	head := "with " + h.e.Session.Name + ".begin_nested():"
	if h.e.Session.Async {
		head = "async " + head
	}
	top := h.topLine(body[0], h.firstLine(h.try))
	h.edit.Insert(top, h.edit.Indentation(h.firstLine(body[0]))+head)
	h.edit.Indent(top, h.lastLine(body[len(body)-1]), h.unit())
	p := proposal{title: fmt.Sprintf("Give the body of the try a savepoint of `%s`", h.e.Session.Name), edits: h.edit.Edits()}
	last, fails := h.failsElsewhere()
	if fails && h.leftOpen(h.e.Session.Made) {
		p.risks = append(p.risks, riskOpen)
	}
	if fails && h.handlesOther() && h.writesIn(python.Span{Start: where.Start, End: last}) {
		p.risks = append(p.risks, riskHalf)
	}
	if h.e.Session.HandledF || h.e.Session.Block == session.Yes && h.e.Session.FailedAt != (session.Site{}) {
		p.risks = append(p.risks, riskBlockKept)
	}
	return p, ""
}

// endedBefore reports whether the transaction of the begin block that the try stands
// in may be ended before it: a savepoint would then raise.
func (h *handling) endedBefore() bool {
	from := h.e.Session.BlockAt.Start
	return h.e.Session.Block != session.No && slices.ContainsFunc(h.facts.Ops, func(o session.Op) bool {
		ends := o.Method == "commit" || o.Method == "rollback" || o.Method == "close"
		return ends && o.Kind == session.OpCall && o.Made == h.e.Session.Made && from < o.Site.Start && o.Site.Start < h.try.Start
	})
}

// beginsElsewhere reports whether the session begins a transaction somewhere, and not
// by a with statement around the try.
func (h *handling) beginsElsewhere() bool {
	return slices.ContainsFunc(h.facts.Ops, func(o session.Op) bool {
		if o.Kind != session.OpCall || o.Method != "begin" || o.Made != h.e.Session.Made {
			return false
		}
		for b := h.block.outer; b != nil; b = b.outer {
			if w, ok := b.stmt().(*python.With); ok && slices.ContainsFunc(w.Items, func(i *python.WithItem) bool { return i.Span.Contains(o.Site) }) {
				return false
			}
		}
		return true
	})
}

// handlesOther reports whether a handler of the try goes on after what is no answer
// of a database.
func (h *handling) handlesOther() bool {
	return slices.ContainsFunc(h.try.Handlers, func(k *python.Handler) bool { return fallsThrough(k) && !onlyDatabase(k) })
}

func (h *handling) writesIn(where python.Span) bool {
	return slices.ContainsFunc(h.opsIn(h.e.Session.Made, where), func(o session.Op) bool { return o.Writes != session.No || o.Whole })
}
