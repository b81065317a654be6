package session

import (
	"maps"
	"slices"
	"strings"

	"sessionlint/analysis/python"
)

// instance makes an object of a class of the file that holds a session: one
// that it is given, or one that it makes. ok is false if it holds none.
func (i *interp) instance(e *python.Call, c *class, args []argument, s *State) (rs []result, ok bool) {
	if i.shallow {
		return nil, false
	}
	init := i.analyzer.method(c, "__init__")
	if init == nil || init.selfName() == "" {
		return nil, false
	}
	i.analyzer.sawBody(init)
	starts := i.analyzer.initial(init)
	for _, attr := range slices.Sorted(maps.Keys(starts)) {
		expr := starts[attr]
		if n, isName := expr.(*python.Name); isName {
			if v := argumentFor(init.def.Params[1:], args, n.ID); v.Kind == SessionV {
				i.throws(s)
				return one(s, Value{Kind: HolderV, Obj: v.Obj, Class: c.id(), Text: attr + ":"}), true
			}
		}
		if v := i.analyzer.static(init, expr); v.Kind == SessionV && ownsIt(expr) {
			i.throws(s)
			made := i.makeSession(e, v.Text, SessionV, nil, s)
			o := s.session(made[0].value)
			o.Inside, o.Escaped = true, !i.analyzer.releases(c, attr) // one that nothing closes is reported where it is stored
			return one(s, Value{Kind: HolderV, Obj: made[0].value.Obj, Class: c.id(), Text: attr + ":"}), true
		}
	}
	return nil, false
}

// ownsIt reports whether an expression makes what it gives.
func ownsIt(e python.Expr) bool {
	_, ok := e.(*python.Call)
	return ok
}

// argumentFor returns the value of the argument for a parameter.
func argumentFor(params []*python.Param, args []argument, name string) Value {
	n := 0
	for _, a := range args {
		if a.name == name || a.name == "" && n < len(params) && params[n].Name.ID == name {
			return a.value
		}
		if a.name == "" {
			n++
		}
	}
	return Value{}
}

// initial returns what an __init__ sets the attributes of its object to.
func (a *analyzer) initial(init *function) map[string]python.Expr {
	out := map[string]python.Expr{}
	self := init.selfName()
	for _, st := range init.def.Body {
		var target, value python.Expr
		switch st := st.(type) {
		case *python.Assign:
			target, value = first(st.Targets), st.Value
		case *python.AnnAssign:
			target, value = st.Target, st.Value
		}
		if t, ok := target.(*python.Attribute); ok && value != nil && dotted(t.Value) == self {
			out[t.Attr.ID] = value
		}
	}
	return out
}

// held returns the attribute by which an object of the file holds its session.
func (v Value) heldAs() string {
	attr, _, _ := strings.Cut(v.Text, ":")
	return attr
}

// ofHolder returns what an attribute is of an object that holds a session.
func (i *interp) ofHolder(e *python.Attribute, v Value) Value {
	name := e.Attr.ID
	if v.Class == "" {
		return Value{Kind: HolderV, Obj: v.Obj, Text: v.Text + "." + name}
	}
	if name == v.heldAs() {
		return Value{Kind: SessionV, Obj: v.Obj}
	}
	v.Text = v.heldAs() + ":" + name
	return v
}

// callHolder calls a method of an object of the file that holds a session; ok
// is false if nothing is known of it.
func (i *interp) callHolder(e *python.Call, v Value, method string, args []argument, s *State, awaited bool) (rs []result, ok bool) {
	c := i.analyzer.classAt(v.Class)
	if c == nil {
		return nil, false
	}
	m := i.analyzer.method(c, method)
	if m == nil {
		return nil, false
	}
	i.receiver = &v
	defer func() { i.receiver = nil }()
	return i.callFunction(e, m, args, s, awaited, false)
}

// runHolder runs __enter__ or __exit__ of an object that holds a session, and
// returns what it gives; ok is false if nothing is known of it.
func (i *interp) runHolder(e python.Expr, v Value, async bool, method string, args []argument, s *State) (rs []result, ok bool) {
	if async {
		method = strings.Replace(method, "__", "__a", 1)
	}
	call, isCall := e.(*python.Call)
	if !isCall {
		call = &python.Call{Span: e.Pos(), Func: e}
	}
	bare := &python.Call{Span: call.Span, Func: call.Func}
	return i.callHolder(bare, v, method, args, s, true)
}

// container reports whether a method puts what it is given into a list or the like.
func container(name string) bool {
	return slices.Contains([]string{"append", "add", "insert", "put", "put_nowait", "setdefault"}, name)
}

// keeps reports whether calling a method of something that cannot be seen hands
// what it is given over for good: a list, a registry, an exit stack.
func keeps(name string) bool {
	return slices.Contains([]string{
		"append", "add", "insert", "put", "put_nowait", "setdefault", "push", "register", "callback", "push_async_callback",
		"enter_context", "enter_async_context", "addCleanup", "addfinalizer", "add_finalizer", "setattr", "set",
	}, name)
}
