package session

import (
	"maps"
	"sessionlint/analysis/python"
	"slices"
)

// concurrent calls something that runs what it is given beside this function;
// ok is false if it is not known to.
func (i *interp) concurrent(e *python.Call, path string, args []argument, s *State, awaited bool) (rs []result, ok bool) {
	name := lastPart(path)
	switch {
	case name == "gather" || path == "asyncio.wait" || path == "asyncio.as_completed":
		i.together(e, args, s)
		return one(s, Value{}), true
	case slices.Contains([]string{"create_task", "ensure_future", "start_soon"}, name):
		return i.background(e, args, s, awaited), true
	case slices.Contains([]string{"run_in_executor", "submit", "add_task"}, name) && len(args) > 0:
		return i.background(e, args, s, awaited), true
	case name == "to_thread" && !awaited:
		if objs := i.handedOver(args, s); len(objs) > 0 {
			return one(s, Value{Kind: CoroutineV, Obj: objs[0], Text: "?"}), true
		}
	case name == "Timer" && len(args) > 1:
		return i.background(e, args, s, false), true
	case name == "Thread" && hasKeyword(e, "target"):
		return i.background(e, args, s, false), true
	case slices.Contains([]string{"map", "starmap", "imap", "imap_unordered", "map_async", "starmap_async"}, name) && path != "map":
		return i.mapped(e, args, s)
	}
	return nil, false
}

// mapped hands a session to each call that a pool makes; ok is false if none is
// handed over.
func (i *interp) mapped(e *python.Call, args []argument, s *State) (rs []result, ok bool) {
	for _, a := range args {
		v := i.carrier(a.value, s)
		if v.Kind == CarrierV || v.Kind == SessionV || v.Kind == CoroutineV {
			i.event(Event{Kind: Shared, Site: e.Span, Session: *s.session(v), Method: "map", Other: e.Span, Sure: true})
			i.throws(s)
			return one(s, Value{}), true
		}
	}
	return nil, false
}

func hasKeyword(e *python.Call, name string) bool {
	return slices.ContainsFunc(e.Keywords, func(k *python.Keyword) bool { return k.Name == name })
}

// together hands sessions to coroutines that run side by side.
func (i *interp) together(e *python.Call, args []argument, s *State) {
	count := map[ObjectID]int{}
	for _, a := range args {
		v := i.carrier(a.value, s)
		_, starred := a.expr.(*python.Starred)
		if v.Kind == CoroutineV || v.Kind == TaskV || v.Kind == CarrierV && starred {
			count[v.Obj]++
			if v.Many || v.Kind == CarrierV { // one for each element
				count[v.Obj]++
			}
		}
		i.taken(a.expr, s)
	}
	for _, obj := range slices.Sorted(maps.Keys(count)) {
		n := count[obj]
		o := s.session(Value{Kind: SessionV, Obj: obj})
		if o == nil {
			continue
		}
		o.TaskAt = Site{}
		if n > 1 {
			i.event(Event{Kind: Shared, Site: e.Span, Session: *o, Method: "gather", Other: e.Span, Sure: true})
		}
	}
	i.throws(s)
}

// background hands sessions to something that runs on while this function does.
func (i *interp) background(e *python.Call, args []argument, s *State, awaited bool) []result {
	task := Value{}
	for _, obj := range i.handedOver(args, s) {
		o := s.session(Value{Kind: SessionV, Obj: obj})
		name := attrOf(e.Func)
		switch {
		case awaited:
			continue
		case name == "add_task" && !o.Owned:
			i.event(Event{Kind: Shared, Site: e.Span, Session: *o, Method: name, Other: e.Span, Sure: true})
			continue
		case o.TaskAt != (Site{}):
			i.event(Event{Kind: Shared, Site: e.Span, Session: *o, Method: name, Other: o.TaskAt, Sure: true})
		}
		o.TaskAt = e.Span
		task = Value{Kind: TaskV, Obj: obj}
		i.unseen(Value{Kind: SessionV, Obj: obj}, e.Span, s)
		i.spell(o, 'h')
	}
	i.throws(s)
	return one(s, task)
}

// appended notes a coroutine or task that is put into a list.
func (i *interp) appended(e *python.Call, args []argument, s *State) {
	a, ok := e.Func.(*python.Attribute)
	if !ok || len(args) != 1 || a.Attr.ID != "append" || args[0].value.Kind != CoroutineV {
		return
	}
	if v := i.peek(a.Value, s); v != nil {
		*v = Value{Kind: CoroutineV, Obj: args[0].value.Obj, Text: args[0].value.Text, Many: v.Kind == CoroutineV || i.scope.inLoop(e.Span)}
	}
}

// handedOver returns the sessions among the arguments of what starts a task:
// those that a coroutine works with, and those that stand there themselves.
func (i *interp) handedOver(args []argument, s *State) []ObjectID {
	var out []ObjectID
	add := func(v Value) {
		v = i.carrier(v, s)
		if (v.Kind == SessionV || v.Kind == CoroutineV || v.Kind == HolderV || v.Kind == CarrierV || v.Kind == BoundV) && !slices.Contains(out, v.Obj) {
			out = append(out, v.Obj)
		}
	}
	for _, a := range args {
		add(a.value)
		if t, ok := a.expr.(*python.Tuple); ok { // Thread(target=f, args=(session,))
			for _, x := range t.Elts {
				if v := i.peek(x, s); v != nil {
					add(*v)
				}
			}
		}
		if d, ok := a.expr.(*python.Dict); ok && a.name == "kwargs" {
			for _, x := range d.Values {
				if v := i.peek(x, s); v != nil {
					add(*v)
				}
			}
		}
	}
	return out
}

// joined notes that a function waits for what it started with a session.
func (i *interp) joined(v Value, s *State) {
	if o := s.session(v); o != nil {
		o.TaskAt = Site{}
	}
}

// allJoined notes that a task group or an executor has ended: all tasks have.
func (s *State) allJoined() {
	for n := range s.sessions {
		s.sessions[n].TaskAt = Site{}
	}
}

// outlived notes that a session is closed while a task still has it.
func (i *interp) outlived(o *Session, at Site, with bool, s *State) {
	if o.TaskAt == (Site{}) || s.failing || o.Life != Open {
		return
	}
	if with && o.Owned {
		i.event(Event{Kind: OutOfBlock, Site: o.TaskAt, Session: *o, Method: "handed session", Other: at, Sure: true})
	} else {
		i.event(Event{Kind: Shared, Site: o.TaskAt, Session: *o, Other: at, Sure: true})
	}
	o.TaskAt = Site{}
}

// meanwhile notes that a function uses a session that a task has.
func (i *interp) meanwhile(o *Session, at Site) {
	if o.TaskAt != (Site{}) && o.TaskAt != at {
		i.event(Event{Kind: Shared, Site: o.TaskAt, Session: *o, Other: at, Sure: true})
		o.TaskAt = Site{}
	}
}
