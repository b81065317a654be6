package oracle

// The productions that open sessions and connections, and mostly close them.

import (
	"fmt"
	"strings"
)

// open returns a call that makes a session.
func (g *generator) open() string {
	if g.chance(5) {
		return "Session(engine, expire_on_commit=False)"
	}
	return g.one("Session(engine)", "Session(engine)", "SessionMaker()", "SessionMaker()", "Session(bind=engine)")
}

func (g *generator) name(sc *scope) string {
	if len(sc.live) > 0 {
		return g.fresh("db", "other", sc.live)
	}
	return g.one("session", "session", "session", "db")
}

// settle adds the commit that a body lacks, mostly.
func (g *generator) settle(body []*Stmt, s string) []*Stmt {
	if !leaves(body) && writes(body) && g.chance(80) {
		return append(body, line(s+".commit()"))
	}
	return body
}

var writing = []string{".add(", ".add_all(", "insert(", "update(", "delete(", "merge(", ".note =", "h_"}

func writes(body []*Stmt) bool {
	for _, s := range body {
		for _, w := range writing {
			if strings.Contains(s.Text, w) {
				return true
			}
		}
		if writes(s.Body) || writes(s.Parts) {
			return true
		}
	}
	return false
}

func (g *generator) sessionBlock(sc *scope) []*Stmt {
	s := g.name(sc)
	head := g.open() + " as " + s
	if g.chance(6) {
		head = "closing(" + g.open() + ") as " + s
	}
	if g.has("scope") && g.chance(60) {
		head = "scope() as " + s
	}
	return g.block(sc, head, s, false)
}

// beginBlock opens a session together with its transaction.
func (g *generator) beginBlock(sc *scope) []*Stmt {
	s := g.name(sc)
	switch g.rand.IntN(3) {
	case 0:
		return g.block(sc, "SessionMaker.begin() as "+s, s, true)
	case 1:
		return g.block(sc, g.open()+" as "+s+", "+s+".begin()", s, true)
	}
	in := sc.sub()
	in.drop(s)
	in.live = append(in.live, s)
	in.inside = true
	body := []*Stmt{{Text: "with " + s + ".begin():", Body: g.work(4, in)}}
	in.inside = false
	if !leaves(body) && g.chance(35) && g.left > 0 {
		body = append(body, g.work(2, in)...)
	}
	return g.closed(sc, in, s, &Stmt{Text: "with " + g.open() + " as " + s + ":", Binds: []string{s}, Body: body})
}

func (g *generator) block(sc *scope, head, s string, inside bool) []*Stmt {
	in := sc.sub()
	in.drop(s)
	in.live = append(in.live, s)
	in.inside = inside
	body := g.work(5, in)
	if !inside {
		body = g.settle(body, s)
		if !leaves(body) && g.chance(15) {
			body = append(body, g.pick([]production{{1, (*generator).use}, {1, (*generator).call}, {1, (*generator).leave}}, in)...)
		}
	}
	return g.closed(sc, in, s, &Stmt{Text: "with " + head + ":", Binds: []string{s}, Body: body})
}

// closed makes known what a block left: what was read, and a session that is closed.
func (g *generator) closed(sc, in *scope, s string, st *Stmt) []*Stmt {
	in.inside = sc.inside
	g.keep(sc, in, st.Body)
	sc.drop(s)
	sc.stale = append(sc.stale, s)
	out := []*Stmt{st}
	for !leaves(out) && g.chance(30) {
		out = append(out, g.pick(lates(), sc)...)
	}
	return out
}

// manual opens a session by hand and closes it where control comes to, mostly.
func (g *generator) manual(sc *scope) []*Stmt {
	s := g.name(sc)
	in := sc
	in.drop(s)
	in.live = append(in.live, s)
	opened := g.open()
	if g.has("open_session") && g.chance(60) {
		opened = "open_session()"
	}
	out := []*Stmt{line(s+" = "+opened, s)}
	if g.chance(25) {
		body := g.work(3, in.sub())
		out = append(out, &Stmt{Text: "with " + s + ".begin():", Body: body})
		if leaves(out) {
			return out
		}
	} else {
		out = g.settle(append(out, g.work(4, in)...), s)
	}
	if leaves(out) {
		return out
	}
	if g.chance(75) {
		in.drop(s)
		in.stale = append(in.stale, s)
		out = append(out, line(s+".close()"))
		if g.chance(20) {
			out = append(out, g.pick(lates(), in)...)
		}
	}
	return out
}

// careful opens a session by hand, and closes it in a finally.
func (g *generator) careful(sc *scope) []*Stmt {
	s := g.name(sc)
	sc.drop(s)
	in := sc.sub()
	in.live = append(in.live, s)
	opened := line(s+" = "+g.open(), s)
	st := &Stmt{Text: "try:", Body: g.settle(g.work(4, in), s)}
	if g.chance(60) {
		h := &Stmt{Text: "except " + g.one(handled...) + ":"}
		if g.chance(85) {
			h.Body = append(h.Body, line(s+".rollback()"))
		}
		h.Body = append(h.Body, line(g.one("raise", "raise", "raise", "return None", "print(\"failed\")")))
		st.Parts = append(st.Parts, h)
	}
	last := s + ".close()"
	if g.chance(10) {
		last = g.one(s+".commit()", s+".rollback()", "print(\"done\")")
	}
	out := []*Stmt{opened, st}
	if len(st.Parts) == 0 || g.chance(90) {
		st.Parts = append(st.Parts, &Stmt{Text: "finally:", Body: []*Stmt{line(last)}})
	} else if !leaves(out) {
		out = append(out, line(last))
	}
	sc.stale = append(sc.stale, s)
	for !leaves(out) && g.chance(25) {
		out = append(out, g.pick(lates(), sc)...)
	}
	return out
}

func (g *generator) unitInLoop(sc *scope) []*Stmt {
	if sc.loop || sc.depth > 1 || g.calls <= 0 {
		return nil
	}
	in := sc.sub()
	in.loop = true
	g.calls--
	return []*Stmt{{Text: fmt.Sprintf("for word in batch(%d):", g.calls+1), Binds: []string{"word"}, Body: g.pick(units()[:4], in)}}
}

func (g *generator) unitInBranch(sc *scope) []*Stmt {
	if sc.depth > 1 {
		return nil
	}
	st := &Stmt{Text: "if " + g.condition(sc) + ":", Body: g.pick(units()[:4], sc.sub())}
	if g.chance(30) && g.left > 2 {
		st.Parts = []*Stmt{{Text: "else:", Body: g.pick(units()[:4], sc.sub())}}
	}
	return []*Stmt{st}
}
