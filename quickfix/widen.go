package quickfix

import (
	"fmt"
	"slices"
	"strings"

	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

// widenBegin lets a begin block begin before the first use of its session, which
// would otherwise have begun a transaction already, or makes it a savepoint.
func widenBegin(at *site, f rule.Finding) ([]proposal, string) {
	e, ok := f.Evidence.(session.Event)
	if !ok {
		return nil, "the session is not known"
	}
	b := find(at.body, nil, func(st python.Stmt) bool {
		w, ok := st.(*python.With)
		return ok && len(w.Items) == 1 && w.Items[0].Context.Pos().Contains(e.Site) && isBegin(w.Items[0].Context)
	})
	if b == nil {
		return nil, "no with statement of its own begins the transaction"
	}
	if e.Session.Reopened.Site != (session.Site{}) {
		return nil, "the session was closed before, and opened itself again"
	}
	w := &widening{site: at, e: e, block: b, with: b.stmt().(*python.With)}
	var out []proposal
	p, reason := w.upward()
	if reason == "" {
		out = append(out, p)
	}
	w.site = at.again()
	if w.endsTransaction() {
		return out, "the block ends the transaction itself, which a savepoint could not"
	}
	return append(out, w.nested()), reason
}

// A widening is a begin block that grows upwards.
type widening struct {
	*site
	e     session.Event
	block *block
	with  *python.With
}

// upward moves the head of the block up to the statement that began a transaction.
func (w *widening) upward() (proposal, string) {
	if w.inBegin() || w.e.Session.Nested > 0 {
		return proposal{}, "another begin block stands around"
	}
	first := slices.IndexFunc(w.block.stmts[:w.block.index], func(st python.Stmt) bool { return st.Pos().Contains(w.e.Other) })
	if first < 0 {
		return proposal{}, "the transaction begins outside of the block that begin() stands in"
	}
	if s := w.e.Session; s.Owned && w.block.stmts[first].Pos().Contains(s.Made) {
		return proposal{}, "the session is made there, too"
	}
	writes, jumps := false, false
	if w.returnsObjects(first) {
		return proposal{}, "the commit at the end of the block would expire the objects that are returned"
	}
	for n := first; n < w.block.index; n++ {
		st := w.block.stmts[n]
		for _, o := range w.opsIn(w.e.Session.Made, st.Pos()) {
			if o.Kind == session.OpCall && (o.Method == "commit" || slices.Contains(controls, o.Method)) {
				return proposal{}, o.Method + "() would stand in the begin block"
			}
			writes = writes || o.Writes != session.No
		}
		e := effectOf(st)
		switch {
		case e.yields:
			return proposal{}, "a yield would stand in the begin block"
		case e.broken:
			return proposal{}, "the code does not parse"
		case !w.ownLines(st):
			return proposal{}, "a statement shares its line with another"
		}
		jumps = jumps || e.jumps
	}
	head := w.firstLine(w.with)
	if w.sharesLine(w.with) || head != w.lastLine(w.with.Items[0].Context) {
		return proposal{}, "the head of the block stands on several lines, or shares its line"
	}
	floor := -1
	if first > 0 {
		floor = w.lastLine(w.block.stmts[first-1])
	}
	top := w.topLine(w.block.stmts[first], floor)
	in := w.edit.Indentation(head)
	by, ok := strings.CutPrefix(w.edit.Indentation(w.firstLine(w.with.Body[0])), in)
	if !ok {
		return proposal{}, "the indentation is not that of the block around"
	}
	w.edit.Insert(top, w.edit.Line(head))
	w.edit.Indent(top, head-1, by)
	w.edit.Delete(head, head)
	p := proposal{title: fmt.Sprintf("Begin the transaction of `%s` before its first use", w.name()), edits: w.edit.Edits()}
	if writes && jumps {
		p.risks = []string{"what is written before a return is committed now; it was lost before"}
	}
	if jumps && !w.e.Session.Owned {
		p.risks = append(p.risks, "if the caller has begun a transaction, it raises before a return, too")
	}
	if writes && w.handledAround() {
		p.risks = append(p.risks, "if something else fails there, what was written before it is undone at once")
	}
	return p, ""
}

func (w *widening) name() string {
	if w.e.Session.Name == "" {
		return "the session"
	}
	return w.e.Session.Name
}

// returnsObjects reports whether one of the statements that would stand in the block
// returns objects of the session.
func (w *widening) returnsObjects(first int) bool {
	moved := python.Span{Start: w.block.stmts[first].Pos().Start, End: w.with.Start}
	return w.e.Session.Expires != session.No && slices.ContainsFunc(w.opsIn(w.e.Session.Made, moved), isObjectReturn)
}

// handledAround reports whether a handler around the block goes on, with what was
// written until then.
func (w *widening) handledAround() bool {
	for b := w.block.outer; b != nil; b = b.outer {
		if t, ok := b.stmt().(*python.Try); ok && goesOn(t) {
			return true
		}
	}
	return !w.e.Session.Owned
}

// always reports whether the transaction has begun each time that control comes to
// the block.
func (w *widening) always() bool {
	direct := slices.ContainsFunc(w.facts.Ops, func(o session.Op) bool {
		return o.Kind == session.OpCall && o.Site == w.e.Other && o.Made == w.e.Session.Made
	})
	return direct && slices.ContainsFunc(w.block.stmts[:w.block.index], func(st python.Stmt) bool { return simple(st) && st.Pos().Contains(w.e.Other) })
}

// endsTransaction reports whether the block ends its transaction by a call.
func (w *widening) endsTransaction() bool {
	return slices.ContainsFunc(w.opsIn(w.e.Session.Made, w.with.Span), func(o session.Op) bool {
		return o.Kind == session.OpCall && (o.Method == "commit" || o.Method == "rollback" || o.Method == "close")
	})
}

// inBegin reports whether the block stands in another begin block of the session.
func (w *widening) inBegin() bool {
	for b := w.block.outer; b != nil; b = b.outer {
		if o, ok := b.stmt().(*python.With); ok && slices.ContainsFunc(o.Items, func(i *python.WithItem) bool {
			return isBegin(i.Context) && (w.beginsSession(i.Context, w.e.Session.Name) || i.Target != nil && is(i.Target, w.e.Session.Name))
		}) {
			return true
		}
	}
	return false
}

// nested makes the begin block a savepoint of the transaction that has begun.
func (w *widening) nested() proposal {
	name := w.placed.Abs(w.with.Items[0].Context.(*python.Call).Func.(*python.Attribute).Attr.Span)
	w.edit.Replace(name.Start, name.End, "begin_nested")
	p := proposal{title: fmt.Sprintf("Make the block a savepoint of `%s`", w.name()), edits: w.edit.Edits()}
	if !w.always() {
		p.risks = []string{"where nothing had begun a transaction, its end commits nothing any more"}
		if w.leftOpen(w.e.Session.Made) {
			p.risks = append(p.risks, riskOpen)
		}
	}
	return p
}
