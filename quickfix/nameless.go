package quickfix

import (
	"fmt"
	"slices"
	"strings"

	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

// nameInWith gives a session that exists only within an expression a name, in a
// with statement around what it is used for.
func nameInWith(at *site, f rule.Finding) ([]proposal, string) {
	e, ok := f.Evidence.(session.End)
	if !ok {
		return nil, "the session is not known"
	}
	if e.Session.ByHand {
		return openInWith(at, f)
	}
	w := &wrap{site: at, s: e.Session}
	w.block = find(at.body, nil, func(st python.Stmt) bool { return w.inHead(st) })
	if w.block == nil {
		return nil, "the session is made where no with statement can stand before it"
	}
	if w.s.Async && (at.facts.Function == nil || !at.facts.Function.Async) {
		return nil, "an asynchronous session needs an async function"
	}
	if w.isDBAPI() {
		return nil, "a connection of the driver is no context manager"
	}
	if w.s.Name = w.newName(); w.s.Name == "" {
		return nil, "there is no name left for the session"
	}
	if reason := w.extent(); reason != "" {
		return nil, reason
	}
	made := at.source(w.s.Made)
	for n := w.block.index; n <= w.last; n++ {
		switch st := w.block.stmts[n]; {
		case strings.ContainsAny(made, "\r\n"):
			return nil, "the call that makes the session stands on several lines"
		case effectOf(st).broken:
			return nil, "the code does not parse"
		case !at.ownLines(st):
			return nil, "a statement shares its line with another"
		}
	}
	w.weighFrom(w.block.stmt().Pos().Start)
	w.name(made)
	return []proposal{{title: "Name the session in a with block", risks: w.risks, edits: at.edit.Edits()}}, ""
}

// inHead reports whether a statement makes the session before anything else of
// it runs, each time that it runs: not in a branch of it, nor for a later call.
func (w *wrap) inHead(st python.Stmt) bool {
	var heads []python.Expr
	switch st := st.(type) {
	case *python.ExprStmt:
		heads = []python.Expr{st.Value}
	case *python.Assign:
		heads = []python.Expr{st.Value}
	case *python.AnnAssign:
		heads = []python.Expr{st.Value}
	case *python.AugAssign:
		heads = []python.Expr{st.Value}
	case *python.Return:
		heads = []python.Expr{st.Value}
	case *python.For:
		heads = []python.Expr{st.Iter}
	case *python.If:
		if !w.startsLine(st) {
			return false // an elif
		}
		heads = []python.Expr{st.Cond}
	}
	return slices.ContainsFunc(heads, func(e python.Expr) bool {
		return e != nil && e.Pos().Contains(w.s.Made) && !w.deferred(e)
	})
}

// startsLine reports whether nothing stands before a statement on its line, and
// it is no elif.
func (w *wrap) startsLine(st *python.If) bool {
	sp := w.placed.Abs(st.Pos())
	text := w.snap.File.Text
	return blank(text[w.snap.File.Lines.Start(w.snap.File.Lines.Of(sp.Start)):sp.Start]) && strings.HasPrefix(text[sp.Start:], "if")
}

// deferred reports whether the session is made in a part of an expression that
// runs later, several times or under a condition.
func (w *wrap) deferred(e python.Expr) bool {
	found := false
	python.Inspect(e, func(n python.Node) bool {
		switch n.(type) {
		case *python.Lambda, *python.Comprehension, *python.IfExp, *python.BoolOp:
			found = found || n.Pos().Contains(w.s.Made)
		}
		return !found
	})
	return found
}

// newName returns a name for the session that the function does not use.
func (w *wrap) newName() string {
	used := map[string]bool{}
	for _, st := range w.body {
		e := effectOf(st)
		for n := range e.reads {
			used[n] = true
		}
		for n := range e.binds {
			used[n] = true
		}
	}
	if f := w.facts.Function; f != nil {
		for _, p := range f.Params {
			used[p.Name.ID] = true
		}
	}
	names := []string{"session", "db_session", "new_session"}
	if w.s.Core {
		names = []string{"connection", "conn", "new_connection"}
	}
	for _, n := range names {
		if !used[n] {
			return n
		}
	}
	return ""
}

// name puts the with statement before what uses the session.
func (w *wrap) name(made string) {
	head := fmt.Sprintf("with %s as %s:", made, w.s.Name)
	if w.s.Async {
		head = "async " + head
	}
	first := w.firstLine(w.block.stmt())
	w.edit.Insert(first, w.edit.Indentation(first)+head)
	for n := first; n <= w.bottom(); n++ {
		w.edit.Indent(n, n, w.unit())
	}
	call := w.placed.Abs(w.s.Made)
	w.edit.Replace(call.Start, call.End, w.s.Name)
}
