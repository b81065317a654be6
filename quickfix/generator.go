package quickfix

import (
	"slices"

	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

// enterGenerator enters a generator that was advanced by hand as a context
// manager, which finishes it where its session is done with.
func enterGenerator(at *site, f rule.Finding) ([]proposal, string) {
	e, ok := f.Evidence.(session.Event)
	if !ok {
		return nil, "the generator is not known"
	}
	s := e.Session
	s.Async = e.Method == "anext" || e.Method == "__anext__"
	w := &wrap{site: at, s: s}
	w.makes = func(st python.Stmt) *python.Call {
		name, value := bound(st)
		c := advanced(value)
		if c == nil || c.Span != s.Made || name == "" {
			return nil
		}
		w.s.Name = name
		return c
	}
	if find(at.body, nil, func(st python.Stmt) bool { return w.makes(st) != nil }) == nil {
		return nil, "what the generator gives is not bound to a variable"
	}
	if reason := w.choose(); reason != "" {
		return nil, reason
	}
	manager := map[bool]string{false: "contextmanager", true: "asynccontextmanager"}[s.Async]
	if manager = at.importFrom("contextlib", manager); manager == "" {
		return nil, "the file calls something else contextmanager"
	}
	w.head = manager + "("
	callee := at.placed.Abs(w.call.Func.Pos())
	at.edit.Replace(callee.End, callee.End, ")")
	name := at.source(w.call.Func.Pos())
	if !at.onlyCloses(w.call.Func) {
		w.risk("what `" + name + "` does behind its yield runs at the end of the block")
	}
	p := w.with()
	p.title = "Enter `" + name + "` as a context manager"
	p.risks = w.risks
	return []proposal{p}, ""
}

// advanced returns the call that makes a generator, of an expression that
// advances it by hand.
func advanced(e python.Expr) *python.Call {
	if a, ok := e.(*python.Await); ok {
		e = a.X
	}
	c, ok := e.(*python.Call)
	if !ok {
		return nil
	}
	switch f := c.Func.(type) {
	case *python.Name:
		if (f.ID == "next" || f.ID == "anext") && len(c.Args) > 0 {
			g, _ := c.Args[0].(*python.Call)
			return g
		}
	case *python.Attribute:
		if f.Attr.ID == "__next__" || f.Attr.ID == "__anext__" {
			g, _ := f.Value.(*python.Call)
			return g
		}
	}
	return nil
}

// onlyCloses reports whether a generator function of the file does nothing behind
// its yield but what runs in any case: in a finally clause, or at the end of a
// with statement.
func (s *site) onlyCloses(callee python.Expr) bool {
	name, ok := callee.(*python.Name)
	if !ok {
		return false
	}
	for _, u := range s.snap.File.Units {
		for _, st := range u.Unit.Body {
			f, ok := st.(*python.FunctionDef)
			if !ok || f.Name.ID != name.ID {
				continue
			}
			b := find(f.Body, nil, func(st python.Stmt) bool {
				e, ok := st.(*python.ExprStmt)
				if !ok {
					return false
				}
				_, ok = e.Value.(*python.Yield)
				return ok
			})
			return b != nil && endsAt(b)
		}
	}
	return false
}

// endsAt reports whether nothing but finally clauses runs behind a statement.
func endsAt(b *block) bool {
	for ; b != nil; b = b.outer {
		if b.index != len(b.stmts)-1 {
			return false
		}
		if b.outer == nil {
			return true
		}
		switch st := b.outer.stmt().(type) {
		case *python.For, *python.While:
			return false
		case *python.Try:
			if len(st.Else) > 0 && !slices.Contains(st.Else, b.stmt()) {
				return false
			}
		}
	}
	return true
}
