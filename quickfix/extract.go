package quickfix

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"sessionlint/analysis/python"
	"sessionlint/analysis/session"
)

// An extraction moves the work of a with block into a function of its own, which
// is lent the session. Opening, committing and closing it stay with the owner.
type extraction struct {
	*site
	with     *python.With
	block    *block // where the with statement stands
	session  string // the variable
	work     []python.Stmt
	ending   bool // the work ends in a return, whose value is given on
	inputs   []string
	outputs  []string
	async    bool
	function string // what it will be called
}

// extractBody extracts the work of the with block that is opened at a place.
func extractBody(at *site, where python.Span) *attempt {
	x := &extraction{site: at}
	x.block = find(at.body, nil, func(st python.Stmt) bool {
		w, ok := st.(*python.With)
		if ok && w.Start <= where.Start && where.Start <= w.Items[len(w.Items)-1].End+len(":") {
			x.with, x.session = w, at.entered(w)
		}
		return ok && x.session != ""
	})
	if x.block == nil {
		return nil
	}
	a := &attempt{proposal: proposal{title: fmt.Sprintf("Extract what is done with `%s` into a function", x.session)}}
	for _, step := range []func() string{x.stands, x.choose, x.flows} {
		if a.reason = step(); a.reason != "" {
			return a
		}
	}
	a.edits = x.edits()
	return a
}

// entered returns the variable of the session that a with statement opens, "" if
// it opens none.
func (s *site) entered(w *python.With) string {
	for _, e := range s.facts.Ends {
		for _, i := range w.Items {
			n, ok := i.Target.(*python.Name)
			if ok && n != nil && e.Session.Manager == i.Span && !e.Session.Core {
				return n.ID
			}
		}
	}
	return ""
}

// stands says why no function can be put beside the one that the block is in.
func (x *extraction) stands() string {
	def := x.facts.Function
	switch {
	case x.placed.Unit.Function() != def:
		return "the function stands in another one, or in a statement"
	case def.Generator:
		return "the function is a generator"
	}
	return ""
}

// choose finds the statements that are moved: all but the commit and the return
// at the end.
func (x *extraction) choose() string {
	x.work = x.with.Body
	for n := len(x.work) - 1; n >= 0; n-- {
		if _, ok := x.work[n].(*python.Return); !ok && !x.isCommit(x.work[n]) {
			break
		}
		x.work = x.work[:n]
	}
	if r, ok := x.with.Body[len(x.with.Body)-1].(*python.Return); ok && len(x.work) == 0 && r.Value != nil {
		x.work, x.ending = x.with.Body, true
	}
	if len(x.work) == 0 {
		return "the block does nothing but commit"
	}
	for _, st := range x.work {
		if !x.ownLines(st) {
			return "a statement shares its line with another"
		}
	}
	if reason := x.ends(); reason != "" {
		return reason
	}
	return x.jumps()
}

func (x *extraction) isCommit(st python.Stmt) bool {
	return slices.ContainsFunc(x.facts.Ops, func(o session.Op) bool {
		return o.Kind == session.OpCall && o.Method == "commit" && callsOnly(st, o.Site)
	})
}

// ends says which end of the session or of its transaction stands in the work: who
// is lent a session leaves those to its owner.
func (x *extraction) ends() string {
	span := python.Span{Start: x.work[0].Pos().Start, End: x.work[len(x.work)-1].Pos().End}
	for _, m := range x.facts.Moments {
		inner := span.Contains(m.Site) && m.Who.Name == x.session
		switch {
		case !inner:
		case m.Kind == session.Committed:
			return "the work is committed in parts"
		case m.Kind == session.RolledBack || m.Kind == session.Ended:
			return "the work ends the transaction by itself"
		}
	}
	return ""
}

