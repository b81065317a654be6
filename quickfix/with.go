package quickfix

import (
	"fmt"
	"slices"
	"strings"

	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

// What closing a session where its block ends may change.
const (
	riskLazy = "objects that live on can no longer load what they have not loaded"
	riskKept = "nothing that it was given to may use it later"
)

// A wrap puts the life of a session or connection into one block: from the
// statement that makes it to the last one that has to do with it.
type wrap struct {
	*site
	s     session.Session
	makes func(python.Stmt) *python.Call // the call that makes it, if the statement does nothing else
	head  string                         // what stands before that call in the with statement
	block *block                         // the statement that makes it
	call  *python.Call                   // what makes it
	last  int                            // the last statement of the block that belongs in
	drops []*block                       // the calls of close() that have nothing to do any more
	tries map[*block]int                 // the tries whose finally clause is nothing but such a call, and where that ends
	risks []string
}

// openInWith opens a session or connection in a with statement, which closes it
// on every way out, or else closes it in a finally clause.
func openInWith(at *site, f rule.Finding) ([]proposal, string) {
	s, ok := sessionOf(f)
	if !ok {
		return nil, "the finding is not about a session that stays open"
	}
	w := &wrap{site: at, s: s, makes: func(st python.Stmt) *python.Call { return made(st, s) }}
	if reason := w.choose(); reason != "" {
		return nil, reason
	}
	var out []proposal
	if !w.isDBAPI() {
		out = append(out, w.with())
	}
	w.site = at.again()
	return append(out, w.finally()), ""
}

// closeInFinally closes what a generator yields, whatever is thrown in there.
// Who was given it gave it back at the yield, so this changes nothing else.
func closeInFinally(at *site, f rule.Finding) ([]proposal, string) {
	ps, reason := openInWith(at, f)
	slices.Reverse(ps)
	for n := range ps {
		ps[n].risks = nil
	}
	return ps, reason
}

// sessionOf returns the session that a finding is about.
func sessionOf(f rule.Finding) (session.Session, bool) {
	switch e := f.Evidence.(type) {
	case session.End:
		return e.Session, true
	case session.Session:
		return e, true
	}
	return session.Session{}, false
}

// choose finds what belongs into the block.
func (w *wrap) choose() string {
	if w.s.Name == "" {
		return "the session has no name"
	}
	w.block = find(w.body, nil, func(st python.Stmt) bool { w.call = w.makes(st); return w.call != nil })
	if w.block == nil {
		return "the session is not made by an assignment of its own"
	}
	if w.s.Async && (w.facts.Function == nil || !w.facts.Function.Async) {
		return "an asynchronous session needs an async function"
	}
	if reason := w.extent(); reason != "" {
		return reason
	}
	w.chooseDrops()
	if w.last == w.block.index {
		return "nothing is done with the session"
	}
	for n := w.block.index; n <= w.last; n++ {
		e := effectOf(w.block.stmts[n])
		switch {
		case e.broken:
			return "the code does not parse"
		case !w.ownLines(w.block.stmts[n]):
			return "a statement shares its line with another"
		case n > w.block.index && w.rebinds(w.block.stmts[n]):
			return "the variable is bound to something else later on"
		}
	}
	if w.returnsRows() {
		return "a result that is returned cannot outlive the connection"
	}
	w.weigh()
	return ""
}

// returnsRows reports whether a Result or Query is returned that has not been run
// through. Of a generator it is the session itself that is given away, and given back.
func (w *wrap) returnsRows() bool {
	return slices.ContainsFunc(w.facts.Ops, func(o session.Op) bool {
		return o.Made == w.s.Made && o.Kind == session.OpReturn && (o.Method == "result" || o.Method == "query")
	})
}

// made returns the call that makes a session, if a statement does nothing but
// bind it to the session's variable.
func made(st python.Stmt, s session.Session) *python.Call {
	target, value := bound(st)
	if a, ok := value.(*python.Await); ok && s.Core {
		value = a.X
	}
	c, ok := value.(*python.Call)
	if ok && s.ByHand {
		if a, is := c.Func.(*python.Attribute); is && (a.Attr.ID == "__enter__" || a.Attr.ID == "__aenter__") {
			c, ok = a.Value.(*python.Call)
		}
	}
	if !ok || c.Span != s.Made || target != s.Name {
		return nil
	}
	return c
}

// bound returns the one variable that a statement binds, and to what.
func bound(st python.Stmt) (name string, value python.Expr) {
	var target python.Expr
	switch st := st.(type) {
	case *python.Assign:
		if len(st.Targets) != 1 {
			return "", nil
		}
		target, value = st.Targets[0], st.Value
	case *python.AnnAssign:
		target, value = st.Target, st.Value
	}
	if n, ok := target.(*python.Name); ok {
		return n.ID, value
	}
	return "", nil
}

// extent finds the last statement that has to do with the session.
func (w *wrap) extent() string {
	stmts := w.block.stmts
	w.last = w.block.index
	hang := map[string]bool{w.s.Name: true} // what may use the session: cursors, and what was made with it
	for n := w.block.index + 1; n < len(stmts); n++ {
		e := effectOf(stmts[n])
		if len(w.opsIn(w.s.Made, stmts[n].Pos())) == 0 && !meet(e.reads, hang) {
			continue
		}
		w.last = n
		if w.handsOn(stmts[n]) {
			for name := range e.binds {
				hang[name] = true
			}
		}
	}
	region := python.Span{Start: stmts[w.block.index].Pos().Start, End: stmts[w.last].Pos().End}
	if slices.ContainsFunc(w.facts.Ops, func(o session.Op) bool { return o.Made == w.s.Made && !region.Contains(o.Site) }) {
		return "the session is used outside of the block that makes it"
	}
	for b := w.block.outer; b != nil; b = b.outer {
		for n := b.index + 1; n < len(b.stmts); n++ {
			if effectOf(b.stmts[n]).reads[w.s.Name] {
				return "the session is used outside of the block that makes it"
			}
		}
		if t, ok := b.stmt().(*python.Try); ok && !slices.Contains(t.Finally, w.block.stmt()) && w.clauseReads(t) {
			return "a handler or finally clause around it uses the session"
		}
	}
	return ""
}

// handsOn reports whether what a statement binds may use the session later.
func (w *wrap) handsOn(st python.Stmt) bool {
	return w.isDBAPI() || slices.ContainsFunc(w.opsIn(w.s.Made, st.Pos()), func(o session.Op) bool {
		return o.Kind == session.OpHandOut && o.Whole
	})
}

// meet reports whether two sets have a name in common.
func meet(a, b map[string]bool) bool {
	for name := range a {
		if b[name] {
			return true
		}
	}
	return false
}

// clauseReads reports whether a handler, else or finally clause of a try that the
// session is made in names its variable.
func (w *wrap) clauseReads(t *python.Try) bool {
	clauses := [][]python.Stmt{t.Else, t.Finally}
	for _, h := range t.Handlers {
		clauses = append(clauses, h.Body)
	}
	return slices.ContainsFunc(clauses, func(body []python.Stmt) bool {
		return slices.ContainsFunc(body, func(st python.Stmt) bool {
			return !st.Pos().Contains(w.s.Made) && effectOf(st).reads[w.s.Name]
		})
	})
}

// rebinds reports whether a statement binds the session's variable anew.
func (w *wrap) rebinds(st python.Stmt) bool {
	found := false
	python.Inspect(st, func(n python.Node) bool {
		switch n := n.(type) {
		case python.Stmt:
			if name, _ := bound(n); name == w.s.Name {
				found = true
			}
			switch n := n.(type) {
			case *python.Delete:
				found = found || effectOf(n).reads[w.s.Name]
			case *python.Global:
				found = found || slices.Contains(n.Names, w.s.Name)
			}
		case *python.WithItem:
			if t, ok := n.Target.(*python.Name); ok && t.ID == w.s.Name {
				found = true
			}
		}
		return !found
	})
	return found
}

// chooseDrops finds the calls of close() that the block makes needless. One that
// the session is used after stays.
func (w *wrap) chooseDrops() {
	w.tries = map[*block]int{}
	for _, o := range w.opsIn(w.s.Made, w.region()) {
		if o.Kind != session.OpCall || o.Method != "close" {
			continue
		}
		b := find(w.block.stmts[w.block.index:w.last+1], nil, func(st python.Stmt) bool { return callsOnly(st, o.Site) })
		if b == nil || !w.ownLines(b.stmt()) {
			continue
		}
		end := b.index == len(b.stmts)-1
		switch {
		case b.outer == nil: // a statement of the block itself
			if b.index+w.block.index == w.last {
				w.drops = append(w.drops, b)
				w.last--
			} else if leaves(b.stmts[b.index+1]) {
				w.drops = append(w.drops, b)
			}
		case len(b.stmts) == 1:
			if t, ok := b.outer.stmt().(*python.Try); ok && slices.Contains(t.Finally, b.stmt()) && w.closesLast(b.outer) {
				w.tries[b.outer] = w.lastLine(b.stmt())
			}
		case end && w.closesLast(b.outer) || !end && leaves(b.stmts[b.index+1]):
			w.drops = append(w.drops, b)
		}
	}
}

// closesLast reports whether the session is not used after a statement, which is
// one of the block itself.
func (w *wrap) closesLast(b *block) bool {
	return b.outer == nil && len(w.opsIn(w.s.Made, python.Span{Start: b.stmt().Pos().End, End: w.region().End})) == 0
}

func (w *wrap) region() python.Span {
	return python.Span{Start: w.block.stmt().Pos().End, End: w.block.stmts[w.last].Pos().End}
}

// weigh finds what a close at the end of the block may change.
func (w *wrap) weigh() { w.weighFrom(w.block.stmt().Pos().End) }

func (w *wrap) weighFrom(start int) {
	for _, o := range w.opsIn(w.s.Made, python.Span{Start: start, End: w.region().End}) {
		if o.Kind == session.OpReturn && !w.s.Async && !w.s.Core {
			w.risk(riskLazy)
		}
	}
	for _, e := range w.facts.Ends {
		if e.Session.Made == w.s.Made && e.Session.HandedOut {
			w.risk(riskKept)
		}
	}
}

func (w *wrap) risk(text string) {
	if !slices.Contains(w.risks, text) {
		w.risks = append(w.risks, text)
	}
}

// isDBAPI reports whether the call gives a connection of the driver, which is no
// context manager.
func (w *wrap) isDBAPI() bool {
	return strings.HasSuffix(w.source(w.s.Made), ".raw_connection()")
}

// with makes the statement that opens the session the head of a with statement.
func (w *wrap) with() proposal {
	st, call := w.placed.Abs(w.block.stmt().Pos()), w.placed.Abs(w.call.Span)
	head := "with "
	if w.s.Async {
		head = "async with "
	}
	w.edit.Replace(st.Start, call.Start, head+w.head)
	w.edit.Replace(call.End, st.End, " as "+w.s.Name+":")
	if below := w.lastLine(w.block.stmt()) + 1; w.edit.Blank(below) && below < w.bottom() {
		w.edit.Delete(below, below)
	}
	w.enclose()
	return proposal{title: fmt.Sprintf("Open `%s` in a with block", w.s.Name), risks: w.risks, edits: w.edit.Edits()}
}

// finally puts what is done with the session into a try that closes it.
func (w *wrap) finally() proposal {
	in := w.edit.Indentation(w.firstLine(w.block.stmt()))
	closing := w.s.Name + ".close()"
	if w.s.Async {
		closing = "await " + closing
	}
	first := w.topLine(w.block.stmts[w.block.index+1], w.lastLine(w.block.stmt()))
	w.edit.Insert(first, in+"try:")
	w.enclose()
	w.edit.Insert(w.bottom()+1, in+"finally:", in+w.unit()+closing)
	return proposal{title: fmt.Sprintf("Close `%s` in a finally clause", w.s.Name), risks: w.risks, edits: w.edit.Edits()}
}

// bottom returns the last line that belongs into the block: that of its last
// statement, or of a comment right behind it that is indented as it is.
func (w *wrap) bottom() int { return w.lastLine(w.block.stmts[w.last]) }

// enclose indents what belongs into the block, and takes the needless calls of
// close() out.
func (w *wrap) enclose() {
	unit := w.unit()
	skip := map[int]bool{} // lines whose own block is taken away, so that they stay where they are
	for b, end := range w.tries {
		w.dropFinally(b, end, skip)
	}
	for n := w.lastLine(w.block.stmt()) + 1; n <= w.bottom(); n++ {
		if !skip[n] {
			w.edit.Indent(n, n, unit)
		}
	}
	for _, b := range w.drops {
		w.deleteLine(w.placed.Abs(b.stmt().Pos()), w.firstLine(b.stmt()), w.lastLine(b.stmt()))
	}
}

// dropFinally takes a finally clause away that closes the session, and the try
// with it if nothing else is left of that.
func (w *wrap) dropFinally(b *block, end int, skip map[int]bool) {
	t := b.stmt().(*python.Try)
	clause := end - 1
	for w.edit.Blank(clause) {
		clause--
	}
	if strings.TrimSpace(w.edit.Line(clause)) != "finally:" || strings.Contains(w.edit.Line(end), "#") {
		return // a comment stands there; the second close() does nothing
	}
	if len(t.Handlers) == 0 && len(t.Else) == 0 {
		head := w.firstLine(t)
		if strings.TrimSpace(w.edit.Line(head)) != "try:" {
			return
		}
		w.edit.Delete(head, head)
		for n := head; n < clause; n++ {
			skip[n] = true
		}
	}
	for w.edit.Blank(clause - 1) {
		clause--
	}
	w.edit.Delete(clause, end)
}
