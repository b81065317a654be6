package session

import (
	"slices"
	"strings"

	"sessionlint/analysis/python"
)

// readAttribute reads an attribute of a mapped object. One that a commit or a
// rollback has expired is loaded again, if the object still has a session.
func (i *interp) readAttribute(e *python.Attribute, v Value, s *State) Value {
	name := e.Attr.ID
	part := v
	part.Text, part.Many = partOf, false
	if v.Many { // a row of it, or a method of the list
		if i.asCallee[e] {
			return part
		}
		v.Many, v.Text = false, ""
		return v
	}
	if v.Text == partOf || strings.HasPrefix(name, "_") || i.asCallee[e] {
		return part
	}
	o := s.session(v)
	part.Stale, part.Class = No, ""
	if name == "awaitable_attrs" {
		i.loadedAll(o, s)
		return Value{}
	}
	if v.Stale != No && v.isSet(name) {
		return part
	}
	unloaded := v.Text != notFlushed && i.unloaded(v, name, s)
	if v.Dead && !unloaded {
		i.fine[e.Span] = i.fine[e.Span] || v.Stale != Yes
	}
	if p := i.peek(e.Value, s); unloaded && p != nil && !v.Dead {
		p.Class = "" // it is loaded from here on
	}
	switch {
	case v.Stale == No && !unloaded || o.Life == Lost:
	case v.Dead:
		i.event(Event{Kind: DetachedRead, Site: e.Span, Session: *o, Method: name, Other: o.ClosedAt, Sure: v.Stale == Yes || unloaded, Unloaded: unloaded})
	case o.Core:
	case o.Async:
		if o.Typed {
			i.event(Event{Kind: ImplicitIO, Site: e.Span, Session: *o, Method: name, Sure: v.Stale == Yes || unloaded, Unloaded: unloaded})
		}
		i.touched(e.Value, v.Class, o, s)
	default:
		m := *methods["Session.refresh"]
		m.Name, m.Begins, m.Checkout, m.Closed = "an expired attribute", true, true, "reopens"
		if v.Stale == Yes {
			i.called(&m, No, e.Span, v, s)
		} else {
			i.mayReload(o)
		}
		i.touched(e.Value, v.Class, s.session(v), s)
	}
	return part
}

// mayReload notes that an object is read that a commit has expired, if the
// session is one whose commits do.
func (i *interp) mayReload(o *Session) {
	o.Tx, o.Held = max(o.Tx, Maybe), max(o.Held, Maybe)
	if !o.Owned && o.Expires == Maybe {
		i.spell(o, 'z')
	}
}

// flushed notes that a session's new objects have rows now, and that those are
// loaded that were changed.
func (s *State) flushed(o *Session) {
	o.Merged = "" // nothing keeps it any more
	for n := range s.vars {
		v := &s.vars[n]
		if v.Kind != MappedV || s.session(*v) != o || v.Dead {
			continue
		}
		if v.Text == notFlushed {
			v.Text = inserted
		}
		if v.Set != "" { // an UPDATE needs the key, and loads everything for it
			v.Stale, v.Set = No, ""
		}
	}
}

// set notes that an attribute of an object was set: it can be read from here on,
// whatever else of the object is expired.
func (s *State) set(of Value, name string) {
	alone := of.Key == newKey || of.Key != "" && !strings.HasPrefix(of.Key, madeKey) // a row that a list may have among others
	for n := range s.vars {
		v := &s.vars[n]
		if v.Many && !of.Many && alone {
			continue
		}
		same := v.Kind == MappedV && v.Obj == of.Obj && v.Class == of.Class && sameKey(v.Key, of.Key) != No
		if same && (v.Stale != No || v.Dead) && !v.isSet(name) {
			v.Set += " " + name
		}
	}
}

// isSet reports whether an attribute was set since the object expired.
func (v Value) isSet(name string) bool { return slices.Contains(strings.Fields(v.Set), name) }

// touched notes that an object was loaded again. Others of its session may be
// the same one.
func (i *interp) touched(e python.Expr, class string, o *Session, s *State) {
	v := i.peek(e, s)
	for n := range s.vars {
		w := &s.vars[n]
		other := v != nil && (sameKey(w.Key, v.Key) == No || w.Many && !v.Many && v.Key != anyKey && v.Key != elementKey && v.Key != turnKey)
		if w.Kind == MappedV && s.session(*w) == o && w.Stale == Yes && !w.Dead && (w.Class == class || w.Class == "" || class == "") && !other {
			w.Stale = Maybe
		}
	}
	if v != nil && v.Kind == MappedV {
		v.Stale, v.Set = No, ""
	}
}

