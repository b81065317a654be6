package session

import (
	"maps"
	"slices"
	"strings"

	"sessionlint/analysis/flow"
	"sessionlint/analysis/python"
)

// A unit of work is an object whose __enter__ makes a session:
//
//	def __enter__(self):
//	    self.session = self.session_factory()
//	    return self

// enterUnit enters an object that makes a session when it is entered; ok is false
// if that is not what its class says.
func (i *interp) enterUnit(n *flow.Enter, v Value, s *State) (out []outcome, ok bool) {
	var c *class
	switch v.Kind {
	case ObjectV:
		c = i.analyzer.classAt(v.Text)
	case NewV:
		c = i.analyzer.classNamed(v.Class)
	}
	if c == nil || i.shallow {
		return nil, false
	}
	enter, made := i.analyzer.entering(c, n.With.Async)
	if enter == nil {
		return nil, false
	}
	attr, maker := i.analyzer.opened(c, enter)
	if attr == "" {
		return nil, false
	}
	call, isCall := n.Item.Context.(*python.Call)
	if !isCall {
		call = &python.Call{Span: n.Item.Context.Pos(), Func: n.Item.Context}
	}
	i.throws(s)
	for _, r := range i.makeSession(call, maker, SessionV, nil, s) {
		o := r.state.session(r.value)
		o.Escaped = !i.analyzer.releases(c, attr) // one that nothing closes is reported where it is stored
		held := Value{Kind: HolderV, Obj: r.value.Obj, Class: c.id(), Text: attr + ":"}
		r.state.vars[i.scope.items[n.Item]] = held
		if n.Item.Target != nil {
			if made != "" { // the session itself
				held = Value{Kind: SessionV, Obj: r.value.Obj}
			}
			i.assign(n.Item.Target, held, r.state)
		}
		out = append(out, outcome{r.state, flow.Next})
	}
	return out, true
}

// entering returns the method that enters an object of a class, if it gives the
// object itself or one of its attributes, which is named then.
func (a *analyzer) entering(c *class, async bool) (enter *function, attr string) {
	name := "__enter__"
	if async {
		name = "__aenter__"
	}
	m := a.method(c, name)
	if m == nil || m.selfName() == "" || len(m.def.Body) == 0 {
		return nil, ""
	}
	a.sawBody(m)
	r, ok := m.def.Body[len(m.def.Body)-1].(*python.Return)
	if !ok {
		return nil, ""
	}
	switch of := dotted(r.Value); {
	case of == m.selfName():
		return m, ""
	case strings.HasPrefix(of, m.selfName()+"."):
		return m, strings.TrimPrefix(of, m.selfName()+".")
	}
	return nil, ""
}

// opened returns the attribute under which a method keeps the one session that it
// makes, and what makes it; "" if there is none.
func (a *analyzer) opened(c *class, m *function) (attr, maker string) {
	sets := a.initial(m)
	for _, name := range slices.Sorted(maps.Keys(sets)) {
		call, ok := sets[name].(*python.Call)
		if !ok {
			continue
		}
		var made Value
		if of, isOwn := strings.CutPrefix(dotted(call.Func), m.selfName()+"."); isOwn {
			made = a.attributes(c)[of]
		} else {
			made = a.static(m, call.Func)
		}
		switch made.Kind {
		case MakerVal:
		case Unknown:
			if made = a.static(m, call); made.Kind != SessionV || strings.HasPrefix(made.Text, "proxy") {
				continue
			}
		default:
			continue
		}
		if attr != "" {
			return "", ""
		}
		attr, maker = name, made.Text
	}
	return attr, maker
}

// exitArguments are what __exit__ is given.
func exitArguments(exception bool) []argument {
	v := Value{Kind: None}
	if exception {
		v = Value{Kind: NotNone}
	}
	a := argument{expr: &python.Constant{}, value: v, raw: v}
	return []argument{a, a, a}
}
