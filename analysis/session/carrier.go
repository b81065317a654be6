package session

import (
	"maps"
	"slices"

	"sessionlint/analysis/python"
)

// carries returns a function that has a session with it: a lambda or a function
// inside of this one that reads a variable which holds a session.
func (i *interp) carries(n python.Node, s *State) Value {
	found := Value{}
	python.Inspect(n, func(n python.Node) bool {
		e, ok := n.(python.Expr)
		if !ok {
			return true
		}
		if v := i.peek(e, s); v != nil && v.Kind == SessionV {
			found = Value{Kind: CarrierV, Obj: v.Obj}
		}
		return found.Kind == Unknown
	})
	return found
}

// carrier returns what a function value carries: a method of self has the
// session of self with it, a function inside of this one what it reads.
func (i *interp) carrier(v Value, s *State) Value {
	if v.Kind != FuncV {
		return v
	}
	f := i.named(v.Text)
	switch {
	case f == nil:
		return v
	case f.local:
		if c := i.carries(f.def, s); c.Kind == CarrierV {
			return c
		}
	case f.class != nil && f.selfName() != "" && i.function.selfName() != "":
		for _, attr := range slices.Sorted(maps.Keys(i.analyzer.attributes(f.class))) {
			session, ok := i.variable(i.function.selfName()+"."+attr, s)
			if ok && session.Kind == SessionV && mentions(f.def.Body, f.selfName()+"."+attr) {
				return Value{Kind: CarrierV, Obj: session.Obj}
			}
		}
	}
	return v
}

// locks reports whether a function inside of this one waits for a lock that this
// one made.
func (i *interp) locks(f *function, s *State) bool {
	found := false
	for _, st := range f.def.Body {
		python.Inspect(st, func(n python.Node) bool {
			if w, ok := n.(*python.With); ok && f.local {
				for _, item := range w.Items {
					v := i.peek(item.Context, s)
					found = found || v != nil && v.Kind == LockV
				}
			}
			return !found
		})
	}
	return found
}

// mentions reports whether a path stands in some statements.
func mentions(body []python.Stmt, path string) bool {
	found := false
	for _, st := range body {
		python.Inspect(st, func(n python.Node) bool {
			if e, ok := n.(python.Expr); ok {
				found = found || dotted(e) == path
			}
			return !found
		})
	}
	return found
}
