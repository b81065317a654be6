package session

import (
	"slices"
	"strings"

	"sessionlint/analysis/project"
	"sessionlint/analysis/python"
)

// pure are the builtins that do nothing to what they are given but look at it.
var pure = map[string]bool{
	"len": true, "print": true, "str": true, "repr": true, "bool": true, "int": true, "float": true,
	"isinstance": true, "issubclass": true, "type": true, "id": true, "range": true, "hash": true, "hasattr": true,
	"abs": true, "round": true, "callable": true,
}

// folding are the builtins that run through what they are given and give a
// plain value of it.
var folding = map[string]bool{"min": true, "max": true, "sum": true, "any": true, "all": true}

// lazy are the builtins that run through what they are given later.
var lazy = map[string]bool{"iter": true, "enumerate": true, "zip": true, "map": true, "filter": true}

// collecting are the builtins that run through their first argument at once and
// give its elements, or something over them.
var collecting = map[string]bool{
	"list": true, "tuple": true, "set": true, "sorted": true, "dict": true, "frozenset": true, "next": true, "reversed": true,
}

// An argument is one argument of a call, with its value.
type argument struct {
	expr  python.Expr
	name  string
	value Value
}

// call evaluates a call. A generator that stands as an argument is run through
// at once.
func (i *interp) call(e *python.Call, s *State) []result {
	var out []result
	template := arguments(e)
	for _, f := range i.eval(e.Func, s) {
		lists := []results{{state: f.state}}
		for _, a := range template {
			lists = i.argument(a.expr, lists)
		}
		for _, l := range lists {
			args := slices.Clone(template)
			for n := range args {
				args[n].value = l.values[n]
			}
			out = append(out, i.apply(e, f.value, args, l.state)...)
		}
	}
	return i.few(out)
}

// arguments returns the arguments of a call in the order in which they are
// evaluated, without their values.
func arguments(e *python.Call) []argument {
	var out []argument
	for _, x := range e.Args {
		out = append(out, argument{expr: x})
	}
	for _, k := range e.Keywords {
		out = append(out, argument{expr: k.Value, name: k.Name})
	}
	return out
}

// argument evaluates one more argument in each of several states.
func (i *interp) argument(x python.Expr, lists []results) []results {
	var out []results
	for _, l := range lists {
		var rs []result
		if c, ok := x.(*python.Comprehension); ok {
			rs = i.comprehension(c, l.state, true)
		} else {
			rs = i.eval(x, l.state)
		}
		for _, r := range rs {
			switch r.value.Kind {
			case None, Truthy, Falsy, NotNone: // how it would come out in a condition does not matter
				r.value = Value{}
			}
			out = append(out, results{r.state, append(l.values[:len(l.values):len(l.values)], r.value)})
		}
	}
	return i.fewLists(out)
}

// apply calls a value.
func (i *interp) apply(e *python.Call, f Value, args []argument, s *State) []result {
	switch f.Kind {
	case MakerVal:
		return i.makeSession(e, f.Text, SessionV, args, s)
	case MakerBegin:
		return i.makeSession(e, f.Text, BegunV, args, s)
	case StmtV:
		st := f.statement()
		st.core = st.core || slices.ContainsFunc(args, func(a argument) bool { return strings.Contains(dotted(a.expr), "__table__") })
		f.Text = st.text()
		return one(s, f)
	case BoundV:
		return i.method(e, f, args, s)
	case Imported:
		if rs, ok := i.library(e, f.Text, args, s); ok {
			return rs
		}
	case MappedV:
		i.write(f, Maybe, OpMethod, e.Span, s)
		i.handOut(e, args, s)
		i.throws(s)
		return one(s, Value{})
	}
	if n, ok := e.Func.(*python.Name); ok && f.Kind == Unknown && !i.scope.bound[n.ID] {
		if rs, ok := i.builtin(e, n.ID, args, s); ok {
			return rs
		}
	}
	i.handOut(e, args, s)
	i.throws(s)
	if a, ok := e.Func.(*python.Attribute); ok && (a.Attr.ID == "connect" || a.Attr.ID == "get_bind") {
		return one(s, Value{Kind: ConnectionV})
	}
	if madeByName(e.Func) {
		return one(s, Value{Kind: NewV})
	}
	if a, ok := e.Func.(*python.Attribute); ok { // self.close() may set self.session
		if p := dotted(a.Value); p != "" {
			i.scope.rebound(s, p)
		}
	}
	return one(s, Value{})
}

// madeByName reports whether a callee is named as a class is.
func madeByName(e python.Expr) bool {
	name := dotted(e)
	if n := strings.LastIndexByte(name, '.'); n >= 0 {
		name = name[n+1:]
	}
	return name != "" && 'A' <= name[0] && name[0] <= 'Z'
}

// library calls something that is imported; ok is false if it is not known.
func (i *interp) library(e *python.Call, path string, args []argument, s *State) (rs []result, ok bool) {
	what, guess := i.module.Meaning(path)
	if guess {
		i.throws(s)
		return i.makeSession(e, asyncText(what == project.AsyncMaker)+"?", SessionV, args, s), true
	}
	first := Value{}
	if len(args) > 0 {
		first = args[0].value
	}
	switch what {
	case project.SessionClass, project.AsyncClass:
		return i.makeSession(e, asyncText(what == project.AsyncClass), SessionV, args, s), true
	case project.Maker, project.AsyncMaker:
		return one(s, Value{Kind: MakerVal, Text: makerText(what == project.AsyncMaker || makesAsync(e, i.module), e)}), true
	case project.ReadStmt, project.WriteStmt:
		return one(s, Value{Kind: StmtV, Text: statement{kind: string(what), entity: entity(e), cols: onlyColumns(e), core: !namesEntity(e)}.text()}), true
	case project.TextStmt:
		return one(s, Value{Kind: StmtV, Text: statement{kind: textStatement(e), core: true, cols: true}.text()}), true
	case project.Closing:
		if first.Kind == SessionV {
			return one(s, Value{Kind: ClosingV, Obj: first.Obj}), true
		}
	case project.NullContext:
		if first.Kind == SessionV {
			return one(s, Value{Kind: Guard, Obj: first.Obj}), true
		}
		return one(s, Value{}), true
	case project.Suppress:
		return one(s, Value{Kind: SuppressV}), true
	}
	return nil, false
}

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
