package quickfix

import (
	"fmt"
	"slices"
	"strings"

	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

// openInBody makes the default of a parameter None, and opens the session in the
// function's body where it was not given one.
func openInBody(at *site, f rule.Finding) ([]proposal, string) {
	e, ok := f.Evidence.(session.Event)
	fn := at.facts.Function
	if !ok || fn == nil {
		return nil, "an attribute of a class has no call that it could be opened for"
	}
	p := defaultOf(fn, e.Session.Made)
	switch {
	case p == nil:
		return nil, "the parameter was not found"
	case e.Session.Async && !fn.Async:
		return nil, "an asynchronous session needs an async function"
	case at.firstLine(fn.Body[0]) == at.lastLine(fn.Name):
		return nil, "the body stands on the line of its head"
	}
	body := fn.Body
	if isDocstring(body[0]) {
		body = body[1:]
	}
	if len(body) == 0 {
		return nil, "the function does nothing"
	}
	for _, st := range body {
		if effectOf(st).broken || !at.ownLines(st) {
			return nil, "the body was not understood"
		}
	}
	name := p.Name.ID
	if slices.ContainsFunc(body, func(st python.Stmt) bool { return keeps(st, name) }) {
		return nil, "the session is kept after the call"
	}
	made := at.source(p.Default.Pos())
	if strings.ContainsAny(made, "\r\n") {
		return nil, "the call that makes the session stands on several lines"
	}
	null := at.importFrom("contextlib", "nullcontext")
	if null == "" {
		return nil, "the file calls something else nullcontext"
	}
	d := at.placed.Abs(p.Default.Pos())
	at.edit.Replace(d.Start, d.End, "None")
	if p.Annotation != nil {
		at.allowNone(p.Annotation)
	}
	head := fmt.Sprintf("with %s if %s is None else %s(%s) as %s:", made, name, null, name, name)
	if e.Session.Async {
		head = "async " + head
	}
	first := at.topLine(body[0], at.lastLine(fn.Name))
	at.edit.Insert(first, at.edit.Indentation(at.firstLine(body[0]))+head)
	at.edit.Indent(first, at.lastLine(body[len(body)-1]), at.unit())
	return []proposal{{
		title: fmt.Sprintf("Open `%s` in the body where none is given", name),
		risks: []string{"each call has a session of its own, and what it leaves uncommitted is rolled back"},
		edits: at.edit.Edits(),
	}}, ""
}

func defaultOf(fn *python.FunctionDef, made session.Site) *python.Param {
	for _, p := range fn.Params {
		if p.Default != nil && p.Default.Pos() == made {
			return p
		}
	}
	return nil
}

func isDocstring(st python.Stmt) bool {
	e, ok := st.(*python.ExprStmt)
	if !ok {
		return false
	}
	c, ok := e.Value.(*python.Constant)
	return ok && c.Kind == python.StringConst
}

// keeps reports whether a statement stores what a name holds, returns it, or uses
// it in a function that may be called later.
func keeps(st python.Stmt, name string) bool {
	is := func(e python.Expr) bool { n, ok := e.(*python.Name); return ok && n.ID == name }
	found := false
	python.Inspect(st, func(n python.Node) bool {
		switch n := n.(type) {
		case *python.Assign:
			found = found || is(n.Value)
		case *python.AnnAssign:
			found = found || is(n.Value)
		case *python.Return:
			found = found || is(n.Value)
		case *python.Yield:
			found = found || is(n.X)
		case *python.Tuple, *python.List, *python.Dict, *python.Lambda, *python.FunctionDef:
			found = found || effectOf(n).reads[name]
		}
		return !found
	})
	return found
}

// allowNone lets an annotation allow None, in the way that the file has already;
// if it has none, it stays as it is.
func (s *site) allowNone(annotation python.Expr) {
	text := s.source(annotation.Pos())
	if strings.Contains(text, "None") || strings.Contains(text, "Optional") {
		return
	}
	a := s.placed.Abs(annotation.Pos())
	b, ok := s.module.Lookup("Optional")
	switch {
	case strings.Contains(s.snap.File.Text, "| None"):
		s.edit.Replace(a.End, a.End, " | None")
	case ok && b.Import == "typing.Optional":
		s.edit.Replace(a.Start, a.Start, "Optional[")
		s.edit.Replace(a.End, a.End, "]")
	}
}
