package oracle

// The productions for what is done with an open session.

import (
	"fmt"
	"slices"
)

func (g *generator) read(sc *scope) []*Stmt {
	if len(sc.conns) > 0 && g.chance(60) || len(sc.gone) > 0 && g.chance(10) {
		return g.connectionRead(sc)
	}
	s := g.session(sc)
	if s == "" {
		return nil
	}
	switch g.rand.IntN(6) {
	case 0:
		name := g.fresh("total", "total")
		return []*Stmt{line(fmt.Sprintf("%s = %s.scalar(select(func.count(Item.id)))", name, s), name)}
	case 1:
		name := g.fresh("items", "found", sc.lists)
		sc.drop(name)
		sc.lists = append(sc.lists, name)
		return []*Stmt{line(fmt.Sprintf("%s = %s.query(Item).filter(Item.kind == \"tool\").all()", name, s), name)}
	case 2:
		name := g.fresh("items", "found", sc.lists)
		sc.drop(name)
		sc.lists = append(sc.lists, name)
		return []*Stmt{line(fmt.Sprintf("%s = %s.scalars(select(Item)).all()", name, s), name)}
	default:
		name := g.fresh("item", "thing", sc.objects)
		sc.drop(name)
		sc.objects = append(sc.objects, name)
		id := 1
		if name == "thing" {
			id = 2
		}
		return []*Stmt{line(fmt.Sprintf("%s = %s.get(Item, %d)", name, s, id), name)}
	}
}

// readOrLeave looks for a row that may not be there.
func (g *generator) readOrLeave(sc *scope) []*Stmt {
	s := g.session(sc)
	if s == "" {
		return nil
	}
	// A parameter finds its row every time or never; so it is asked for once.
	key := "item_id"
	if sc.loop || !sc.params || slices.Contains(g.params, key) {
		if g.calls <= 0 {
			return nil
		}
		g.calls--
		key = fmt.Sprintf("chosen(%d)", g.calls+1)
	} else {
		g.param(key)
	}
	name := g.fresh("item", "thing", sc.objects)
	sc.drop(name)
	sc.objects = append(sc.objects, name)
	out := g.one("return None", "return", "raise Rejected(\"no such item\")")
	if sc.loop && g.chance(60) {
		out = g.one("continue", "break")
	}
	return []*Stmt{
		line(fmt.Sprintf("%s = %s.get(Item, %s)", name, s, key), name),
		{Text: "if " + name + " is None:", Body: []*Stmt{line(out)}},
	}
}

func (g *generator) write(sc *scope) []*Stmt {
	if len(sc.conns) > 0 && g.chance(60) || len(sc.gone) > 0 && g.chance(10) {
		return g.connectionWrite(sc)
	}
	s := g.session(sc)
	if s == "" {
		return nil
	}
	row := g.row()
	switch n := g.rand.IntN(12); {
	case n < 2:
		name := g.fresh("item", "thing", sc.objects)
		sc.drop(name)
		sc.objects = append(sc.objects, name)
		return []*Stmt{line(fmt.Sprintf("%s = Item(name=%q)", name, row), name), line(fmt.Sprintf("%s.add(%s)", s, name))}
	case n < 5:
		return []*Stmt{line(fmt.Sprintf("%s.add(Item(name=%q))", s, row))}
	case n == 5:
		return []*Stmt{line(fmt.Sprintf("%s.add_all([Item(name=%q), Item(name=\"more\")])", s, row))}
	case n == 6:
		return []*Stmt{line(fmt.Sprintf("%s.execute(insert(Item).values(name=%q))", s, row))}
	case n == 7:
		return []*Stmt{line(fmt.Sprintf("%s.execute(update(Item).where(Item.id == 1).values(note=%q))", s, row))}
	case n == 8:
		return []*Stmt{line(fmt.Sprintf("%s.query(Item).filter(Item.id == 2).update({\"note\": %q})", s, row))}
	case n == 9:
		return []*Stmt{line(fmt.Sprintf("%s.merge(Item(id=2, note=%q))", s, row))}
	case n == 10 && len(sc.objects) == 0:
		return []*Stmt{line(fmt.Sprintf("%s.execute(delete(Item).where(Item.id == 3))", s))}
	default:
		if len(sc.objects) == 0 {
			return nil
		}
		return []*Stmt{line(fmt.Sprintf("%s.note = %q", g.last(sc.objects), row))}
	}
}

// lazy makes what runs, or is read, later.
func (g *generator) lazy(sc *scope) []*Stmt {
	s := g.session(sc)
	if s == "" {
		return nil
	}
	if g.chance(50) {
		name := g.fresh("query", "wanted", sc.queries)
		sc.drop(name)
		sc.queries = append(sc.queries, name)
		return []*Stmt{line(fmt.Sprintf("%s = %s.query(Item).filter(Item.kind == \"tool\")", name, s), name)}
	}
	name := g.fresh("result", "hits", sc.results)
	sc.drop(name)
	sc.results = append(sc.results, name)
	what := g.one("scalars(select(Tag))", "scalars(select(Tag).where(Tag.kind == \"tool\"))", "execute(select(Item.name))")
	return []*Stmt{line(fmt.Sprintf("%s = %s.%s", name, s, what), name)}
}

