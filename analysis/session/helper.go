package session

import (
	"maps"
	"slices"
	"strings"

	"sessionlint/analysis/project"
	"sessionlint/analysis/python"
)

// callFunction calls a function of the file; ok is false if nothing is known of it.
func (i *interp) callFunction(e *python.Call, f *function, args []argument, s *State, awaited, asManager bool) (rs []result, ok bool) {
	if i.analyzer.still || !i.analyzer.file.plain(f.def) {
		return nil, false
	}
	inputs, actual, ok := i.bind(e, f, args, s)
	if !ok {
		return nil, false
	}
	asManager = asManager || i.analyzer.isScope(f)
	if !slices.ContainsFunc(actual, func(v Value) bool { return v.Kind == SessionV }) && !f.local && !i.analyzer.concerns(f) {
		return nil, false
	}
	sum := i.analyzer.summarize(f, inputs)
	i.analyzer.broken = i.analyzer.broken || sum.broken
	switch {
	case sum.unknown:
		return nil, false
	case sum.scope:
		return one(s, Value{Kind: GeneratorV, Text: i.generators.add(&suspended{sum: sum, actual: actual, made: e.Span, manager: asManager})}), true
	case f.def.Async && !awaited:
		return i.coroutine(e, f, sum, actual, s), true
	}
	i.adopted(sum, actual, args, s)
	i.noteCall(e, f, sum, actual, s)
	around := i.calling
	i.calling = f.def.Name.ID
	defer func() { i.calling = around }()
	return i.happen(sum, sum.outcomes, actual, e.Span, "", s), true
}

// noteCall notes what a call does to the transactions of the sessions that it is given.
func (i *interp) noteCall(e *python.Call, f *function, sum *summary, actual []Value, s *State) {
	if i.summing {
		return
	}
	for k, v := range actual {
		if v.Kind != SessionV {
			continue
		}
		at := opKey{e.Span, s.session(v).Made}
		c := Called{Site: at.site, Made: at.made, File: f.file.Path, Function: f.name}
		var returns, commits int
		for _, o := range sum.outcomes {
			c.RollsBack = c.RollsBack || strings.ContainsAny(o.words[k], "bxR")
			does := strings.ContainsAny(o.words[k], "cE")
			if does {
				c.Commits = Maybe
			}
			if !o.raises {
				returns++
				if does {
					commits++
				}
			}
		}
		if known, again := i.callees[at]; commits > 0 && commits == returns && (!again || known.Commits == Yes) {
			c.Commits = Yes
		}
		if c.Commits != No || c.RollsBack {
			i.callees[at] = c
		}
	}
}

// adopted lets a session have the new objects that are handed to a function
// together with it, if the function adds something.
func (i *interp) adopted(sum *summary, actual []Value, args []argument, s *State) {
	k := slices.IndexFunc(actual, func(v Value) bool { return v.Kind == SessionV })
	if k < 0 || !slices.ContainsFunc(sum.outcomes, func(o ending) bool { return strings.Contains(o.words[k], "a") }) {
		return
	}
	for _, a := range args {
		if p := i.peek(a.expr, s); p != nil && p.Kind == NewV {
			*p = Value{Kind: MappedV, Obj: actual[k].Obj}
		}
	}
}

// coroutine makes a coroutine: nothing of its function runs before it is
// awaited. It works with the first session that the function does something to.
func (i *interp) coroutine(e *python.Call, f *function, sum *summary, actual []Value, s *State) []result {
	if i.locks(f, s) { // one at a time
		return one(s, Value{})
	}
	for k, v := range actual {
		if v.Kind != SessionV {
			continue
		}
		if slices.ContainsFunc(sum.outcomes, func(o ending) bool { return o.words[k] != "" }) {
			i.unseen(v, e.Span, s)
			i.spell(s.session(v), 'h')
			return one(s, Value{Kind: CoroutineV, Obj: v.Obj, Text: "function"})
		}
	}
	return one(s, Value{})
}