// goneOver notes that a loop goes over objects, and may load each of them.
func (i *interp) goneOver(e python.Expr, s *State) {
	if p := i.peek(e, s); p != nil && p.Kind == MappedV && !p.Dead {
		p.Stale = min(p.Stale, Maybe)
	}
}

// refreshed notes that refresh() loaded its argument.
func (i *interp) refreshed(args []argument, s *State) {
	if len(args) == 0 {
		return
	}
	if v := i.peek(args[0].expr, s); v != nil && v.Kind == MappedV {
		i.touched(args[0].expr, v.Class, s.session(*v), s)
		if len(args) > 1 { // attributes by their names
			v.Class = ""
		}
	}
}

// loadedAll notes that anything of a session's objects may have been loaded.
func (i *interp) loadedAll(o *Session, s *State) {
	for n := range s.vars {
		if v := &s.vars[n]; v.Kind == MappedV && s.session(*v) == o && !v.Dead {
			v.Stale, v.Class = min(v.Stale, Maybe), ""
		}
	}
}

// mayTouch notes that something that cannot be seen was given an object, and
// may have read it.
func (i *interp) mayTouch(v Value, s *State) {
	o := s.session(v)
	if v.Stale != Yes || v.Dead {
		return
	}
	for n := range s.vars {
		if w := &s.vars[n]; w.Kind == MappedV && s.session(*w) == o && w.Stale == Yes {
			w.Stale = Maybe
		}
	}
}

// consumes reads rows of a result. One that was not begun before its session
// was closed has lost its objects.
func (i *interp) consumes(v Value, e python.Expr, method string, at Site, s *State) {
	o := s.session(v)
	if p := i.peek(e, s); p != nil && p.Kind == ResultV && !p.Dead {
		p.Begun = true
	}
	if !v.Dead || v.Begun || o.Life == Lost || o.Core || o.Async && !strings.HasPrefix(v.Text, "stream") {
		return
	}
	i.event(Event{Kind: DeadResult, Site: at, Session: *o, Method: method, Other: o.ClosedAt, Sure: v.Text == "" || v.Text == "stream"})
}

// unloaded reports whether an attribute is a relationship that is loaded when
// it is first read, and was not asked for.
func (i *interp) unloaded(v Value, name string, s *State) bool {
	c := i.analyzer.classNamed(v.Class)
	if c == nil {
		return false
	}
	i.analyzer.sawStatements(c)
	for _, st := range c.statements() {
		var target, value python.Expr
		switch st := st.(type) {
		case *python.Assign:
			target, value = first(st.Targets), st.Value
		case *python.AnnAssign:
			target, value = st.Target, st.Value
		}
		n, ok := target.(*python.Name)
		if !ok || n.ID != name {
			continue
		}
		if ann, ok := st.(*python.AnnAssign); ok {
			sub, _ := ann.Annotation.(*python.Subscript)
			if sub != nil && dotted(sub.Value) != "Mapped" || sub != nil && i.inSession(v, sub.Index, s) {
				return false
			}
		}
		call, ok := value.(*python.Call)
		if !ok || lastPart(dotted(call.Func)) != "relationship" || i.inSession(v, first(call.Args), s) {
			return false
		}
		for _, k := range call.Keywords {
			if k.Name == "lazy" {
				text, _ := k.Value.(*python.Constant)
				return text != nil && (text.Text == "select" || text.Kind == python.TrueConst)
			}
		}
		return true
	}
	return false
}

// inSession reports whether a variable holds an object of the class that a
// relationship leads to: a parent that the session has is found without a query.
func (i *interp) inSession(v Value, target python.Expr, s *State) bool {
	name := dotted(target)
	if c, ok := target.(*python.Constant); ok {
		name = c.Text
	}
	for _, w := range s.vars {
		if w.Kind == MappedV && w.Obj == v.Obj && w.Class == name && name != "" && !w.Many {
			return true
		}
	}
	return false
}