// jumps says what in the work can only stand in this function.
func (x *extraction) jumps() string {
	reason := ""
	loops := []python.Span{} // around the node that is looked at
	for n, st := range x.work {
		last := n == len(x.work)-1
		python.Inspect(st, func(n python.Node) bool {
			loops = slices.DeleteFunc(loops, func(l python.Span) bool { return !l.Contains(n.Pos()) })
			switch n := n.(type) {
			case *python.FunctionDef, *python.ClassDef:
				reason = "a function or class is made in the block"
			case *python.Return:
				if !(last && x.ending && n == st) {
					reason = "the work returns in its middle"
				}
			case *python.For:
				loops = append(loops, n.Span)
				x.async = x.async || n.Async
			case *python.While:
				loops = append(loops, n.Span)
			case *python.Break, *python.Continue:
				if len(loops) == 0 {
					reason = "the work leaves or goes on with a loop around it"
				}
			case *python.With:
				x.async = x.async || n.Async
			case *python.Await:
				x.async = true
			case *python.Comprehension:
				x.async = x.async || slices.ContainsFunc(n.Clauses, func(c *python.CompClause) bool { return c.Async })
			case *python.Yield:
				reason = "the work yields"
			case *python.Delete:
				reason = "the work deletes a variable"
			case *python.BadStmt, *python.BadExpr:
				reason = "the code does not parse"
			case *python.Name:
				switch n.ID {
				case "locals", "vars", "eval", "exec", "super", "__class__":
					reason = "`" + n.ID + "` looks at the function it is in"
				}
			case *python.Attribute:
				if strings.HasPrefix(n.Attr.ID, "__") && !strings.HasSuffix(n.Attr.ID, "__") {
					reason = "`" + n.Attr.ID + "` can only be named within its class"
				}
			}
			return reason == ""
		})
	}
	return reason
}

// flows finds out which variables the work takes and gives, and says why that
// cannot be told.
func (x *extraction) flows() string {
	if reason := x.globals(); reason != "" {
		return reason
	}
	first, last := x.work[0].Pos().Start, x.work[len(x.work)-1].Pos().End
	reads, binds := loadsOf(x.work), bindingsOf(x.work...)
	before, behind := x.elsewhere(first, last)
	bound, inner := x.boundBefore(), bindings{}
	for _, st := range x.work {
		inner.sure(st)
	}
	for _, name := range slices.Sorted(maps.Keys(reads)) {
		switch {
		case name == x.session || !before[name]:
		case bound[name]:
			x.inputs = append(x.inputs, name)
		default:
			return "`" + name + "` may not be bound where the block begins"
		}
	}
	for _, name := range slices.Sorted(maps.Keys(binds)) {
		switch {
		case name == x.session:
			return "the variable is bound to something else in the block"
		case !behind[name]:
		case inner[name] || slices.Contains(x.inputs, name):
			x.outputs = append(x.outputs, name)
		case bound[name]: // it stays as it was on some way
			x.inputs, x.outputs = append(x.inputs, name), append(x.outputs, name)
		default:
			return "`" + name + "` may not be bound where the work ends"
		}
	}
	return x.handlers()
}

// handlers says which variable a handler around the block may read, which finds
// there what the work had bound before it failed.
func (x *extraction) handlers() string {
	for b := x.block.outer; b != nil; b = b.outer {
		t, ok := b.stmt().(*python.Try)
		if !ok {
			continue
		}
		clauses := slices.Clone(t.Finally)
		for _, h := range t.Handlers {
			clauses = append(clauses, h.Body...)
		}
		reads := loadsOf(clauses)
		for _, name := range x.outputs {
			if reads[name] {
				return "a handler around the block reads `" + name + "`"
			}
		}
	}
	return ""
}

// globals says whether names mean something else than they seem to.
func (x *extraction) globals() string {
	found := false
	for _, st := range x.body {
		python.Inspect(st, func(n python.Node) bool {
			_, is := n.(*python.Global)
			found = found || is
			return !found
		})
	}
	if found {
		return "the function binds names of others"
	}
	return ""
}

