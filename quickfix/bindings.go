package quickfix

import "sessionlint/analysis/python"

// bindings are the names that code binds, without those of the functions and
// classes within.
type bindings map[string]bool

func bindingsOf(body ...python.Stmt) bindings {
	b := bindings{}
	for _, st := range body {
		python.Inspect(st, b.node)
	}
	return b
}

func (b bindings) node(n python.Node) bool {
	switch n := n.(type) {
	case *python.FunctionDef:
		b[n.Name.ID] = true
		return false
	case *python.ClassDef:
		b[n.Name.ID] = true
		return false
	case *python.Lambda:
		return false
	case *python.Import:
		b.aliases(n.Names)
	case *python.ImportFrom:
		b.aliases(n.Names)
	case *python.Assign:
		for _, t := range n.Targets {
			b.target(t)
		}
	case *python.AugAssign:
		b.target(n.Target)
	case *python.AnnAssign:
		if n.Value != nil {
			b.target(n.Target)
		}
	case *python.NamedExpr:
		b.target(n.Target)
	case *python.For:
		b.target(n.Target)
	case *python.WithItem:
		b.target(n.Target)
	case *python.With:
		for _, i := range n.Items {
			b.target(i.Target)
		}
	case *python.Try:
		for _, h := range n.Handlers {
			if h.Name != nil {
				b[h.Name.ID] = true
			}
		}
	case *python.Match:
		for _, c := range n.Cases {
			for _, name := range c.Binds {
				b[name.ID] = true
			}
		}
	}
	return true
}

func (b bindings) aliases(names []*python.Alias) {
	for _, a := range names {
		if a.As != "" {
			b[a.As] = true
		} else {
			b[firstPart(a.Name)] = true
		}
	}
}

func (b bindings) target(t python.Expr) {
	switch t := t.(type) {
	case *python.Name:
		if t != nil {
			b[t.ID] = true
		}
	case *python.Tuple:
		for _, x := range t.Elts {
			b.target(x)
		}
	case *python.List:
		for _, x := range t.Elts {
			b.target(x)
		}
	case *python.Starred:
		b.target(t.X)
	}
}

// sure adds the names that a statement binds whenever control comes behind it.
func (b bindings) sure(st python.Stmt) {
	switch st := st.(type) {
	case *python.Assign, *python.AnnAssign, *python.AugAssign, *python.Import, *python.ImportFrom, *python.FunctionDef, *python.ClassDef:
		for name := range bindingsOf(st) {
			b[name] = true
		}
	case *python.With: // one that swallows may leave its body early
		for _, i := range st.Items {
			b.target(i.Target)
		}
	case *python.If:
		then, other := bindings{}, bindings{}
		for _, x := range st.Body {
			then.sure(x)
		}
		for _, x := range st.Else {
			other.sure(x)
		}
		for name := range then {
			if other[name] {
				b[name] = true
			}
		}
	}
}

func firstPart(path string) string {
	for n := range len(path) {
		if path[n] == '.' {
			return path[:n]
		}
	}
	return path
}
