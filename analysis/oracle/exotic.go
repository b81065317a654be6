package oracle

// The productions for rarer ways to come by a session and to let go of it.

import (
	"fmt"
	"slices"
)

// temporary uses a session that has no name.
func (g *generator) temporary(sc *scope) []*Stmt {
	name := g.fresh("items", "found", sc.lists)
	sc.drop(name)
	sc.lists = append(sc.lists, name)
	return []*Stmt{line(fmt.Sprintf("%s = %s.%s", name, g.open(), g.one("scalars(select(Item)).all()", "query(Item).all()")), name)}
}

// stacked enters a session into an ExitStack.
func (g *generator) stacked(sc *scope) []*Stmt {
	s := g.name(sc)
	in := sc.sub()
	in.drop(s)
	in.live = append(in.live, s)
	entered := line(s+" = stack.enter_context("+g.open()+")", s)
	body := []*Stmt{entered}
	if g.chance(30) {
		body = []*Stmt{line(s+" = "+g.open(), s), line("stack.callback(" + s + ".close)")}
	}
	body = append(body, g.work(4, in)...)
	if !leaves(body) {
		body = g.settle(body, s)
	}
	return g.closed(sc, in, s, &Stmt{Text: "with ExitStack() as stack:", Binds: []string{"stack"}, Body: body})
}

// rebound binds a session's name anew within its own block.
func (g *generator) rebound(sc *scope) []*Stmt {
	s := g.name(sc)
	in := sc.sub()
	in.drop(s)
	in.live = append(in.live, s)
	body := g.work(2, in)
	if !leaves(body) {
		body = append(body, line(s+" = "+g.open(), s))
		body = append(body, g.work(2, in)...)
		if !leaves(body) && g.chance(60) {
			body = append(g.settle(body, s), line(s+".close()"))
		}
	}
	return g.closed(sc, in, s, &Stmt{Text: "with " + g.open() + " as " + s + ":", Binds: []string{s}, Body: body})
}

// entered opens a session first and enters its block later, now and then twice.
func (g *generator) entered(sc *scope) []*Stmt {
	s := g.name(sc)
	sc.drop(s)
	out := []*Stmt{line(s+" = "+g.open(), s)}
	for range 1 + g.rand.IntN(2) {
		in := sc.sub()
		in.drop(s)
		in.live = append(in.live, s)
		body := g.work(3, in)
		if !leaves(body) {
			body = g.settle(body, s)
		}
		out = append(out, g.closed(sc, in, s, &Stmt{Text: "with " + s + ":", Body: body})...)
		if leaves(out) {
			break
		}
	}
	return out
}

// dependency takes a session out of a generator.
func (g *generator) dependency(sc *scope) []*Stmt {
	if !g.has("get_db") {
		return nil
	}
	s := g.name(sc)
	in := sc.sub()
	in.drop(s)
	in.live = append(in.live, s)
	if g.chance(50) {
		in.loop = true
		return []*Stmt{{Text: "for " + s + " in get_db():", Binds: []string{s}, Body: g.settle(g.work(3, in), s)}}
	}
	sc.drop(s)
	sc.live = append(sc.live, s)
	return append([]*Stmt{line(s+" = next(get_db())", s)}, g.settle(g.work(3, in), s)...)
}

// dependencyHelper is a generator that gives a session.
func (g *generator) dependencyHelper() *Stmt {
	give := line("yield session")
	var body []*Stmt
	switch g.rand.IntN(3) {
	case 0:
		body = []*Stmt{{Text: "with " + g.open() + " as session:", Binds: []string{"session"}, Body: []*Stmt{give}}}
	case 1:
		body = []*Stmt{line("session = "+g.open(), "session"), give, line("session.close()")}
	default:
		body = []*Stmt{line("session = "+g.open(), "session"), {Text: "try:", Body: []*Stmt{give}, Parts: []*Stmt{{Text: "finally:", Body: []*Stmt{line("session.close()")}}}}}
	}
	return g.add(helper{name: "get_db"}, "def get_db():", body...)
}

// optionalHelper takes a session or makes its own, and closes only that.
func (g *generator) optionalHelper() *Stmt {
	left := g.left
	g.left = 3
	work := g.work(3, &scope{live: []string{"session"}, depth: 1})
	g.left = left - 2
	closing := line("session.close()")
	flagged := &Stmt{Text: "if own:", Body: []*Stmt{closing}}
	head := []*Stmt{line("own = session is None", "own"), {Text: "if own:", Body: []*Stmt{line("session = "+g.open(), "session")}}}
	h := helper{name: "h_maybe", takes: true}
	if g.chance(60) {
		return g.add(h, "def h_maybe(session=None):", append(head, &Stmt{Text: "try:", Body: work, Parts: []*Stmt{{Text: "finally:", Body: []*Stmt{flagged}}}})...)
	}
	body := slices.Concat(head, work)
	if !leaves(body) {
		body = append(body, flagged)
	}
	return g.add(h, "def h_maybe(session=None):", body...)
}