// use does something with what was read.
func (g *generator) use(sc *scope) []*Stmt {
	switch n := g.rand.IntN(8); {
	case n < 3 && len(sc.objects) > 0:
		return []*Stmt{line("print(" + g.last(sc.objects) + "." + g.one("name", "note", "id") + ")")}
	case n < 4 && len(sc.lists) > 0:
		return []*Stmt{line("print([entry.name for entry in " + g.last(sc.lists) + "])")}
	case n < 6 && len(sc.queries) > 0:
		q := g.last(sc.queries)
		if g.chance(50) {
			return []*Stmt{line("print(" + q + ".count())")}
		}
		name := g.fresh("items", "found", sc.lists)
		sc.drop(name)
		sc.lists = append(sc.lists, name)
		return []*Stmt{line(name+" = "+q+"."+g.one("all()", "limit(5).all()"), name)}
	case n < 8 && len(sc.results) > 0 && !sc.loop:
		r := sc.results[len(sc.results)-1]
		sc.drop(r)
		return []*Stmt{line("print(len(" + r + ".all()))")}
	}
	return nil
}

// call calls what the program imports, and may raise.
func (g *generator) call(sc *scope) []*Stmt {
	if g.calls <= 0 {
		return nil
	}
	g.calls--
	if len(sc.objects) > 0 && g.chance(30) {
		return []*Stmt{line(g.one("notify", "charge") + "(" + g.last(sc.objects) + ".name)")}
	}
	return []*Stmt{line(fmt.Sprintf("%s(%d)", g.one("notify", "check", "charge"), g.calls))}
}

func (g *generator) method(sc *scope, name string) []*Stmt {
	s := g.session(sc)
	if s == "" {
		return nil
	}
	return []*Stmt{line(s + "." + name + "()")}
}

func (g *generator) flush(sc *scope) []*Stmt { return g.method(sc, "flush") }

func (g *generator) commit(sc *scope) []*Stmt {
	if sc.inside && g.chance(80) {
		return nil
	}
	if len(sc.conns) > 0 && g.chance(50) {
		return []*Stmt{line(g.last(sc.conns) + ".commit()")}
	}
	return g.method(sc, "commit")
}

func (g *generator) rollback(sc *scope) []*Stmt { return g.method(sc, "rollback") }

func (g *generator) closeEarly(sc *scope) []*Stmt {
	if len(sc.live) == 0 {
		return nil
	}
	s := g.last(sc.live)
	sc.drop(s)
	sc.stale = append(sc.stale, s)
	return []*Stmt{line(s + ".close()")}
}

func (g *generator) begin(sc *scope) []*Stmt {
	s := g.session(sc)
	if s == "" || sc.depth > 3 || sc.inside && g.chance(85) {
		return nil
	}
	in := sc.sub()
	in.inside = true
	body := g.work(3, in)
	g.keep(sc, in, body)
	return []*Stmt{{Text: "with " + s + ".begin():", Body: body}}
}

func (g *generator) savepoint(sc *scope) []*Stmt {
	s := g.session(sc)
	if s == "" || sc.depth > 3 {
		return nil
	}
	in := sc.sub()
	body := g.work(2, in)
	g.keep(sc, in, body)
	return []*Stmt{{Text: "with " + s + ".begin_nested():", Body: body}}
}

// beginCall begins without a block.
func (g *generator) beginCall(sc *scope) []*Stmt {
	if sc.inside {
		return nil
	}
	return g.method(sc, "begin")
}

func (g *generator) noAutoflush(sc *scope) []*Stmt {
	s := g.session(sc)
	if s == "" || sc.depth > 3 {
		return nil
	}
	in := sc.sub()
	body := g.work(2, in)
	g.keep(sc, in, body)
	return []*Stmt{{Text: "with " + s + ".no_autoflush:", Body: body}}
}

func (g *generator) refresh(sc *scope) []*Stmt {
	if len(sc.live) == 0 || len(sc.objects) == 0 || len(sc.stale) > 0 {
		return nil // only what is surely of this session
	}
	return []*Stmt{line(sc.live[len(sc.live)-1] + ".refresh(" + g.last(sc.objects) + ")")}
}

// keep makes what a with block bound known behind it.
func (g *generator) keep(sc, in *scope, body []*Stmt) {
	if leaves(body) {
		return
	}
	sc.objects, sc.lists, sc.results, sc.queries = in.objects, in.lists, in.results, in.queries
	sc.live, sc.stale, sc.conns, sc.gone = in.live, in.stale, in.conns, in.gone
}
