package session

import (
	"slices"
	"strings"

	"sessionlint/analysis/python"
)

// makeSession makes a new session.
func (i *interp) makeSession(e *python.Call, text string, kind ValueKind, args []argument, s *State) []result {
	o := Session{
		Made:      e.Span,
		Owned:     true,
		Async:     strings.Contains(text, "async"),
		Autoflush: autoflush(text, e),
		Guess:     strings.HasSuffix(text, "?") && !i.module.Uses("sqlalchemy", "sqlmodel"),
	}
	i.sessions = true
	o.Joined = slices.ContainsFunc(args, isConnection)
	if kind == BegunV {
		o.Block = Yes
	}
	for n := range s.sessions {
		if s.sessions[n].Made == o.Made { // a loop comes here again
			i.end(&s.sessions[n], Replaced)
			for v := range s.vars {
				if s.vars[v].onSession() && s.vars[v].Obj == ObjectID(n) {
					s.vars[v] = Value{}
				}
			}
			s.sessions[n] = o
			return one(s, Value{Kind: kind, Obj: ObjectID(n)})
		}
	}
	s.sessions = append(s.sessions, o)
	return one(s, Value{Kind: kind, Obj: ObjectID(len(s.sessions) - 1)})
}

// isConnection reports whether an argument is a connection, as far as its value
// or its name tells. The commits of a session that is bound to one are kept or
// undone by whoever began the connection's transaction.
func isConnection(a argument) bool {
	if a.value.Kind == ConnectionV {
		return true
	}
	if a.value.Kind != Unknown {
		return false
	}
	switch name := strings.ToLower(lastPart(dotted(a.expr))); name {
	case "conn", "connection", "bind":
		return true
	}
	return false
}

// autoflush tells whether a session sends pending changes before it queries, by
// what is known of its maker and the call that makes it.
func autoflush(maker string, e *python.Call) Tri {
	answer := Yes
	switch {
	case strings.Contains(maker, "noflush"):
		answer = No
	case strings.Contains(maker, "?"):
		answer = Maybe
	}
	return autoflushArgument(e, answer)
}

func autoflushArgument(e *python.Call, answer Tri) Tri {
	for _, k := range e.Keywords {
		switch c, _ := k.Value.(*python.Constant); {
		case k.Name == "":
			answer = min(answer, Maybe)
		case k.Name != "autoflush":
		case c != nil && c.Kind == python.TrueConst:
			answer = Yes
		case c != nil && c.Kind == python.FalseConst:
			return No
		default:
			answer = Maybe
		}
	}
	return answer
}

// makerText packs what is known of a maker into the text of a MakerVal.
func makerText(async bool, e *python.Call) string {
	t := asyncText(async)
	switch autoflushArgument(e, Yes) {
	case No:
		t += " noflush"
	case Maybe:
		t += " ?flush"
	}
	return t
}
