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
	o.Typed = !strings.HasSuffix(text, "?") && !strings.Contains(text, "?class")
	if strings.HasSuffix(text, "?") {
		o.Maker = dotted(e.Func)
	}
	o.Expires = expires(text, e)
	o.Auto = strings.Contains(text, "autocommit") || slices.ContainsFunc(args, func(a argument) bool {
		return a.value.Kind == EngineV && strings.Contains(a.value.Text, "autocommit")
	})
	o.Joined = slices.ContainsFunc(args, isConnection)
	return one(s, Value{Kind: kind, Obj: i.install(o, e.Span, s)})
}

// connect takes a connection from an engine.
func (i *interp) connect(e *python.Call, text string, kind ValueKind, s *State) []result {
	i.throws(s)
	async := strings.Contains(text, "async")
	o := Session{Owned: true, Core: true, Async: async, Typed: !strings.Contains(text, "?")}
	o.Auto = strings.Contains(text, "autocommit")
	return one(s, Value{Kind: kind, Obj: i.install(o, e.Span, s)})
}

// isConnection reports whether an argument is a connection, as far as its value
// or its name tells. The commits of a session that is bound to one are kept or
// undone by whoever began the connection's transaction.
func isConnection(a argument) bool {
	if a.value.Kind == ConnectionV {
		return true
	}
	if a.value.Kind == SessionV {
		return true // of the Core: nothing else is bound to
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
	return flag(e, "autoflush", answer)
}

// expires tells whether a commit expires the objects of a session.
func expires(maker string, e *python.Call) Tri {
	answer := Yes
	switch {
	case strings.Contains(maker, "noexpire") && !strings.Contains(maker, "?expire"):
		answer = No
	case strings.Contains(maker, "?expire") || strings.Contains(maker, "?") && strings.Contains(maker, "async"):
		answer = Maybe // asynchronous factories mostly keep what is loaded
	}
	return flag(e, "expire_on_commit", answer)
}

// flag returns what a call sets an option to, or else what is known of it.
func flag(e *python.Call, name string, answer Tri) Tri {
	for _, k := range e.Keywords {
		switch c, _ := k.Value.(*python.Constant); {
		case k.Name == "":
			answer = Maybe
		case k.Name != name:
		case c != nil && c.Kind == python.TrueConst:
			return Yes
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
	switch flag(e, "autoflush", Yes) {
	case No:
		t += " noflush"
	case Maybe:
		t += " ?flush"
	}
	switch flag(e, "expire_on_commit", Yes) {
	case No:
		t += " noexpire"
	case Maybe:
		t += " ?expire"
	}
	return t
}

// autocommit returns the mark of an engine that commits every statement, if a
// call's options say so.
func autocommit(e *python.Call) string {
	for _, k := range e.Keywords {
		if c, ok := k.Value.(*python.Constant); ok && k.Name == "isolation_level" && strings.EqualFold(c.Text, "AUTOCOMMIT") {
			return " autocommit"
		}
	}
	return ""
}
