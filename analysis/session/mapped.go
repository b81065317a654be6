package session

import (
	"slices"
	"strconv"
	"strings"

	"sessionlint/analysis/python"
)

// mark changes what is known of the object that is a method's argument.
func (i *interp) mark(args []argument, s *State, change func(*Value)) {
	if len(args) > 0 {
		if v := i.peek(args[0].expr, s); v != nil && v.Kind == MappedV {
			change(v)
		}
	}
}

// changed reports whether what is merged is new or was changed: one that was
// only detached brings nothing that a commit would save.
func changed(a argument) bool {
	_, made := a.expr.(*python.Call)
	return made || a.value.Kind == NewV || a.value.Kind == MappedV && a.value.Set != ""
}

// lostObject reports whether the object that is a method's argument was the
// session's before it was closed.
func (i *interp) lostObject(args []argument, f Value, s *State) bool {
	if len(args) == 0 {
		return false
	}
	v := i.peek(args[0].expr, s)
	return v != nil && v.Kind == MappedV && v.Dead && v.Obj == f.Obj && !v.Many
}

// attach makes the objects that are added to a session its mapped objects.
func (i *interp) attach(f Value, args []argument, s *State) {
	for _, a := range args {
		e := a.expr
		if w, ok := e.(*python.NamedExpr); ok {
			e = w.Target
		}
		switch p := i.peek(e, s); {
		case p == nil:
		case p.Kind == NewV:
			*p = Value{Kind: MappedV, Obj: f.Obj, Class: p.Class, Text: notFlushed, Key: newKey}
		case p.Kind == Unknown: // it may have a row already
			*p = Value{Kind: MappedV, Obj: f.Obj, Class: p.Class, Text: added}
		case p.Kind == MappedV && p.Dead: // it has a session again
			*p = Value{Kind: MappedV, Obj: f.Obj, Stale: Maybe}
		}
	}
}

// mayWrite notes what may be a change through something that hangs on a session.
func (i *interp) mayWrite(v Value, kind OpKind, at Site, s *State) {
	i.writeTo(v, "", Maybe, kind, at, s)
}

// writeTo notes a change, of an attribute if it is one.
func (i *interp) writeTo(v Value, attribute string, writes Tri, kind OpKind, at Site, s *State) {
	o := s.session(v)
	i.op(v, at, Op{Kind: kind, Method: attribute, Writes: writes}, s)
	if o.Life == Closed && !v.Dead && !o.Core && writes == Yes && s.named(v) {
		i.reopen(o, "setting an attribute", false, Yes, at)
	}
	if (o.Life == Open || o.Reopened != (Reopening{})) && !v.Dead {
		i.wrote(o, writes, at)
		if writes == Yes {
			i.spell(o, 's')
			i.misused(&Method{Name: "setting an attribute", Begins: true}, at, o, s.failing)
			o.begin(at, "an attribute set")
			o.Pending = true
		}
	}
}

// named reports whether a variable still holds the session of a value: what has
// none is collected.
func (s *State) named(v Value) bool {
	return slices.ContainsFunc(s.vars, func(w Value) bool { return w.Kind == SessionV && w.Obj == v.Obj })
}

// loaded tells whether a variable holds an object of an entity that is loaded
// and not expired: the session finds it without asking the database.
func (i *interp) loaded(f Value, entity, key string, s *State) Tri {
	found := No
	if class, id, ok := strings.Cut(s.session(f).Merged, " "); ok && class == entity {
		found = sameKey(id, key)
	}
	for _, v := range s.vars[i.scope.hidden:] { // not what a loop may give
		if v.Many && !isConstKey(key) || v.isNew() || v.Key == newKey && (i.isParameter(key) || isCallKey(key)) { // not what a list holds, mostly
			continue
		}
		if v.Kind == MappedV && v.Obj == f.Obj && v.Class == entity && entity != "" && v.Stale == No && !v.Dead {
			found = max(found, sameKey(v.Key, key))
		}
	}
	return found
}

// lists reports whether the session has a list of an entity's objects.
func (i *interp) lists(f Value, entity string, s *State) bool {
	return slices.ContainsFunc(s.vars[i.scope.hidden:], func(v Value) bool {
		return v.Kind == MappedV && v.Many && v.Obj == f.Obj && v.Class == entity && entity != "" && v.Stale == No && !v.Dead
	})
}

// isParameter reports whether a key is what the function was given.
func (i *interp) isParameter(key string) bool {
	return i.function != nil && i.function.def != nil && slices.ContainsFunc(i.function.def.Params, func(p *python.Param) bool { return p.Name.ID == key })
}

// reloaded notes that objects of an entity, or the one with a key, may have been
// loaded again. A key that the function was given is that of no object which it
// has made.
func (s *State) reloaded(f Value, entity, key string, given bool) {
	for n := range s.vars {
		if given && s.vars[n].Key == newKey {
			continue
		}
		if v := &s.vars[n]; v.Kind == MappedV && v.Obj == f.Obj && v.Stale == Yes && !v.Dead && (v.Class == entity || entity == "" || v.Class == "") && sameKey(v.Key, key) != No && !(v.Many && key != "") {
			v.Stale = Maybe
		}
	}
}

// keyOf returns how the primary key is given that get() looks for: a constant,
// or the path of a variable.
func keyOf(m *Method, e *python.Call) string {
	var key python.Expr
	switch m.Name {
	case "get", "get_one":
		if len(e.Args) > 1 {
			key = e.Args[1]
		}
	case "merge":
		if c, ok := first(e.Args).(*python.Call); ok {
			if n := slices.IndexFunc(c.Keywords, func(k *python.Keyword) bool { return k.Name == "id" }); n >= 0 {
				key = c.Keywords[n].Value
			}
		}
	}
	switch key := key.(type) {
	case *python.Constant:
		return key.Text
	case *python.Call:
		return madeKey + strconv.Itoa(key.Start)
	}
	return dotted(key)
}

// isConstKey reports whether a key is a number or a text.
func isConstKey(key string) bool { return key != "" && strings.IndexByte("0123456789'\"", key[0]) >= 0 }

// isCallKey reports whether a key is what a call gives.
func isCallKey(key string) bool {
	return len(key) > 1 && strings.HasPrefix(key, madeKey) && '0' <= key[1] && key[1] <= '9'
}

// madeKey begins the key of what a call gives: each time another one, perhaps.
const madeKey = "("

// newKey is the key of a new object's row, which no constant names.
const newKey = "(new"

// elementKey is the key of what a loop goes over, turnKey that of what it has in
// its turn, and anyKey that of a row among
// all that there are.
const (
	elementKey = "(element"
	turnKey    = "(turn"
	anyKey     = "(any"
)

// ofAll returns the key of a row that comes out of what a value gives.
func (v Value) ofAll() string {
	if v.Key == anyKey {
		return anyKey
	}
	return ""
}

// sameKey tells whether two keys are the same row's. Two variables, or a variable
// and a constant, are taken to name two rows.
func sameKey(a, b string) Tri {
	switch {
	case a == "" || b == "" || a == anyKey || b == anyKey:
		return Maybe
	case a == newKey || b == newKey:
		if isConstKey(a) || isConstKey(b) || isCallKey(a) || isCallKey(b) {
			return No
		}
		return Maybe
	case a == elementKey && isConstKey(b), b == elementKey && isConstKey(a): // a list has what a constant names
		return Maybe
	case a == b && strings.HasPrefix(a, madeKey):
		return Maybe
	case a == b:
		return Yes
	}
	return No
}
