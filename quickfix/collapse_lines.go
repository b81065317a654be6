package quickfix

import (
	"strings"

	"sessionlint/analysis/python"
	"sessionlint/analysis/session"
)

// rewrite makes the edits of a collapse.
func (c *collapse) rewrite() {
	unit := c.unit()
	floor := -1
	if c.first > 0 {
		floor = c.lastLine(c.stmts[c.first-1])
	}
	top, end := c.topLine(c.stmts[c.first], floor), c.lastLine(c.stmts[c.last])
	indent := c.edit.Indentation(c.firstLine(c.stmts[c.first]))
	c.edit.Insert(top, indent+c.with("begin"))
	c.edit.Indent(top, end, unit)
	for _, p := range c.savepoints {
		c.writeSavepoint(p, unit)
	}
	for n, k := range c.commits {
		c.takeOut(n, k, unit)
	}
}

// with returns the head of a with statement over a method of the session.
func (c *collapse) with(method string) string {
	head := "with " + c.ev.Session.Name + "." + method + "():"
	if c.async {
		head = "async " + head
	}
	return head
}

func (c *collapse) writeSavepoint(p savepoint, unit string) {
	first := p.try.Body[p.first]
	top := c.topLine(first, c.firstLine(p.try))
	c.edit.Insert(top, c.edit.Indentation(c.firstLine(first))+unit+c.with("begin_nested"))
	c.edit.Indent(top, c.lastLine(p.try.Body[p.last]), unit)
}

// takeOut removes a commit, or puts in its place what the code behind it needs.
func (c *collapse) takeOut(n int, k commit, unit string) {
	stmt := k.block.stmt()
	flush, expire := c.needs(n, k)
	alone := len(k.block.stmts) == 1
	if alone && !flush && c.inSavepoint(k.call) {
		flush = true // nothing else is in the savepoint: this is what can fail
	}
	at := c.placed.Abs(stmt.Pos())
	line := c.firstLine(stmt)
	switch {
	case flush:
		c.flushInstead(k)
		if expire {
			c.edit.Insert(c.lastLine(stmt)+1, c.newIndentation(k, line, unit)+c.ev.Session.Name+".expire_all()")
		}
	case alone:
		if c.dropClause(k) {
			return
		}
		c.edit.Replace(at.Start, at.End, "pass")
	default:
		c.deleteLine(at, line, c.lastLine(stmt))
	}
}

// flushInstead makes a flush of a commit.
func (c *collapse) flushInstead(k commit) {
	call := c.placed.Abs(k.call)
	name := call.Start + strings.LastIndex(c.source(k.call), "commit")
	c.edit.Replace(name, name+len("commit"), "flush")
}

// newIndentation returns the indentation that a commit's line will have.
func (c *collapse) newIndentation(k commit, line int, unit string) string {
	in := c.edit.Indentation(line) + unit
	if c.inSavepoint(k.call) {
		in += unit
	}
	return in
}

// dropClause deletes an else clause in which nothing but a commit stands.
func (c *collapse) dropClause(k commit) bool {
	if k.block.outer == nil {
		return false
	}
	var orElse []python.Stmt
	switch s := k.block.outer.stmt().(type) {
	case *python.Try:
		orElse = s.Else
	case *python.If:
		orElse = s.Else
	}
	if len(orElse) != 1 || orElse[0] != k.block.stmt() {
		return false
	}
	last := c.lastLine(k.block.stmt())
	for n := c.firstLine(k.block.stmt()) - 1; n > 0; n-- {
		text := strings.TrimSpace(c.edit.Line(n))
		switch {
		case text == "else:":
			if strings.Contains(c.edit.Line(last), "#") {
				return false
			}
			c.edit.Delete(n, last)
			return true
		case text != "":
			return false
		}
	}
	return false
}

