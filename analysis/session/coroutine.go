package session

import (
	"fmt"

	"sessionlint/analysis/python"
)

// started makes the coroutine of a method that is called and not awaited there.
// Where it was called is kept in Class.
func started(f Value, name string, at Site) Value {
	return Value{Kind: CoroutineV, Obj: f.Obj, Text: name, Class: fmt.Sprintf("%d %d", at.Start, at.End)}
}

// notAwaited notes that a coroutine of a session is taken for its value, or left.
func (i *interp) notAwaited(_ python.Expr, v Value, s *State) {
	var at Site
	if n, _ := fmt.Sscan(v.Class, &at.Start, &at.End); n != 2 || i.replaying > 0 {
		return
	}
	o := s.session(v)
	i.event(Event{Kind: NotAwaited, Site: at, Session: *o, Method: v.Text, Sure: o.Typed || o.Async && !i.scope.awaitsMethod(o.Name, v.Text)})
}

// taken notes that something else awaits what a variable holds.
func (i *interp) taken(e python.Expr, s *State) {
	if x, ok := e.(*python.Starred); ok {
		e = x.X
	}
	if v := i.peek(e, s); v != nil && v.Kind == CoroutineV {
		*v = Value{}
	}
}

// forgotten notes the coroutines that a function leaves in its variables.
func (i *interp) forgotten(s *State) {
	for _, v := range s.vars {
		if v.Kind == CoroutineV {
			i.notAwaited(nil, v, s)
		}
	}
}
