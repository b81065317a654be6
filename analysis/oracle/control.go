package oracle

// The productions for control flow.

import (
	"fmt"
	"slices"
	"strings"
)

// condition is a flag of the caller's, or an unknown function's answer.
func (g *generator) condition(sc *scope) string {
	if sc.params && (g.calls <= 0 || g.chance(60)) {
		p := g.param(g.one("done", "ready"))
		if g.chance(30) {
			return "not " + p
		}
		return p
	}
	g.calls--
	return fmt.Sprintf("%s(%d)", g.one("allowed", "stale"), g.calls+1)
}

func (g *generator) branch(sc *scope) []*Stmt {
	if sc.depth > 3 || !sc.params && g.calls <= 0 {
		return nil
	}
	st := &Stmt{Text: "if " + g.condition(sc) + ":"}
	st.Body = g.work(2, sc.sub())
	if g.chance(40) && g.left > 0 {
		st.Parts = []*Stmt{{Text: "else:", Body: g.work(2, sc.sub())}}
	} else if commits(st.Body) { // who lets the caller decide whether to commit means it
		st.Parts = []*Stmt{{Text: "else:", Body: []*Stmt{line("print(\"left\")")}}}
	}
	return []*Stmt{st}
}

// commits reports whether one of some statements commits, or one in their blocks.
func commits(body []*Stmt) bool {
	return slices.ContainsFunc(body, func(s *Stmt) bool {
		return strings.Contains(s.Text, ".commit()") || commits(s.Body) || commits(s.Parts)
	})
}

func (g *generator) forLoop(sc *scope) []*Stmt {
	if sc.depth > 2 || sc.loop {
		return nil
	}
	in := sc.sub()
	in.loop = true
	over, name := "", "word"
	switch n := g.rand.IntN(4); {
	case n == 0 && len(sc.lists) > 0:
		over, name = g.last(sc.lists), "row"
		in.objects = append(in.objects, name)
	case n == 1 && sc.params && g.session(sc) != "":
		over, name = fmt.Sprintf("%s.scalars(select(Item).where(Item.kind == %s))", g.session(sc), g.param("kind")), "row"
		in.objects = append(in.objects, name)
	case n == 2 && sc.params && !slices.Contains(g.params, "words"): // two loops over one list are empty together
		over = g.param("words")
	case g.calls > 0:
		g.calls--
		over = fmt.Sprintf("batch(%d)", g.calls+1)
	default:
		return nil
	}
	body := g.work(3, in)
	if slices.Contains(sc.lists, over) && commits(body) { // where a row was found, the list of them is not empty
		return nil
	}
	return []*Stmt{{Text: "for " + name + " in " + over + ":", Binds: []string{name}, Body: body}}
}

func (g *generator) whileLoop(sc *scope) []*Stmt {
	if sc.depth > 2 || sc.loop || g.calls <= 0 {
		return nil
	}
	g.calls--
	in := sc.sub()
	in.loop = true
	return []*Stmt{{Text: fmt.Sprintf("while more(%d):", g.calls+1), Body: g.work(3, in)}}
}

var handled = []string{"Exception", "Exception", "Exception", "SQLAlchemyError", "SQLAlchemyError", "IntegrityError", "ValueError", "Rejected", "(Rejected, SQLAlchemyError)"}

func (g *generator) try(sc *scope) []*Stmt {
	if sc.depth > 3 {
		return nil
	}
	in := sc.sub()
	st := &Stmt{Text: "try:", Body: g.work(3, in)}
	if g.chance(15) {
		st.Parts = []*Stmt{{Text: "finally:", Body: g.work(1, sc.sub())}}
		if jumps(st.Parts[0].Body) || leaves(st.Parts[0].Body) {
			return nil
		}
		return []*Stmt{st}
	}
	st.Parts = append(st.Parts, g.handler(g.one(handled...), sc.sub()))
	if g.chance(12) && st.Parts[0].Text != "except ValueError:" {
		st.Parts = append([]*Stmt{g.handler("ValueError", sc.sub())}, st.Parts...)
	}
	if !leaves(st.Body) && g.left > 0 && g.chance(20) {
		st.Parts = append(st.Parts, &Stmt{Text: "else:", Body: g.work(2, in.sub())})
	}
	if g.chance(8) {
		end := g.work(1, sc.sub())
		if !jumps(end) && !leaves(end) {
			st.Parts = append(st.Parts, &Stmt{Text: "finally:", Body: end})
		}
	}
	return []*Stmt{st}
}

