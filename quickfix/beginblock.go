package quickfix

import (
	"slices"
	"strings"

	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

// What taking something out of a begin block may change.
const (
	riskHandled = "what it did before an error stays, where that is handled"
	riskLater   = "what was committed first is undone too if the rest of the block fails"
	riskExpires = "the commit expires the objects that live on"
	riskGivenUp = "what the block did until there is committed"
)

// unnest makes a savepoint of a begin block within another, or leaves its work
// to the other one.
func unnest(at *site, f rule.Finding) ([]proposal, string) {
	ev, ok := f.Evidence.(session.Event)
	if !ok {
		return nil, "the begin block is not known"
	}
	path := at.pathTo(ev.Site, isCall)
	if path == nil {
		return nil, "the begin() was not found"
	}
	call := path[len(path)-1].(*python.Call)
	a, ok := call.Func.(*python.Attribute)
	switch {
	case !ok || a.Attr.ID != "begin":
		return nil, "a function that is called begins"
	case len(call.Args)+len(call.Keywords) > 0:
		return nil, "begin() is called with arguments"
	}
	if b := at.alone(ev.Site); b != nil {
		return at.dropBegin(b)
	}
	name := at.source(a.Value.Pos())
	sp := at.placed.Abs(a.Attr.Span)
	at.edit.Replace(sp.End, sp.End, "_nested")
	ps := []proposal{{title: "Make it a savepoint: `" + name + ".begin_nested()`", edits: at.edit.Edits()}}
	if p, ok := at.again().dropInner(ev); ok {
		ps = append(ps, p)
	}
	return ps, ""
}

// dropBegin removes a begin() that stands alone.
func (s *site) dropBegin(b *block) ([]proposal, string) {
	if len(b.stmts) == 1 || !s.ownLines(b.stmt()) {
		return nil, "the begin() shares its line, or is all that its block does"
	}
	s.deleteStmt(b.stmt())
	return []proposal{{title: "Remove the inner `begin()`", edits: s.edit.Edits()}}, ""
}

// dropInner takes the inner begin out of its with statement, and the with too
// if nothing else is in it.
func (s *site) dropInner(ev session.Event) (p proposal, ok bool) {
	b := find(s.body, nil, func(st python.Stmt) bool {
		w, ok := st.(*python.With)
		return ok && slices.ContainsFunc(w.Items, func(i *python.WithItem) bool { return i.Context.Pos() == ev.Site })
	})
	if b == nil {
		return p, false
	}
	w := b.stmt().(*python.With)
	n := slices.IndexFunc(w.Items, func(i *python.WithItem) bool { return i.Context.Pos() == ev.Site })
	item := s.placed.Abs(w.Items[n].Span)
	switch {
	case w.Items[n].Target != nil:
		return p, false
	case n > 0:
		s.edit.Replace(s.placed.Abs(w.Items[n-1].Span).End, item.End, "")
	case len(w.Items) > 1:
		s.edit.Replace(item.Start, s.placed.Abs(w.Items[1].Span).Start, "")
	case s.unwrap(w, item.End, w.Body) != "":
		return p, false
	}
	p = proposal{title: "Remove the inner `begin()`", edits: s.edit.Edits()}
	if s.handled(b, ev.Other) {
		p.risks = append(p.risks, riskHandled)
	}
	return p, true
}

// handled reports whether a try within the begin block of a site handles what
// is raised at a block's statement.
func (s *site) handled(b *block, begin session.Site) bool {
	for ; b.outer != nil; b = b.outer {
		switch st := b.outer.stmt().(type) {
		case *python.Try:
			if len(st.Handlers) > 0 && len(st.Body) > 0 && &st.Body[0] == &b.stmts[0] {
				return true
			}
		case *python.With:
			if st.Span.Contains(begin) && !(python.Span{Start: b.stmts[0].Pos().Start, End: st.End}).Contains(begin) {
				return false
			}
		}
	}
	return false
}

// dropEnd removes the commit() or close() that ended the transaction of a begin
// block before its end.
func dropEnd(at *site, f rule.Finding) ([]proposal, string) {
	ev, ok := f.Evidence.(session.Event)
	if !ok {
		return nil, "the end of the transaction is not known"
	}
	b := at.alone(ev.Other)
	method := at.methodAt(ev.Other, ev.Session.Made)
	switch {
	case b == nil || method == "":
		return nil, "the transaction is not ended by a statement of its own in this function"
	case !at.ownLines(b.stmt()):
		return nil, "the statement shares its line with another"
	case ev.Session.Nested > 0:
		return nil, "a savepoint commits nothing"
	case at.handled(b, ev.Session.BlockAt):
		return nil, "what fails there is handled within the block"
	}
	if method == "close" || method == "remove" {
		if len(b.stmts) == 1 {
			return nil, "nothing else stands in the block"
		}
		at.deleteStmt(b.stmt())
		return []proposal{{title: "Remove the `" + method + "()`", edits: at.edit.Edits()}}, ""
	}
	if method != "commit" && method != "transaction.commit" {
		return nil, "without the rollback, what it undoes would be committed"
	}
	p := proposal{title: "Leave the commit to the begin block"}
	if at.leftOpen(ev.Session.Made) {
		p.risks = append(p.risks, riskOpen)
	}
	if at.failsBehind(ev) || b.inFinally() {
		p.risks = append(p.risks, riskLater)
	}
	switch flush := len(b.stmts) == 1 || !ev.Session.Core && at.needsFlush(ev); {
	case flush && method == "commit" && !ev.Session.Core:
		a := at.callAt(ev.Other).Func.(*python.Attribute)
		sp := at.placed.Abs(a.Attr.Span)
		at.edit.Replace(sp.Start, sp.End, "flush")
		p.title += ": `flush()` here"
	case flush:
		return nil, "nothing can stand in the place of the commit"
	default:
		at.deleteStmt(b.stmt())
	}
	p.edits = at.edit.Edits()
	return []proposal{p}, ""
}

// methodAt returns the method of a session that the call at a site is of, "" if
// it is of none, as that of a function that is given the session is.
func (s *site) methodAt(call session.Site, made session.Site) string {
	a, ok := s.callAt(call).Func.(*python.Attribute)
	for _, o := range s.facts.Ops {
		if ok && o.Site == call && o.Made == made && o.Kind == session.OpCall && (o.Method == a.Attr.ID || o.Method == "transaction."+a.Attr.ID) {
			return o.Method
		}
	}
	return ""
}

// flushing are the methods of a session that send what is pending first, unless
// it was made not to; pendingToo are those that do as well without, and those of
// results.
var (
	flushing   = []string{"execute", "scalars", "scalar", "exec", "get", "get_one"}
	pendingToo = []string{"add", "add_all", "commit", "flush", "begin", "begin_nested", "rollback", "close", "transaction.commit",
		"all", "first", "one", "one_or_none", "scalar_one", "scalar_one_or_none", "mappings", "unique", "fetchall", "fetchone"}
)

// needsFlush reports whether the code of a begin block that follows a commit may
// need what that sent: keys, and rows for what is not flushed before.
func (s *site) needsFlush(ev session.Event) bool {
	return slices.ContainsFunc(s.facts.Ops, func(o session.Op) bool {
		if o.Made != ev.Session.Made || o.Site.Start < ev.Other.End {
			return false
		}
		switch {
		case o.Kind == session.OpSet, o.Kind == session.OpBind, o.Kind == session.OpReturn:
			return false
		case o.Kind != session.OpCall:
			return true
		case strings.HasPrefix(o.Method, "query"), slices.Contains(flushing, o.Method):
			return o.Core || ev.Session.Autoflush != session.Yes
		}
		return !slices.Contains(pendingToo, o.Method)
	})
}

// failsBehind reports whether something other than the session's calls can fail,
// or leave the block, between the end of the transaction and the use behind it:
// there the commit is kept today.
func (s *site) failsBehind(ev session.Event) bool {
	if ev.Site.Start < ev.Other.End || ev.Through != "" {
		return true
	}
	between := func(n python.Node) bool {
		return ev.Other.End <= n.Pos().Start && n.Pos().End <= ev.Site.End && n.Pos() != ev.Site
	}
	found := false
	for _, st := range s.body {
		python.Inspect(st, func(n python.Node) bool {
			switch n := n.(type) {
			case *python.Call:
				found = found || between(n) && !s.idle(n) && !makes(n) && len(s.opsIn(ev.Session.Made, n.Span)) == 0
			case *python.Return, *python.Raise, *python.Break, *python.Continue, *python.Assert, *python.BadStmt:
				found = found || between(n)
			}
			return !found
		})
	}
	return found
}

// dropClose takes a close() out of a begin block: behind the block where nothing
// else closes the session, else away.
func dropClose(at *site, f rule.Finding) ([]proposal, string) {
	ev, ok := f.Evidence.(session.Event)
	if !ok {
		return nil, "the close() is not known"
	}
	b := at.alone(ev.Site)
	if b == nil {
		return nil, "the session is not closed by a statement of its own in this function"
	}
	method := at.methodAt(ev.Site, ev.Session.Made)
	if method == "" {
		return nil, "the session is not closed by a statement of its own in this function"
	}
	if !at.ownLines(b.stmt()) {
		return nil, "the statement shares its line with another"
	}
	if b.outer == nil {
		return nil, "the begin block is not in this function"
	}
	w, direct := b.outer.stmt().(*python.With)
	direct = direct && slices.ContainsFunc(w.Items, func(i *python.WithItem) bool { return i.Span == ev.Other })
	var risks []string
	if at.expires(ev) {
		risks = append(risks, riskExpires)
	}
	switch t, finally := b.outer.stmt().(*python.Try); {
	case direct && ev.Session.Manager == (session.Site{}) && (ev.Session.Owned || ev.Session.Proxy) && !ends(w.Body[len(w.Body)-1]) && at.ownLines(w):
		return at.closeBehind(b, w, method, risks)
	case finally && len(risks) == 0 && len(t.Finally) == 1 && t.Finally[0] == b.stmt():
		return at.dropFinally(t, method)
	}
	if len(b.stmts) == 1 {
		return nil, "nothing else stands in the block"
	}
	p := proposal{title: "Remove the `" + method + "()`", risks: risks}
	if !direct {
		p.risks = append(p.risks, riskGivenUp)
	}
	at.deleteStmt(b.stmt())
	p.edits = at.edit.Edits()
	return []proposal{p}, ""
}

// closeBehind moves a close behind its begin block.
func (s *site) closeBehind(b *block, w *python.With, method string, risks []string) ([]proposal, string) {
	st := b.stmt()
	if len(b.stmts) == 1 {
		return nil, "nothing else stands in the block"
	}
	first, last := s.topLine(st, s.firstLine(w)), s.lastLine(st)
	from, to := s.edit.Indentation(s.firstLine(st)), s.edit.Indentation(s.firstLine(w))
	s.edit.Insert(s.bodyEnd(w.Body)+1, s.edit.Moved(first, last, from, to)...)
	if s.edit.Blank(first-1) && s.endsBlock(first, last) {
		first--
	}
	s.edit.Delete(first, last)
	return []proposal{{title: "Move the `" + method + "()` behind the begin block", risks: risks, edits: s.edit.Edits()}}, ""
}

// dropFinally takes a finally away in which nothing is left, and the try with it
// if nothing else needs that.
func (s *site) dropFinally(t *python.Try, method string) ([]proposal, string) {
	if reason := s.removeFinally(t, nil); reason != "" {
		return nil, reason
	}
	return []proposal{{title: "Remove the `" + method + "()`", edits: s.edit.Edits()}}, ""
}

// expires reports whether objects that a commit expires live on behind a site.
func (s *site) expires(ev session.Event) bool {
	return ev.Session.Expires != session.No && slices.ContainsFunc(s.facts.Ops, func(o session.Op) bool {
		switch o.Kind {
		case session.OpReturn, session.OpRead, session.OpMethod, session.OpHandOut:
			return o.Made == ev.Session.Made && o.Site.Start > ev.Site.End && !o.Whole
		}
		return false
	})
}
