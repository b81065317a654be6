package oracle

// The productions for functions of the same file.

import (
	"fmt"
	"slices"
	"strings"
)

// helper is a function that the job can call.
type helper struct {
	name  string
	takes bool   // whether it is given a session
	gives string // what it returns: object, list, query, result, or nothing
}

func (g *generator) has(name string) bool {
	return slices.ContainsFunc(g.helpers, func(h helper) bool { return h.name == name })
}

// makeHelpers makes one or two functions for the job to call.
func (g *generator) makeHelpers() []*Stmt {
	var out []*Stmt
	for range 1 + g.rand.IntN(2) {
		var st *Stmt
		switch g.rand.IntN(10) {
		case 8:
			st = g.dependencyHelper()
		case 9:
			st = g.optionalHelper()
		case 0:
			st = g.scopeHelper()
		case 1:
			st = g.openHelper()
		case 2:
			st = g.ownHelper()
		case 3:
			st = g.anyHelper()
		default:
			st = g.smallHelper()
		}
		if st != nil {
			out = append(out, st)
		}
	}
	return out
}

func (g *generator) add(h helper, head string, body ...*Stmt) *Stmt {
	if g.has(h.name) {
		return nil
	}
	g.helpers = append(g.helpers, h)
	params := []string{h.name}
	if h.takes {
		params = append(params, "session")
	}
	return &Stmt{Text: head, Binds: params, Body: body}
}

// smallHelper does one thing with the session that it is given.
func (g *generator) smallHelper() *Stmt {
	sc := &scope{live: []string{"session"}}
	h := helper{takes: true}
	var body []*Stmt
	switch g.rand.IntN(9) {
	case 0:
		h.name = "h_store"
		body = []*Stmt{line(fmt.Sprintf("session.add(Item(name=%q))", g.row()))}
	case 1:
		h.name = "h_save"
		body = []*Stmt{line(fmt.Sprintf("session.add(Item(name=%q))", g.row())), line("session.commit()")}
	case 2:
		h.name, h.gives = "h_load", "list"
		body = []*Stmt{line("return session.scalars(select(Item)).all()")}
	case 3:
		h.name, h.gives = "h_wanted", "query"
		body = []*Stmt{line("return session.query(Item).filter(Item.kind == \"tool\")")}
	case 4:
		h.name, h.gives = "h_first", "object"
		body = []*Stmt{line("return session.get(Item, 1)")}
	case 5:
		h.name = "h_finish"
		body = []*Stmt{line("session." + g.one("commit", "rollback", "close") + "()")}
	case 6:
		h.name = "h_strict"
		body = []*Stmt{
			line("item = session.get(Item, 1)", "item"),
			{Text: "if stale(item.name):", Body: []*Stmt{line("raise Rejected(\"stale\")")}},
		}
	case 7:
		h.name, h.gives = "h_rows", "result"
		body = []*Stmt{line("return session.scalars(select(Tag))")}
	default:
		h.name = "h_try"
		body = []*Stmt{{Text: "try:", Body: []*Stmt{line(fmt.Sprintf("session.add(Item(name=%q))", g.row())), line("session." + g.one("flush", "commit") + "()")},
			Parts: []*Stmt{g.handler(g.one(handled...), sc)}}}
	}
	return g.add(h, "def "+h.name+"(session):", body...)
}

// anyHelper does anything with the session that it is given.
func (g *generator) anyHelper() *Stmt {
	left := g.left
	g.left = 3
	sc := &scope{live: []string{"session"}, depth: 1}
	body := g.work(3, sc)
	g.left = left - 2
	return g.add(helper{name: "h_step", takes: true}, "def h_step(session):", body...)
}

// ownHelper makes a session of its own.
func (g *generator) ownHelper() *Stmt {
	left := g.left
	g.left = 4
	body := g.pick(units()[:4], &scope{})
	g.left = left - 3
	return g.add(helper{name: "h_report"}, "def h_report():", body...)
}

// openHelper makes a session for its caller.
func (g *generator) openHelper() *Stmt {
	h := helper{name: "open_session"}
	switch g.rand.IntN(3) {
	case 0:
		return g.add(h, "def open_session():", line("return "+g.open()))
	case 1:
		return g.add(h, "def open_session():", line("session = "+g.open(), "session"), line("session.scalar(select(func.count(Item.id)))"), line("return session"))
	}
	return g.add(h, "def open_session():", &Stmt{Text: "with " + g.open() + " as session:", Binds: []string{"session"}, Body: []*Stmt{line("return session")}})
}

// scopeHelper is a context manager over a session.
func (g *generator) scopeHelper() *Stmt {
	give, s := line("yield session"), line("session = "+g.open(), "session")
	end, undo, close := line("session.commit()"), line("session.rollback()"), line("session.close()")
	var body []*Stmt
	switch g.rand.IntN(6) {
	case 0, 1:
		body = []*Stmt{s, {Text: "try:", Body: []*Stmt{give, end}, Parts: []*Stmt{
			{Text: "except " + g.one("Exception", "Exception", "SQLAlchemyError") + ":", Body: []*Stmt{undo, line("raise")}}, {Text: "finally:", Body: []*Stmt{close}}}}}
	case 2:
		body = []*Stmt{s, {Text: "try:", Body: []*Stmt{give}, Parts: []*Stmt{{Text: "finally:", Body: []*Stmt{close}}}}}
	case 3:
		body = []*Stmt{s, give, close}
	case 4:
		body = []*Stmt{{Text: "with " + g.open() + " as session:", Binds: []string{"session"}, Body: []*Stmt{give, end}}}
	default:
		body = []*Stmt{{Text: "with SessionMaker.begin() as session:", Binds: []string{"session"}, Body: []*Stmt{give}}}
	}
	return g.add(helper{name: "scope"}, "@contextmanager\ndef scope():", body...)
}

// helperCall gives the session to a helper.
func (g *generator) helperCall(sc *scope) []*Stmt {
	var can []helper
	for _, h := range g.helpers {
		if h.takes {
			can = append(can, h)
		}
	}
	s := g.session(sc)
	if len(can) == 0 || s == "" {
		return nil
	}
	h := can[g.rand.IntN(len(can))]
	call := h.name + "(" + s + ")"
	bind := func(to *[]string, first, second string) []*Stmt {
		name := g.fresh(first, second, *to)
		sc.drop(name)
		*to = append(*to, name)
		return []*Stmt{line(name+" = "+call, name)}
	}
	switch h.gives {
	case "object":
		return bind(&sc.objects, "item", "thing")
	case "list":
		return bind(&sc.lists, "items", "found")
	case "query":
		return bind(&sc.queries, "query", "wanted")
	case "result":
		return bind(&sc.results, "result", "hits")
	}
	return []*Stmt{line(call)}
}

// helperUnit calls a helper that has a session of its own.
func (g *generator) helperUnit(*scope) []*Stmt {
	for _, h := range g.helpers {
		if (!h.takes || h.name == "h_maybe") && strings.HasPrefix(h.name, "h_") {
			return []*Stmt{line(h.name + "()")}
		}
	}
	return nil
}