// attempt writes, sends it to the database, and handles the failure.
func (g *generator) attempt(sc *scope) []*Stmt {
	s := g.session(sc)
	body := g.write(sc)
	if s == "" || body == nil || sc.depth > 3 {
		return nil
	}
	end := g.one("flush", "commit", "commit")
	if sc.inside {
		end = "flush"
	}
	if g.chance(20) {
		body = []*Stmt{{Text: "with " + s + ".begin_nested():", Body: body}}
	} else {
		body = append(body, line(s+"."+end+"()"))
	}
	h := g.handler(g.one("Exception", "SQLAlchemyError", "IntegrityError"), sc.sub())
	return []*Stmt{{Text: "try:", Body: body, Parts: []*Stmt{h}}}
}

// handler makes an except clause. Most undo, and many raise again.
func (g *generator) handler(what string, sc *scope) *Stmt {
	st := &Stmt{Text: "except " + what + ":"}
	if s := g.session(sc); s != "" && g.chance(55) {
		st.Body = append(st.Body, line(s+".rollback()"))
	}
	switch n := g.rand.IntN(10); {
	case n < 4:
		st.Body = append(st.Body, line("raise"))
	case n < 6:
		st.Body = append(st.Body, line("print(\"failed\")"))
	case n < 7 && sc.loop:
		st.Body = append(st.Body, line("continue"))
	case n < 8:
		st.Body = append(st.Body, line("return None"))
	default:
		if g.left > 0 {
			st.Body = append(st.Body, g.work(1, sc)...)
		}
	}
	if st.Body == nil {
		st.Body = []*Stmt{line("pass")}
	}
	return st
}

// leave leaves the function or the loop, mostly on a condition.
func (g *generator) leave(sc *scope) []*Stmt {
	var out *Stmt
	switch n := g.rand.IntN(6); {
	case sc.loop && n < 3:
		out = line(g.one("break", "continue"))
	case n < 5:
		out = line("return " + g.answer(sc))
	default:
		out = line("raise Rejected(\"not now\")")
	}
	if g.chance(20) && !sc.loop { // some loops have a turn always
		return []*Stmt{out}
	}
	if sc.depth > 4 || !sc.params && g.calls <= 0 {
		return nil
	}
	return []*Stmt{{Text: "if " + g.condition(sc) + ":", Body: []*Stmt{out}}}
}

// answer is what a function returns.
func (g *generator) answer(sc *scope) string {
	switch n := g.rand.IntN(6); {
	case n == 0 && len(sc.objects) > 0:
		return g.last(sc.objects) + ".name"
	case n == 1 && len(sc.lists) > 0:
		return "len(" + g.last(sc.lists) + ")"
	case n == 2 && len(sc.objects) > 0:
		return g.last(sc.objects)
	case n == 3 && len(sc.lists) > 0:
		return g.last(sc.lists)
	}
	return g.one("True", "None", "1")
}

// result ends the job, mostly with a return of what was read.
func (g *generator) result(sc *scope) []*Stmt {
	switch n := g.rand.IntN(10); {
	case n < 1 && len(sc.queries) > 0:
		return []*Stmt{line("return " + g.last(sc.queries) + g.one("", ".all()", ".count()"))}
	case n < 2 && len(sc.results) > 0:
		return []*Stmt{line("return " + sc.results[len(sc.results)-1] + g.one("", ".all()"))}
	case n < 6:
		return []*Stmt{line("return " + g.answer(sc))}
	}
	return nil
}