// bind matches the arguments of a call with the parameters of a function. The
// actual values have the order of the inputs.
func (i *interp) bind(e *python.Call, f *function, args []argument, s *State) (inputs []input, actual []Value, ok bool) {
	params := f.def.Params
	add := func(name string, v Value) {
		in := input{name: name, value: v}
		switch v.Kind {
		case SessionV:
			o := s.session(v)
			in.class, in.vague = o.class(), !o.Typed
			in.value = Value{Kind: SessionV}
		case None, Truthy, Falsy, NotNone:
			in.value = Value{Kind: v.Kind}
		default:
			in.value = Value{}
			return
		}
		inputs, actual = append(inputs, in), append(actual, v)
	}
	if self := f.selfName(); self != "" {
		params = params[1:]
		i.bindSelf(self, f, s, add)
	}
	taken := map[string]bool{}
	position := 0
	for _, a := range args {
		if _, star := a.expr.(*python.Starred); star || a.name == "" && isDoubleStar(e, a) {
			return nil, nil, false
		}
		var p *python.Param
		if a.name == "" {
			for position < len(params) && params[position].Kind != python.Positional {
				position++
			}
			if position < len(params) {
				p = params[position]
				position++
			}
		} else if n := slices.IndexFunc(params, func(p *python.Param) bool { return p.Name.ID == a.name }); n >= 0 {
			p = params[n]
		}
		if p == nil { // into *args or **kwargs, if it fits at all
			if a.value.onSession() {
				return nil, nil, false
			}
			continue
		}
		taken[p.Name.ID] = true
		add(p.Name.ID, a.raw)
	}
	for _, p := range params {
		if c, isConst := p.Default.(*python.Constant); isConst && !taken[p.Name.ID] {
			add(p.Name.ID, constant(c))
		}
	}
	for _, a := range i.arounds { // registries and sessions of the module
		v, found := i.variable(a.path, s)
		switch {
		case !found || v.Kind != SessionV || strings.HasPrefix(a.text, "self"):
		case a.id == "" || f.local:
			if mentions(f.def.Body, a.path) {
				add(a.path, v)
			}
		default:
			for _, r := range i.analyzer.registries(f) {
				if r.id == a.id {
					add(r.path, v)
				}
			}
		}
	}
	for _, path := range i.analyzer.free(f) {
		if v, found := i.variable(path, s); found && v.Kind == SessionV {
			add(path, v)
		}
	}
	return inputs, actual, true
}

// isDoubleStar reports whether an argument is **kwargs.
func isDoubleStar(e *python.Call, a argument) bool {
	return slices.ContainsFunc(e.Keywords, func(k *python.Keyword) bool { return k.Name == "" && k.Value == a.expr })
}

// bindSelf hands the sessions that self has to a method, by the attributes that
// both look at.
func (i *interp) bindSelf(self string, f *function, s *State, add func(string, Value)) {
	if v := i.receiver; v != nil {
		add(self+"."+v.heldAs(), Value{Kind: SessionV, Obj: v.Obj})
		i.receiver = nil
		return
	}
	mine := i.function.selfName()
	if mine == "" || i.elsewhere {
		return
	}
	for _, attr := range slices.Sorted(maps.Keys(i.analyzer.attributes(f.class))) {
		if v, found := i.variable(mine+"."+attr, s); found && v.Kind == SessionV {
			add(self+"."+attr, v)
		}
	}
}

// variable returns what a variable or path of this function holds.
func (i *interp) variable(path string, s *State) (Value, bool) {
	slot, ok := i.scope.slots[path]
	if !ok {
		return Value{}, false
	}
	return s.vars[slot], true
}

