package quickfix

import (
	"maps"
	"slices"

	"sessionlint/analysis/python"
)

// loadsOf returns the names whose value from before some statements is read in
// them, on some way.
func loadsOf(body []python.Stmt) map[string]bool {
	l := loads{}
	l.stmts(body, bindings{})
	return l
}

// loads are names that are read before they are bound.
type loads map[string]bool

func (l loads) stmts(body []python.Stmt, sure bindings) {
	for _, st := range body {
		l.stmt(st, sure)
		sure.sure(st)
	}
}

func (l loads) stmt(st python.Stmt, sure bindings) {
	switch st := st.(type) {
	case *python.Assign:
		l.expr(st.Value, sure)
		for _, t := range st.Targets {
			l.target(t, sure)
		}
	case *python.AnnAssign:
		l.expr(st.Value, sure)
		l.expr(st.Annotation, sure)
		l.target(st.Target, sure)
	case *python.For:
		l.expr(st.Iter, sure)
		l.target(st.Target, sure)
		in := maps.Clone(sure)
		in.target(st.Target)
		l.stmts(st.Body, in)
		l.stmts(st.Else, maps.Clone(sure))
	case *python.With:
		in := maps.Clone(sure)
		for _, i := range st.Items {
			l.expr(i.Context, in)
			l.target(i.Target, in)
			in.target(i.Target)
		}
		l.stmts(st.Body, in)
	case *python.Try:
		l.stmts(st.Body, maps.Clone(sure))
		for _, h := range st.Handlers {
			l.expr(h.Type, sure)
			in := maps.Clone(sure)
			if h.Name != nil {
				in[h.Name.ID] = true
			}
			l.stmts(h.Body, in)
		}
		l.stmts(st.Else, maps.Clone(sure))
		l.stmts(st.Finally, maps.Clone(sure))
	case *python.If:
		l.expr(st.Cond, sure)
		l.stmts(st.Body, maps.Clone(sure))
		l.stmts(st.Else, maps.Clone(sure))
	case *python.While:
		l.expr(st.Cond, sure)
		l.stmts(st.Body, maps.Clone(sure))
		l.stmts(st.Else, maps.Clone(sure))
	case *python.Match:
		l.expr(st.Subject, sure)
		for _, c := range st.Cases {
			in := maps.Clone(sure)
			for _, name := range c.Binds {
				in[name.ID] = true
			}
			l.expr(c.Guard, in)
			l.stmts(c.Body, in)
		}
	default:
		l.expr(st, sure)
	}
}

// target notes what a target reads: all but the variables that it binds.
func (l loads) target(t python.Expr, sure bindings) {
	switch t := t.(type) {
	case nil, *python.Name:
	case *python.Tuple:
		for _, x := range t.Elts {
			l.target(x, sure)
		}
	case *python.List:
		for _, x := range t.Elts {
			l.target(x, sure)
		}
	case *python.Starred:
		l.target(t.X, sure)
	default:
		l.expr(t, sure)
	}
}

// expr notes the names in a node, but for those that comprehensions and lambdas
// in it bind for themselves.
func (l loads) expr(n python.Node, sure bindings) {
	if n == nil {
		return
	}
	var inner []innerScope
	python.Inspect(n, func(n python.Node) bool {
		switch n := n.(type) {
		case *python.Comprehension:
			in := innerScope{at: n.Span, outside: n.Clauses[0].Iter.Pos(), names: bindings{}}
			for _, c := range n.Clauses {
				in.names.target(c.Target)
			}
			inner = append(inner, in)
		case *python.Lambda:
			in := innerScope{at: n.Body.Pos(), names: bindings{}}
			for _, p := range n.Params {
				in.names[p.Name.ID] = true
			}
			inner = append(inner, in)
		}
		return true
	})
	python.Inspect(n, func(n python.Node) bool {
		name, ok := n.(*python.Name)
		if ok && !sure[name.ID] && !slices.ContainsFunc(inner, func(in innerScope) bool { return in.binds(name) }) {
			l[name.ID] = true
		}
		return true
	})
}

// innerScope is a part of an expression that has variables of its own.
type innerScope struct {
	at, outside python.Span // outside is a part that has not
	names       bindings
}

func (in innerScope) binds(n *python.Name) bool {
	return in.names[n.ID] && in.at.Contains(n.Span) && (in.outside == python.Span{} || !in.outside.Contains(n.Span))
}
