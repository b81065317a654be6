package oracle

// The productions for connections of the Core.

import "fmt"

func (g *generator) connection(sc *scope) string {
	if len(sc.conns) > 0 && (len(sc.gone) == 0 || g.chance(90)) {
		return g.last(sc.conns)
	}
	if len(sc.gone) > 0 {
		return g.last(sc.gone)
	}
	return ""
}

func (g *generator) connectionRead(sc *scope) []*Stmt {
	c := g.connection(sc)
	if c == "" {
		return nil
	}
	if g.chance(50) {
		return []*Stmt{line(fmt.Sprintf("total = %s.scalar(select(func.count(Item.id)))", c), "total")}
	}
	name := g.fresh("items", "found", sc.lists)
	sc.drop(name)
	sc.lists = append(sc.lists, name)
	return []*Stmt{line(fmt.Sprintf("%s = %s.execute(select(Item.name)).all()", name, c), name)}
}

func (g *generator) connectionWrite(sc *scope) []*Stmt {
	c := g.connection(sc)
	if c == "" {
		return nil
	}
	if g.chance(50) {
		return []*Stmt{line(fmt.Sprintf("%s.execute(insert(Item).values(name=%q))", c, g.row()))}
	}
	return []*Stmt{line(fmt.Sprintf("%s.execute(update(Item).where(Item.id == 1).values(note=%q))", c, g.row()))}
}

func (g *generator) connectionBlock(sc *scope) []*Stmt {
	c := g.fresh("conn", "link", sc.conns)
	in := sc.sub()
	in.drop(c)
	in.conns = append(in.conns, c)
	head, begun := "engine.connect()", g.chance(40)
	if begun {
		head = "engine.begin()"
	}
	var body []*Stmt
	for range 1 + g.rand.IntN(3) {
		g.left--
		body = append(body, g.pick(connectionWorks(), in)...)
		if leaves(body) {
			break
		}
	}
	if !begun && !leaves(body) && writes(body) && g.chance(75) {
		body = append(body, line(c+".commit()"))
	}
	g.keep(sc, in, body)
	sc.drop(c)
	sc.gone = append(sc.gone, c)
	out := []*Stmt{{Text: "with " + head + " as " + c + ":", Binds: []string{c}, Body: body}}
	if !leaves(out) && g.chance(20) {
		out = append(out, g.pick(connectionWorks(), sc)...)
	}
	return out
}

func (g *generator) connectionByHand(sc *scope) []*Stmt {
	c := g.fresh("conn", "link", sc.conns)
	sc.drop(c)
	sc.conns = append(sc.conns, c)
	out := []*Stmt{line(c+" = engine.connect()", c)}
	for range 1 + g.rand.IntN(3) {
		g.left--
		out = append(out, g.pick(connectionWorks(), sc)...)
		if leaves(out) {
			return out
		}
	}
	if writes(out) && g.chance(70) {
		out = append(out, line(c+".commit()"))
	}
	if g.chance(70) {
		sc.drop(c)
		sc.gone = append(sc.gone, c)
		out = append(out, line(c+".close()"))
	}
	return out
}

// connectionWorks lists what is done with a connection.
func connectionWorks() []production {
	return []production{
		{10, (*generator).connectionRead},
		{10, (*generator).connectionWrite},
		{3, (*generator).call},
		{4, (*generator).leave},
		{3, (*generator).connectionTransaction},
	}
}

func (g *generator) connectionTransaction(sc *scope) []*Stmt {
	c := g.connection(sc)
	if c == "" || sc.depth > 2 {
		return nil
	}
	return []*Stmt{{Text: "with " + c + ".begin():", Body: g.pick(connectionWorks()[:3], sc.sub())}}
}
