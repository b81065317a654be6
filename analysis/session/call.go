package session

import (
	"slices"
	"strconv"
	"strings"

	"sessionlint/analysis/project"
	"sessionlint/analysis/python"
)

// An argument is one argument of a call, with its value.
type argument struct {
	expr  python.Expr
	name  string
	value Value
	raw   Value // with what a condition would make of it
}

// call evaluates a call. A generator that stands as an argument is run through
// at once.
func (i *interp) call(e *python.Call, s *State) []result { return i.callWith(e, s, false) }

func (i *interp) callWith(e *python.Call, s *State, awaited bool) []result {
	var out []result
	template := arguments(e)
	if a, ok := e.Func.(*python.Attribute); ok {
		i.asCallee[a] = true
	}
	for _, f := range i.eval(e.Func, s) {
		lists := []results{{state: f.state}}
		for _, a := range template {
			lists = i.argument(a.expr, lists, f.value.Kind == FuncV)
		}
		for _, l := range lists {
			args := slices.Clone(template)
			for n := range args {
				args[n].value, args[n].raw = l.values[n], l.values[n]
				switch l.values[n].Kind {
				case None, Truthy, Falsy, NotNone: // matters to functions of the file only
					args[n].value = Value{}
				}
			}
			i.awaited = awaited
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
func (i *interp) argument(x python.Expr, lists []results, plain bool) []results {
	var out []results
	for _, l := range lists {
		var rs []result
		if c, ok := x.(*python.Comprehension); ok {
			rs = i.comprehension(c, l.state, true)
		} else {
			rs = i.eval(x, l.state)
		}
		for _, r := range rs {
			if c := r.value.Kind; !plain && (c == None || c == Truthy || c == Falsy || c == NotNone) {
				r.value = Value{} // how it would come out in a condition does not matter
			}
			out = append(out, results{r.state, append(l.values[:len(l.values):len(l.values)], r.value)})
		}
	}
	return i.fewLists(out)
}

// apply calls a value.
func (i *interp) apply(e *python.Call, f Value, args []argument, s *State) []result {
	i.at = e.Span
	for n := range s.sessions {
		s.sessions[n].StoredAt = Site{}
	}
	if quiet(e) {
		return one(s, Value{})
	}
	if i.exits(e, f) {
		c := s.clone()
		c.throw("SystemExit", e.Span)
		i.raised = append(i.raised, c)
		return nil
	}
	awaited := i.awaited
	i.awaited = false
	if rs, ok := i.hinted(e, f, args, s, awaited); ok {
		return rs
	}
	switch f.Kind {
	case FuncV:
		if fn := i.named(f.Text); fn != nil {
			i.elsewhere = f.Many
			if rs, ok := i.callFunction(e, fn, args, s, awaited, strings.HasSuffix(f.Text, "@")); ok {
				return rs
			}
			if path := i.analyzer.waitsFor(fn, 0); path != "" && (awaited || !fn.def.Async) {
				i.slowThrough(e, lastPart(fn.name), path, s)
			}
		}
	case GeneratorV:
		return one(s, Value{})
	case ApartV:
		return i.apart(e, f, args, s)
	case EngineBegin:
		return i.connect(e, f.Text, BegunV, s)
	case MakerVal:
		return i.makeSession(e, f.Text, SessionV, args, s)
	case MakerBegin:
		return i.makeSession(e, f.Text, BegunV, args, s)
	case StmtV:
		st := f.statement()
		st.stream = st.stream || streams(e)
		st.options = st.options || attrOf(e.Func) == "options"
		st.core = st.core || slices.ContainsFunc(args, func(a argument) bool { return strings.Contains(dotted(a.expr), "__table__") })
		st.whole = st.whole && attrOf(e.Func) == "order_by"
		if st.kind == "write" && changesNothing(e) { // it is there for the lock
			st.kind, st.cols = "read", true
		}
		f.Text = st.text()
		return one(s, f)
	case BoundV:
		return i.method(e, f, args, s, awaited)
	case ClientV:
		if waits(f.Text) {
			i.slow(e, f.Text, s)
		}
		if lastPart(f.Text) != "sleep" {
			i.throws(s)
		}
		return one(s, Value{})
	case Imported:
		if i.isSlow(f.Text) {
			i.slow(e, f.Text, s)
		}
		if rs, ok := i.concurrent(e, f.Text, args, s, awaited); ok {
			return rs
		}
		if f.Text == "asyncio.Lock" || f.Text == "threading.Lock" || f.Text == "threading.RLock" || f.Text == "anyio.Lock" {
			return one(s, Value{Kind: LockV})
		}
		if f.Text == "itertools.repeat" && len(args) > 0 && args[0].value.Kind == SessionV {
			return one(s, Value{Kind: CarrierV, Obj: args[0].value.Obj})
		}
		if rs, ok := i.library(e, f.Text, args, s); ok {
			return rs
		}
		if top, _, _ := strings.Cut(f.Text, "."); (project.Known(top) == project.Slow || project.Known(top+".*") == project.Slow) && makesClient(e, f.Text) {
			if connects(f.Text) {
				i.slow(e, f.Text, s)
			}
			i.throws(s)
			return one(s, Value{Kind: ClientV, Text: f.Text})
		}
	case SessionV:
		if s.session(f).Proxy { // the registry gives the session that it stands for
			return one(s, f)
		}
	case CarrierV:
		o := s.session(f)
		i.unseen(Value{Kind: SessionV, Obj: f.Obj}, e.Span, s)
		i.throws(s)
		if o.Async && !awaited {
			return one(s, Value{Kind: CoroutineV, Obj: f.Obj, Text: "?"})
		}
		return one(s, Value{})
	case ByHandV:
		o := s.session(f)
		o.ByHand = o.Name == ""
		o.Escaped = o.Escaped || f.Text == "__aenter__" && !awaited // something else enters it
		return one(s, Value{Kind: SessionV, Obj: f.Obj})
	case Unknown, NotNone:
		if n, ok := e.Func.(*python.Name); ok && n.ID == "cls" && i.function.ofClass() {
			for _, a := range args {
				if a.value.Kind == SessionV {
					return one(s, Value{Kind: HolderV, Obj: a.value.Obj, Class: i.function.class.id(), Text: ":"})
				}
			}
		}
		i.appended(e, args, s)
	case ClassV:
		if c := i.analyzer.classAt(f.Text); c != nil {
			if rs, ok := i.instance(e, c, args, s); ok {
				return rs
			}
		}
	case HolderV: // one of its methods
		if _, name, ok := strings.Cut(f.Text, ":"); ok && f.Class != "" {
			if rs, ok := i.callHolder(e, f, name, args, s, awaited); ok {
				return rs
			}
		}
		i.unseen(Value{Kind: SessionV, Obj: f.Obj}, e.Span, s)
		if closes(f.Text) {
			s.session(f).Escaped = true
		}
		i.throws(s)
		if !awaited && s.session(f).Async {
			return one(s, Value{Kind: CoroutineV, Obj: f.Obj, Text: "?"})
		}
		return one(s, Value{})
	case MappedV:
		i.mayWrite(f, OpMethod, e.Span, s)
		i.mayTouch(f, s)
		i.handOut(e, args, s)
		i.throws(s)
		return one(s, Value{})
	}
	if n, ok := e.Func.(*python.Name); ok && f.Kind == Unknown && !i.scope.bound[n.ID] {
		if rs, ok := i.builtin(n.ID, args, s); ok {
			return rs
		}
	}
	if a, ok := e.Func.(*python.Attribute); ok { // tg.create_task(…), executor.submit(…)
		if rs, ok := i.concurrent(e, "?."+a.Attr.ID, args, s, awaited); ok {
			return rs
		}
	}
	if a, ok := e.Func.(*python.Attribute); ok && (a.Attr.ID == "delay" || a.Attr.ID == "apply_async" || a.Attr.ID == "send_task") { // of Celery
		i.slow(e, dotted(a), s)
	}
	i.handOut(e, args, s)
	if !madeByName(e.Func) || len(e.Args) > 0 { // a model that is made of keywords does not fail
		i.throws(s)
	}
	if !awaited && i.scope.function != nil && i.scope.function.Async && !madeByName(e.Func) {
		for _, a := range args {
			if a.value.Kind == SessionV && s.session(a.value).Async {
				return one(s, Value{Kind: CoroutineV, Obj: a.value.Obj, Text: "?"})
			}
		}
	}
	if a, ok := e.Func.(*python.Attribute); ok && (a.Attr.ID == "connect" || a.Attr.ID == "get_bind") {
		return one(s, Value{Kind: ConnectionV})
	}
	if madeByName(e.Func) {
		for _, a := range args {
			if a.value.Kind == SessionV {
				return one(s, Value{Kind: HolderV, Obj: a.value.Obj})
			}
		}
		return one(s, i.madeOf(e, s))
	}
	if a, ok := e.Func.(*python.Attribute); ok && len(args) == 0 { // users.insert()
		switch a.Attr.ID {
		case "insert", "update", "delete":
			return one(s, Value{Kind: StmtV, Text: statement{kind: "write", core: true}.text()})
		case "select":
			return one(s, Value{Kind: StmtV, Text: statement{kind: "read", core: true, cols: true}.text()})
		}
	}
	if a, ok := e.Func.(*python.Attribute); ok { // self.close() may set self.session
		if p := dotted(a.Value); p != "" {
			i.scope.rebound(s, p)
		}
	}
	return one(s, Value{})
}

// library calls something that is imported; ok is false if it is not known.
func (i *interp) library(e *python.Call, path string, args []argument, s *State) (rs []result, ok bool) {
	what, guess := i.module.Meaning(path)
	if guess && (otherKeywords(e) || !project.Telling(path) && i.otherArguments(args)) {
		return nil, false
	}
	if guess {
		i.throws(s)
		if makesMaker(lastPart(path)) {
			return one(s, Value{Kind: MakerVal, Text: asyncText(what == project.AsyncMaker) + "?"}), true
		}
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
		return one(s, Value{Kind: MakerVal, Text: makerText(what == project.AsyncMaker || i.makesAsync(e), e) + i.ofOwnClass(e)}), true
	case project.ReadStmt, project.WriteStmt:
		return one(s, Value{Kind: StmtV, Text: statement{kind: string(what), entity: entity(e), cols: onlyColumns(e), core: !namesEntity(e), whole: len(args) == 1}.text()}), true
	case project.TextStmt:
		return one(s, Value{Kind: StmtV, Text: statement{kind: i.textStatement(e), core: true, cols: true}.text()}), true
	case project.Expression:
		return one(s, Value{}), true
	case project.Closing:
		if first.Kind == SessionV {
			return one(s, Value{Kind: ClosingV, Obj: first.Obj}), true
		}
	case project.NullContext:
		if first.Kind == SessionV {
			return one(s, Value{Kind: Guard, Obj: first.Obj}), true
		}
		return one(s, Value{}), true
	case project.ContextManager:
		if first.Kind == FuncV {
			return one(s, Value{Kind: FuncV, Text: first.Text + "@"}), true
		}
	case project.Partial:
		for _, a := range args {
			if a.value.Kind == SessionV {
				return one(s, Value{Kind: CarrierV, Obj: a.value.Obj}), true
			}
		}
		if v := first; v.Kind == MakerVal || v.Kind == FuncV {
			return one(s, v), true
		}
		if first.Kind == Imported {
			switch k, _ := i.module.Meaning(first.Text); k {
			case project.SessionClass, project.AsyncClass:
				return one(s, Value{Kind: MakerVal, Text: makerText(k == project.AsyncClass, e)}), true
			}
		}
	case project.Engine, project.AsyncEngine:
		return one(s, Value{Kind: EngineV, Text: asyncText(what == project.AsyncEngine) + autocommit(e)}), true
	case project.Scoped, project.AsyncScoped:
		return one(s, Value{Kind: ProxyV, Text: asyncText(what == project.AsyncScoped)}), true
	case project.FlaskExtension:
		return one(s, Value{Kind: FlaskV}), true
	case project.Config, project.AsyncConfig, project.Facade:
		return one(s, configured(what, path)), true
	case project.Transaction:
		i.throws(s)
		return i.makeSession(e, " ?flush ?expire", BegunV, args, s), true
	case project.ExitStack:
		return one(s, Value{Kind: StackV, Text: strconv.Itoa(e.Start)}), true
	case project.Suppress:
		return one(s, Value{Kind: SuppressV}), true
	}
	return nil, false
}

// handOut notes the sessions and mapped objects that a call is given: what it
// does to them is not known.
func (i *interp) handOut(e *python.Call, args []argument, s *State) {
	for _, a := range args {
		switch a.value.Kind {
		case SessionV, HolderV:
			if a.name == "autoload_with" || a.name == "bind" && strings.HasSuffix(dotted(e.Func), ".reflect") {
				i.called(methods[s.session(a.value).class()+"execute"], No, e.Span, a.value, s)
				continue
			}
			i.op(a.value, e.Span, Op{Kind: OpHandOut, Whole: true}, s)
			i.spell(s.session(a.value), 'h')
			i.unseen(Value{Kind: SessionV, Obj: a.value.Obj}, e.Span, s)
			if m, ok := e.Func.(*python.Attribute); ok && keeps(m.Attr.ID) {
				if container(m.Attr.ID) {
					i.outOfBlock(a.value, e.Span, "stored", s)
				}
				s.session(a.value).Escaped = true
			}
		case BoundV: // callback(session.close)
			if name := lastPart(a.value.Text); name == "close" || name == "aclose" || name == "remove" {
				s.session(a.value).Escaped = true
			}
		case CarrierV:
			if name := attrOf(e.Func); name == "register" || container(name) {
				i.outOfBlock(a.value, e.Span, "kept", s)
			}
		case CoroutineV, TaskV:
			i.taken(a.expr, s)
			if !keeps(attrOf(e.Func)) {
				i.joined(a.value, s)
			}
		case ResultV:
			i.consumes(a.value, a.expr, "passing it on", a.expr.Pos(), s)
		case MappedV:
			i.mayWrite(a.value, OpHandOut, e.Span, s)
			i.mayTouch(a.value, s)
		}
	}
}

// throws notes that an exception can leave the current node in this state.
func (i *interp) throws(s *State) {
	c := s.clone()
	c.throw("", i.at)
	i.raised = append(i.raised, c)
}
