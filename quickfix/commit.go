package quickfix

import (
	"fmt"
	"slices"
	"strings"

	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

// commitWrite commits what a session writes and nothing commits: in the transaction
// that ended before it, or at the end of its block.
func commitWrite(at *site, f rule.Finding) ([]proposal, string) {
	e, ok := f.Evidence.(session.Event)
	switch {
	case !ok || e.Session.Name == "":
		return nil, "the session has no name"
	case e.Session.Async && (at.facts.Function == nil || !at.facts.Function.Async):
		return nil, "an asynchronous session needs an async function"
	}
	b := find(at.body, nil, func(st python.Stmt) bool { return simple(st) && st.Pos().Contains(e.Site) })
	if b == nil {
		return nil, "the write is not a statement of its own"
	}
	l := &lostWrite{site: at, e: e, block: b}
	if at.boundAgain(e.Session) {
		return nil, "the variable holds another session, too"
	}
	l.returned = l.returnsObject()
	if e.Session.Expires != session.No && (at.usedBehind(e.Session.Made, l.end()) || e.Session.Owned && l.returnsOthers()) {
		return nil, "a commit would expire the objects that are used after the session is closed"
	}
	var out []proposal
	for _, way := range []func() (proposal, bool){l.intoTransaction, l.beforeEnd, l.behindWrite} {
		l.site = at.again()
		if p, ok := way(); ok && !slices.ContainsFunc(out, func(q proposal) bool { return slices.Equal(p.edits, q.edits) }) {
			p.risks = []string{riskWrite}
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		return nil, "there is no place for a commit"
	}
	return out, ""
}

// simple reports whether a statement has no blocks of its own.
func simple(st python.Stmt) bool {
	if _, ok := st.(*python.FunctionDef); ok {
		return false
	}
	return len(blocksOf(st)) == 0
}

// A lostWrite is a write that nothing commits.
type lostWrite struct {
	*site
	e        session.Event
	block    *block         // the write
	returned *python.Return // the last statement, if it returns an object of the session by its name
}

// calls returns calls of the session, one a line.
func (l *lostWrite) calls(in string, calls ...string) []string {
	for n, c := range calls {
		calls[n] = in + l.e.Session.Name + "." + c
		if l.e.Session.Async {
			calls[n] = in + "await " + l.e.Session.Name + "." + c
		}
	}
	return calls
}

// returnsObject returns the return of an object at the end of the block that
// closes the session: there a commit can be followed by a refresh.
func (l *lostWrite) returnsObject() *python.Return {
	end := find(l.body, nil, func(st python.Stmt) bool { return closes(st, l.e.Other) })
	if end == nil || l.e.Session.Expires == session.No {
		return nil
	}
	body := end.stmt().(*python.With).Body
	r, ok := body[len(body)-1].(*python.Return)
	if !ok {
		return nil
	}
	if _, named := r.Value.(*python.Name); !named || !slices.ContainsFunc(l.opsIn(l.e.Session.Made, r.Span), isObjectReturn) {
		return nil
	}
	return r
}

// returnsOthers reports whether the function hands out objects of the session
// otherwise than by that return.
func (l *lostWrite) returnsOthers() bool {
	return slices.ContainsFunc(l.facts.Ops, func(o session.Op) bool {
		return o.Made == l.e.Session.Made && isObjectReturn(o) && (l.returned == nil || !l.returned.Contains(o.Site))
	})
}

func isObjectReturn(o session.Op) bool { return o.Kind == session.OpReturn && o.Method == "object" }

// end returns the offset behind which the session is closed.
func (l *lostWrite) end() int {
	if b := find(l.body, nil, func(st python.Stmt) bool { return closes(st, l.e.Other) }); b != nil {
		return b.stmt().Pos().End
	}
	if l.e.Other != (session.Site{}) {
		return l.e.Other.End
	}
	return l.body[len(l.body)-1].Pos().End
}

// intoTransaction moves the write, and what stands between, into the begin block
// right before it.
func (l *lostWrite) intoTransaction() (proposal, bool) {
	if l.returned != nil {
		return proposal{}, false
	}
	b := l.block
	for n := b.index - 1; n >= 0; n-- {
		w, ok := b.stmts[n].(*python.With)
		if !ok {
			continue
		}
		if len(w.Items) != 1 || !isBegin(w.Items[0].Context) || l.source(w.Items[0].Context.(*python.Call).Func.(*python.Attribute).Value.Pos()) != l.e.Session.Name {
			return proposal{}, false
		}
		if ends(w.Body[len(w.Body)-1]) || l.sharesLine(w) {
			return proposal{}, false
		}
		first := l.topLine(b.stmts[n+1], l.lastLine(w))
		by, ok := strings.CutPrefix(l.edit.Indentation(l.firstLine(w.Body[0])), l.edit.Indentation(l.firstLine(w)))
		if !ok {
			return proposal{}, false
		}
		l.edit.Indent(first, l.lastLine(b.stmt()), by)
		return proposal{title: fmt.Sprintf("Move the write into the transaction of `%s`", l.e.Session.Name), edits: l.edit.Edits()}, true
	}
	return proposal{}, false
}

// beforeEnd commits where the life of the session ends: at the end of its with
// block, or before it is closed.
func (l *lostWrite) beforeEnd() (proposal, bool) {
	title := fmt.Sprintf("Commit `%s` at the end of its block", l.e.Session.Name)
	end := find(l.body, nil, func(st python.Stmt) bool { return closes(st, l.e.Other) })
	if end != nil {
		w := end.stmt().(*python.With)
		return l.endOf(w.Body, title)
	}
	end = find(l.body, nil, func(st python.Stmt) bool { return callsOnly(st, l.e.Other) })
	if end == nil {
		return proposal{}, false
	}
	if end.outer != nil {
		if t, ok := end.outer.stmt().(*python.Try); ok && slices.Contains(t.Finally, end.stmt()) {
			return l.endOf(t.Body, title)
		}
	}
	line := l.topLine(end.stmt(), 0)
	l.edit.Insert(line, l.calls(l.edit.Indentation(l.firstLine(end.stmt())), "commit()")...)
	return proposal{title: fmt.Sprintf("Commit `%s` before it is closed", l.e.Session.Name), edits: l.edit.Edits()}, true
}

// endOf commits at the end of a block, before a return that ends it.
func (l *lostWrite) endOf(body []python.Stmt, title string) (proposal, bool) {
	last := body[len(body)-1]
	if !l.ownLines(last) {
		return proposal{}, false
	}
	in := l.edit.Indentation(l.firstLine(last))
	if _, ok := last.(*python.Return); ok {
		if len(l.writesOf(last)) > 0 {
			return proposal{}, false
		}
		calls := []string{"commit()"}
		if l.returned != nil {
			calls = append(calls, "refresh("+l.source(l.returned.Value.Pos())+")")
		}
		l.edit.Insert(l.topLine(last, l.firstLine(body[0])-1), l.calls(in, calls...)...)
	} else {
		if leaves(last) {
			return proposal{}, false
		}
		l.edit.Insert(l.lastLine(last)+1, l.calls(in, "commit()")...)
	}
	return proposal{title: title, edits: l.edit.Edits()}, true
}

func (l *lostWrite) writesOf(st python.Stmt) []session.Op {
	return slices.DeleteFunc(l.opsIn(l.e.Session.Made, st.Pos()), func(o session.Op) bool { return o.Writes == session.No })
}

// inTransaction reports whether the write stands in a begin block or savepoint.
func (l *lostWrite) inTransaction() bool {
	for b := l.block.outer; b != nil; b = b.outer {
		if w, ok := b.stmt().(*python.With); ok && slices.ContainsFunc(w.Items, func(i *python.WithItem) bool { return l.beginsSession(i.Context, l.e.Session.Name) }) {
			return true
		}
	}
	return false
}

// shared reports whether a call is made on another session on another path.
func (s *site) shared(call session.Site, made session.Site) bool {
	return slices.ContainsFunc(s.facts.Ops, func(o session.Op) bool { return o.Site == call && o.Made != made })
}

// behindWrite commits after the last write of the statements around the write.
func (l *lostWrite) behindWrite() (proposal, bool) {
	last := l.block.index
	for n := last; n < len(l.block.stmts); n++ {
		if len(l.writesOf(l.block.stmts[n])) > 0 {
			last = n
		}
	}
	st := l.block.stmts[last]
	if l.inTransaction() || l.isParameter(l.e.Session.Name) || l.shared(l.e.Site, l.e.Session.Made) {
		return proposal{}, false
	}
	if leaves(st) || !l.ownLines(st) || l.returned != nil {
		return proposal{}, false
	}
	l.edit.Insert(l.lastLine(st)+1, l.calls(l.edit.Indentation(l.firstLine(st)), "commit()")...)
	return proposal{title: fmt.Sprintf("Commit `%s` after the write", l.e.Session.Name), edits: l.edit.Edits()}, true
}
