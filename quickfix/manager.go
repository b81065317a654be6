package quickfix

import (
	"slices"
	"strings"

	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

// enterRight enters a session by the kind of with that it needs, or calls the
// registry that was entered in place of its session.
func enterRight(at *site, f rule.Finding) ([]proposal, string) {
	ev, ok := f.Evidence.(session.Event)
	if !ok {
		return nil, "the context manager is not known"
	}
	b := find(at.body, nil, func(st python.Stmt) bool {
		w, ok := st.(*python.With)
		return ok && slices.ContainsFunc(w.Items, func(i *python.WithItem) bool { return i.Context.Pos() == ev.Site })
	})
	if b == nil {
		return nil, "the with statement was not found"
	}
	w := b.stmt().(*python.With)
	if ev.Method == "registry" {
		return at.callRegistry(w, ev)
	}
	if !at.allOf(w, ev) {
		return nil, "the with statement enters something else, too"
	}
	sp := at.placed.Abs(w.Span)
	if ev.Method == "with" {
		text := at.snap.File.Text[sp.Start:sp.End]
		rest := strings.TrimLeft(strings.TrimPrefix(text, "async"), " \t")
		if !strings.HasPrefix(rest, "with") {
			return nil, "the head of the block was not understood"
		}
		at.edit.Replace(sp.Start, sp.Start+len(text)-len(rest), "")
		return []proposal{{title: "Use `with`", edits: at.edit.Edits()}}, ""
	}
	if reason := at.asynchronous(at.pathTo(w.Span, func(n python.Node) bool { return n == w })); reason != "" {
		return nil, reason
	}
	at.edit.Replace(sp.Start, sp.Start, "async ")
	return []proposal{{title: "Use `async with`", edits: at.edit.Edits()}}, ""
}

// allOf reports whether all that a with statement enters is the wrong manager
// or what hangs on its session, as session.begin() does.
func (s *site) allOf(w *python.With, ev session.Event) bool {
	name := ev.Session.Name
	for _, i := range w.Items {
		wrong := slices.ContainsFunc(s.facts.Events, func(e session.Event) bool {
			return e.Kind == session.WrongManager && e.Method == ev.Method && e.Site == i.Context.Pos()
		})
		if target, ok := i.Target.(*python.Name); ok && wrong {
			name = target.ID
		}
		if !wrong && !s.beginsSession(i.Context, name) {
			return false
		}
	}
	return true
}

// beginsSession reports whether an expression is begin() or begin_nested() of
// the session of a name.
func (s *site) beginsSession(e python.Expr, name string) bool {
	c, ok := e.(*python.Call)
	if !ok || name == "" {
		return false
	}
	a, ok := c.Func.(*python.Attribute)
	return ok && (a.Attr.ID == "begin" || a.Attr.ID == "begin_nested") && s.source(a.Value.Pos()) == name
}

// callRegistry calls a registry, which gives the session that can be entered.
func (s *site) callRegistry(w *python.With, ev session.Event) ([]proposal, string) {
	if ev.Session.Async != w.Async {
		return nil, "the with is of the wrong kind, too"
	}
	sp := s.placed.Abs(ev.Site)
	name := s.source(ev.Site)
	s.edit.Replace(sp.End, sp.End, "()")
	return []proposal{{title: "Enter the session that `" + name + "()` gives", edits: s.edit.Edits()}}, ""
}