// elsewhere returns the names that the function binds outside of the work, or has
// as parameters, and those that are read where control can come behind it.
func (x *extraction) elsewhere(first, last int) (binds, reads map[string]bool) {
	binds, reads = map[string]bool{}, map[string]bool{}
	for _, p := range x.facts.Function.Params {
		binds[p.Name.ID] = true
	}
	again := x.inLoop()
	for _, st := range x.body {
		python.Inspect(st, func(n python.Node) bool {
			if p := n.Pos(); first <= p.Start && p.End <= last {
				return false
			}
			if name, ok := n.(*python.Name); ok && (again || name.Start >= last) {
				reads[name.ID] = true
			}
			return true
		})
	}
	for _, st := range x.body {
		python.Inspect(st, func(n python.Node) bool {
			if p := n.Pos(); first <= p.Start && p.End <= last {
				return false
			}
			return bindings(binds).node(n)
		})
	}
	// What only the work binds comes from there, but in a loop also from its turn before.
	for _, st := range x.work {
		for name := range bindingsOf(st) {
			binds[name] = binds[name] || again
		}
	}
	return binds, reads
}

// inLoop reports whether the block stands in a loop of the function.
func (x *extraction) inLoop() bool {
	for b := x.block.outer; b != nil; b = b.outer {
		switch b.stmt().(type) {
		case *python.For, *python.While:
			return true
		}
	}
	return false
}

// boundBefore returns the names that are bound for certain where the work begins.
func (x *extraction) boundBefore() bindings {
	sure := bindings{}
	for _, p := range x.facts.Function.Params {
		sure[p.Name.ID] = true
	}
	for b := x.block; b != nil; b = b.outer {
		for _, st := range b.stmts[:b.index] {
			sure.sure(st)
		}
		switch st := b.stmt().(type) {
		case *python.With:
			sure.sure(st)
		case *python.For:
			if b != x.block {
				sure.target(st.Target)
			}
		}
	}
	return sure
}

// edits puts the function above the one, or the class, that the block is in, and
// its call into the block.
func (x *extraction) edits() []TextEdit {
	x.name()
	first, last := x.topLine(x.work[0], x.headEnd()), x.lastLine(x.work[len(x.work)-1])
	in := x.edit.Indentation(x.firstLine(x.work[0]))
	head, call := "def ", x.function+"("+strings.Join(append([]string{x.session}, x.inputs...), ", ")+")"
	params := append([]string{x.session + x.annotation()}, x.inputs...)
	if x.async {
		head, call = "async def ", "await "+call
	}
	top := x.outermost()
	lines := []string{head + x.function + "(" + strings.Join(params, ", ") + "):"}
	lines = append(lines, x.edit.Moved(first, last, in, x.unit())...)
	switch given := strings.Join(x.outputs, ", "); {
	case x.ending:
		call = "return " + call
	case given != "":
		lines = append(lines, x.unit()+"return "+given)
		call = given + " = " + call
	}
	x.edit.Insert(top, append(lines, "", "")...)
	x.edit.Delete(first, last)
	x.edit.Insert(first, in+call)
	return x.edit.Edits()
}

// headEnd returns the line before which no comment belongs to the work.
func (x *extraction) headEnd() int {
	items := x.with.Items
	return x.snap.File.Lines.Of(x.placed.Abs(items[len(items)-1].Span).End)
}

// annotation returns what tells the class of the session, if its name is known in
// the file.
func (x *extraction) annotation() string {
	for _, e := range x.facts.Ends {
		if e.Session.Name != x.session || !e.Session.Typed {
			continue
		}
		class := "Session"
		if e.Session.Async {
			class = "AsyncSession"
		}
		if path := x.module.Path(&python.Name{ID: class}); fromSQLAlchemy(path) && strings.HasSuffix(path, "."+class) {
			return ": " + class
		}
	}
	return ""
}

// outermost returns the first line of the function or class of the module that the
// block is in, with the comments right above it.
func (x *extraction) outermost() int {
	units, n := x.snap.File.Units, x.index
	for units[n].Parent >= 0 {
		n = units[n].Parent
	}
	line := x.snap.File.Lines.Of(units[n].Abs(units[n].Unit.Body[0].Pos()).Start)
	for line > 0 && x.edit.Comment(line-1) && x.edit.Indentation(line-1) == "" {
		line--
	}
	return line
}

// name chooses a name that the file does not have.
func (x *extraction) name() {
	base := "_" + strings.Trim(x.facts.Function.Name.ID, "_") + "_with_" + x.session
	x.function = base
	for n := 2; strings.Contains(x.snap.File.Text, x.function); n++ {
		x.function = fmt.Sprintf("%s_%d", base, n)
	}
}