// happen repeats in a state what the outcomes of a call do, each for itself.
// Only what follows a mark in the words happens: all of them, if it is "".
func (i *interp) happen(sum *summary, outcomes []ending, actual []Value, at Site, skip string, s *State) []result {
	var out []result
	for _, e := range outcomes {
		st, happens := s.clone(), true
		st.failing = st.failing || e.raises
		for k, v := range actual {
			if v.Kind != SessionV || k >= len(e.words) {
				continue
			}
			i.judged = sum.knows[k]
			happens = i.repeat(tail(e.words[k], skip), v, at, st) && happens
			i.judged = false
			if e.kept[k] {
				i.escape(v, st)
			}
		}
		if !happens {
			continue
		}
		if e.raises {
			st.throw(e.thrown, at)
			if e.thrown == readError && slices.ContainsFunc(actual, func(v Value) bool { return v.Kind == SessionV && st.session(v).FailedAt == at }) {
				st.thrown = dbError // it was the flush before it
			}
			st.passed = e.passed
			i.raised = append(i.raised, st)
			continue
		}
		out = append(out, result{st, i.received(e, actual, at, st)})
	}
	return i.few(out)
}

// knows reports whether a function is annotated so that what it does wrong to a
// session of its caller is reported where it does it.
func (i *interp) knows(f *function, name string) bool {
	if strings.Contains(name, ".") {
		return true // an attribute of self
	}
	for _, p := range f.def.Params {
		if p.Name.ID == name {
			kind, _ := i.annotation(p.Annotation)
			return kind != project.Unresolved || i.calledSession(f.def, p)
		}
	}
	return false
}

// tail returns what follows a mark in a word.
func tail(word, mark string) string {
	if mark == "" || word == unknownWord {
		return word
	}
	for n := range len(word) {
		if word[n:n+1] == mark {
			return word[n+1:]
		}
	}
	return ""
}

// received returns the value that a call gives, in the caller's terms.
func (i *interp) received(e ending, actual []Value, at Site, s *State) Value {
	v := e.gives
	switch {
	case !v.onSession():
		if v.Kind == MakerVal || v.Kind == Imported || v.Kind == StmtV || v.Kind == GeneratorV || v.Kind == FuncV {
			return Value{Kind: keptKind(v), Text: v.Text}
		}
		return v
	case int(v.Obj) < len(actual):
		if actual[v.Obj].Kind != SessionV {
			return Value{}
		}
		v.Obj = actual[v.Obj].Obj
		return v
	case len(e.made) == 0:
		return Value{}
	}
	o := e.made[0]
	o.word, o.Reopened = "", Reopening{} // what it did wrong is reported where it did
	v.Obj = i.install(o, at, s)
	s.session(v).Escaped = v.Kind != SessionV || o.Life == Closed || o.Kept // that it gives back a closed one is reported there
	return v
}

// keptKind returns the kind of a value that means the same everywhere.
func keptKind(v Value) ValueKind {
	if v.Kind == GeneratorV || v.Kind == FuncV && strings.HasPrefix(v.Text, localFunc) {
		return NotNone
	}
	return v.Kind
}

// install puts a session that a call made into the state of the caller, who
// owns it from here on.
func (i *interp) install(o Session, at Site, s *State) ObjectID {
	o.Made, o.Escaped, o.Yielded, o.Resumed = at, o.Kept, Site{}, false
	place := func(known bool, site *Site) {
		if known {
			*site = at
		}
	}
	place(o.Tx != No, &o.TxAt)
	place(o.Held != No, &o.HeldAt)
	place(o.Writes != No, &o.FirstWrite)
	place(o.Life == Closed, &o.ClosedAt)
	i.sessions = true
	i.did(Opened, at, "", &o)
	for n := range s.sessions {
		if s.sessions[n].Made == at { // a loop comes here again
			i.replace(ObjectID(n), s)
			s.sessions[n] = o
			return ObjectID(n)
		}
	}
	s.sessions = append(s.sessions, o)
	return ObjectID(len(s.sessions) - 1)
}

// replace ends a session whose place makes the next one.
func (i *interp) replace(n ObjectID, s *State) {
	i.end(&s.sessions[n], Replaced)
	for v := range s.vars {
		if s.vars[v].onSession() && s.vars[v].Obj == n {
			s.vars[v] = Value{}
		}
	}
}
