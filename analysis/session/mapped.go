package session

import (
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

// attach makes the objects that are added to a session its mapped objects.
func (i *interp) attach(f Value, args []argument, s *State) {
	for _, a := range args {
		e := a.expr
		if w, ok := e.(*python.NamedExpr); ok {
			e = w.Target
		}
		switch p := i.peek(e, s); {
		case p == nil:
		case p.Kind == NewV || p.Kind == Unknown:
			*p = Value{Kind: MappedV, Obj: f.Obj, Class: p.Class, Text: notFlushed}
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
	if o.Life == Open && !v.Dead {
		i.wrote(o, writes, at)
		if writes == Yes {
			i.spell(o, 's')
			i.misused(&Method{Name: "setting an attribute", Begins: true}, at, o, s.failing)
			o.begin(at, "an attribute set")
			o.Pending = true
		}
	}
}

// loaded reports whether a variable holds an object of an entity that is loaded
// and not expired: the session may find it without asking the database.
func (s *State) loaded(f Value, entity string) bool {
	for _, v := range s.vars {
		if v.Kind == MappedV && v.Obj == f.Obj && v.Class == entity && entity != "" && v.Stale == No && !v.Dead && !v.Many {
			return true
		}
	}
	return false
}

// reloaded notes that objects of an entity may have been loaded again.
func (s *State) reloaded(f Value, entity string) {
	for n := range s.vars {
		if v := &s.vars[n]; v.Kind == MappedV && v.Obj == f.Obj && v.Stale == Yes && !v.Dead && (v.Class == entity || entity == "" || v.Class == "") {
			v.Stale = Maybe
		}
	}
}
