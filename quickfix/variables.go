package quickfix

import (
	"slices"
	"strings"

	"sessionlint/analysis/python"
)

// mentions reports whether a variable's name stands in a text.
func mentions(text, name string) bool {
	for at := strings.Index(text, name); at >= 0; {
		end := at + len(name)
		if (at == 0 || !wordByte(text[at-1])) && (end == len(text) || !wordByte(text[end])) {
			return true
		}
		next := strings.Index(text[end:], name)
		if next < 0 {
			break
		}
		at = end + next
	}
	return false
}

func wordByte(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= 0x80
}

// assigns reports whether a statement binds a variable, and nothing else.
func assigns(st python.Stmt, name string) bool {
	a, ok := st.(*python.Assign)
	if !ok || len(a.Targets) != 1 {
		return false
	}
	n, ok := a.Targets[0].(*python.Name)
	return ok && n.ID == name
}

// rebinds reports whether a variable is bound somewhere within a statement.
func rebinds(st python.Stmt, name string) bool {
	found := false
	python.Inspect(st, func(n python.Node) bool {
		e := effect{reads: map[string]bool{}, binds: map[string]bool{}}
		switch n := n.(type) {
		case *python.Assign:
			for _, t := range n.Targets {
				e.bind(t)
			}
		case *python.For:
			e.bind(n.Target)
		case *python.NamedExpr:
			e.binds[n.Target.ID] = true
		case *python.With:
			for _, i := range n.Items {
				if i.Target != nil {
					e.bind(i.Target)
				}
			}
		case *python.Delete:
			for _, t := range n.Targets {
				e.bind(t)
			}
		}
		found = found || e.binds[name]
		return !found
	})
	return found
}

// derefs reports whether a statement surely fails if a variable is None: it
// reads or sets its attribute before anything else can be decided, or raises
// where it is None.
func derefs(st python.Stmt, name string) bool {
	switch st := st.(type) {
	case *python.Assign:
		for _, t := range st.Targets {
			if a, ok := t.(*python.Attribute); ok && is(a.Value, name) {
				return true
			}
		}
		return readsFrom(st.Value, name)
	case *python.AugAssign:
		a, ok := st.Target.(*python.Attribute)
		return ok && is(a.Value, name)
	case *python.ExprStmt:
		return readsFrom(st.Value, name)
	case *python.Return:
		return st.Value != nil && readsFrom(st.Value, name)
	case *python.If: // if x is None: raise
		return isMissing(st.Cond, name) && len(st.Else) == 0 && ends(st.Body[len(st.Body)-1])
	case *python.With:
		return slices.ContainsFunc(st.Body, func(st python.Stmt) bool { return derefs(st, name) })
	}
	return false
}

func is(e python.Expr, name string) bool {
	n, ok := e.(*python.Name)
	return ok && n.ID == name
}

// isMissing reports whether a condition holds where a variable is None.
func isMissing(e python.Expr, name string) bool {
	switch e := e.(type) {
	case *python.Compare:
		if len(e.Ops) != 1 || e.Ops[0] != "is" {
			return false
		}
		c, ok := e.Rest[0].(*python.Constant)
		return ok && c.Kind == python.NoneConst && is(e.First, name)
	case *python.UnaryOp:
		return e.Op == "not" && is(e.X, name)
	}
	return false
}

// readsFrom reports whether an expression reads an attribute of a variable
// whatever is decided in it, or gives the variable to what wants an object.
func readsFrom(e python.Expr, name string) bool {
	found := false
	python.Inspect(e, func(n python.Node) bool {
		switch n := n.(type) {
		case *python.Attribute:
			found = found || is(n.Value, name)
		case *python.Call:
			if a, ok := n.Func.(*python.Attribute); ok && len(n.Args) > 0 && is(n.Args[0], name) {
				found = found || slices.Contains([]string{"add", "refresh", "expire"}, a.Attr.ID)
			}
		case *python.IfExp, *python.BoolOp, *python.Lambda, *python.Comprehension:
			return false
		}
		return !found
	})
	return found
}
