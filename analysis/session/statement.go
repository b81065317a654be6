package session

import (
	"slices"
	"strings"

	"sessionlint/analysis/python"
)

// entity returns the first argument of select(…), get(…) or query(…), where it
// is a name.
func entity(e *python.Call) string {
	if len(e.Args) == 0 {
		return ""
	}
	return dotted(e.Args[0])
}

// onlyColumns reports whether select(…) or query(…) names columns and functions
// only, such as User.id or func.count().
func onlyColumns(e *python.Call) bool {
	for _, a := range e.Args {
		switch a := a.(type) {
		case *python.Attribute:
			if name := a.Attr.ID; 'A' <= name[0] && name[0] <= 'Z' { // models.User
				return false
			}
		case *python.Call:
		default:
			return false
		}
	}
	return len(e.Args) > 0
}

// namesEntity reports whether an argument of a statement is a mapped class or a
// column of one, by how such classes are named. Before a statement over tables
// alone a session does not flush (until 2.1).
func namesEntity(e *python.Call) bool {
	for _, a := range e.Args {
		path := dotted(a)
		if strings.Contains(path, "__table__") {
			return false
		}
		for part := range strings.SplitSeq(path, ".") {
			if part != "" && 'A' <= part[0] && part[0] <= 'Z' {
				return true
			}
		}
	}
	return false
}

// textStatement tells from the words of text("…") whether it reads.
func textStatement(e *python.Call) string {
	if len(e.Args) == 0 {
		return "maybe"
	}
	c, ok := e.Args[0].(*python.Constant)
	if !ok || c.Kind != python.StringConst {
		return "maybe"
	}
	word, _, _ := strings.Cut(strings.TrimSpace(c.Text), " ")
	switch strings.ToLower(strings.Trim(word, "\n\r\t(;")) {
	case "select", "show", "explain", "pragma", "set", "values":
		return "read"
	case "insert", "update", "delete", "merge", "replace", "truncate":
		return "write"
	}
	return "maybe"
}

// builtin calls a builtin function; ok is false if it is not known.
func (i *interp) builtin(e *python.Call, name string, args []argument, s *State) (rs []result, ok bool) {
	switch {
	case folding[name]:
		for _, a := range args {
			i.iterate(result{s, a.value}, a.expr)
		}
		return one(s, Value{}), true
	case pure[name]:
		return one(s, Value{}), true
	case lazy[name]:
		for _, a := range args {
			if a.value.onSession() {
				return one(s, a.value), true
			}
		}
		return one(s, Value{}), true
	}
	if !collecting[name] || len(args) == 0 {
		return nil, false
	}
	v := args[0].value
	i.iterate(result{s, v}, args[0].expr)
	return one(s, i.elementOf(v)), true
}

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

// handOut notes the sessions and mapped objects that a call is given: what it
// does to them is not known.
func (i *interp) handOut(e *python.Call, args []argument, s *State) {
	for _, a := range args {
		switch a.value.Kind {
		case SessionV:
			i.write(a.value, Maybe, OpHandOut, e.Span, s)
			i.op(a.value, e.Span, Op{Kind: OpHandOut, Whole: true}, s)
			if o := s.session(a.value); o.Reopened != (Reopening{}) {
				o.Life, o.Reopened = Lost, Reopening{} // it may close or commit
			}
		case MappedV:
			i.write(a.value, Maybe, OpHandOut, e.Span, s)
		}
	}
}

// throws notes that an exception can leave the current node in this state.
func (i *interp) throws(s *State) {
	c := s.clone()
	c.thrown = ""
	i.raised = append(i.raised, c)
}