// needs tells what the code between a commit and the next one relied on it for:
// that pending changes are sent, and that loaded objects are read anew. What it
// goes by was measured, operation by operation, on SQLAlchemy 1.4, 2.0 and 2.1.
func (c *collapse) needs(n int, k commit) (flush, expire bool) {
	before := c.done(k.call.Start)
	until := c.region().End
	if n+1 < len(c.commits) {
		until = c.commits[n+1].call.Start
	}
	saved := c.savepointAfter(k.call.End) // begin_nested() flushes
	for _, o := range c.facts.Ops {
		if o.Made != c.made || o.Site.Start < k.call.End || o.Site.Start >= until {
			continue
		}
		switch {
		case o.Lock && before.loads(o.Entity), o.Kind == session.OpRead && (before.sets[o.Method] || before.dml || before.adds && before.reads[o.Method]):
			flush, expire = true, true
		case o.Site.Start > saved:
		case before.adds && (o.Kind == session.OpMethod || o.Kind == session.OpHandOut && !c.constructs(o.Site)):
			flush = true
		case o.Kind == session.OpCall && (o.Core || c.ev.Session.Autoflush != session.Yes && o.Method != "add" && o.Method != "commit"):
			flush = true
		case o.Kind == session.OpCall && (strings.HasPrefix(o.Method, "refresh") || strings.HasPrefix(o.Method, "exp")):
			flush = true
		case o.Kind == session.OpCall && (o.Method == "delete" || before.deletes && (o.Method == "add" || o.Method == "add_all" || o.Method == "get")):
			flush = true
		}
	}
	if before.adds && !flush {
		flush = c.readsAttribute(k.call.End, min(until, saved)) || c.readsAttribute(saved, until)
	}
	return flush || c.noAutoflush(k.call.End, until), expire
}

// savepointAfter returns the offset of the first savepoint that follows, or the
// end of the region.
func (c *collapse) savepointAfter(offset int) int {
	at := c.region().End
	for _, p := range c.savepoints {
		if start := p.span().Start; start > offset {
			at = min(at, start)
		}
	}
	return at
}

// constructs reports whether the call at a site makes an object: it keeps what
// it is given, and needs no key of it.
func (c *collapse) constructs(call session.Site) bool {
	text := c.source(call)
	return text != "" && 'A' <= text[0] && text[0] <= 'Z'
}

// readsAttribute reports whether an attribute of a variable is read in a range:
// it may be the key of an object that was added.
func (c *collapse) readsAttribute(from, until int) bool {
	found := false
	methods := map[python.Expr]bool{}
	for n := c.first; n <= c.last; n++ {
		python.Inspect(c.stmts[n], func(n python.Node) bool {
			switch n := n.(type) {
			case *python.Call:
				methods[n.Func] = true
			case *python.Attribute:
				in := from <= n.Start && n.Start < until
				found = found || in && !methods[n] && c.ofVariable(n)
			}
			return !found
		})
	}
	return found
}

// ofVariable reports whether an attribute may be one of a mapped object: not
// one of the session or of a class.
func (c *collapse) ofVariable(a *python.Attribute) bool {
	root, _ := rootOf(&python.Call{Func: a})
	return root != "" && root != c.ev.Session.Name && (root[0] < 'A' || 'Z' < root[0])
}

// noAutoflush reports whether flushing is switched off somewhere in a range.
func (c *collapse) noAutoflush(from, until int) bool {
	return from < until && strings.Contains(c.source(python.Span{Start: from, End: until}), "no_autoflush")
}

// done is what the session did before a commit.
type done struct {
	adds, deletes bool
	dml           bool            // a statement wrote, past the loaded objects
	sets, reads   map[string]bool // the attributes that were set and read
	entities      map[string]bool
}

func (c *collapse) done(offset int) done {
	d := done{sets: map[string]bool{}, reads: map[string]bool{}, entities: map[string]bool{}}
	for _, o := range c.facts.Ops {
		if o.Made != c.made || o.Site.Start >= offset {
			continue
		}
		if o.Kind == session.OpSet {
			d.sets[o.Method] = true
		}
		if o.Kind == session.OpRead {
			d.reads[o.Method] = true
		}
		if o.Kind != session.OpCall {
			continue
		}
		switch o.Method {
		case "add", "add_all", "merge":
			d.adds = true
		case "delete":
			d.deletes = true
		case "get", "get_one":
			d.entities[o.Entity] = true
		case "execute", "scalar", "scalars", "exec":
			d.entities[o.Entity] = true
			d.dml = d.dml || o.Writes != session.No
		case "query.update", "query.delete":
			d.dml = true
		default:
			d.dml = d.dml || strings.HasPrefix(o.Method, "bulk_")
			if strings.HasPrefix(o.Method, "query") {
				d.entities[""] = true
			}
		}
	}
	return d
}

// loads reports whether an object of the entity may be loaded.
func (d done) loads(entity string) bool {
	return entity == "" && len(d.entities) > 0 || d.entities[entity] || d.entities[""]
}
