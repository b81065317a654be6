package session

import (
	"fmt"
	"slices"
	"strings"

	"sessionlint/analysis/flow"
	"sessionlint/analysis/project"
)

// A summary is what a call of a function does to the sessions that it is given
// and what it gives back, told so that it holds at any call.
type summary struct {
	inputs   []input
	outcomes []ending
	knows    []bool // for each input: see knows
	unknown  bool   // nothing is known: a recursion without end, or too many ways
	scope    bool   // a generator: its words have a yield in them
	async    bool
	broken   bool // some of its text did not parse
}

func (s *summary) mark() uint64 {
	return markOf(s.outcomes, s.knows, s.unknown, s.scope, s.async, s.broken)
}

// An input is one session that a function is given: a parameter, a variable of
// the function around it, or an attribute of self.
type input struct {
	name  string // as the function has it
	value Value  // a session, or what is known of another parameter
	class string // of a session: see Session.class
	vague bool
}

// An ending is one way in which a call can end.
type ending struct {
	raises   bool
	thrown   string
	passed   string    // see State.passed
	words    []string  // for each input
	kept     []bool    // for each input: something else may close or use it later
	gives    Value     // Obj is the index of an input, or counts on from there into made
	made     []Session // the sessions that it made and gives back or holds at its yield
	yielded  bool      // it handed something out
	thrownIn bool      // and an exception was thrown in there
}

// steps counts the steps of an ending: the short ones matter most.
func (e ending) steps() int { return len(strings.Join(e.words, "")) }

// bounds of a summary: its ways out, and how deep calls are followed.
const (
	maxEndings = 24
	maxDepth   = 24
	maxRounds  = 4
	maxClasses = 1 << 20
	maxBases   = 16
	maxImports = 16
	maxTries   = 64
)

// summarize returns what a call of a function with some inputs does.
func (a *analyzer) summarize(f *function, inputs []input) *summary {
	q := question{ask: askSummary, file: f.file.Path, name: f.name, with: fmt.Sprint(inputs)}
	if f.local { // it belongs to its unit, which is not looked at again
		q.file, q.name = "", fmt.Sprintf("%s:%s %p", f.file.Path, f.name, f.def)
		if s, ok := a.view.steps[q]; ok {
			a.take(s.inner)
			return s.sum
		}
	} else if e := a.view.known(q); e != nil {
		a.rests[q] = e.mark
		return e.value.(*summary)
	}
	if a.depth >= maxDepth || a.budget() <= 0 {
		a.reach.depth = 0 // with fewer calls around it, it would be known
		return &summary{unknown: true}
	}
	if run := a.running[q]; run != nil { // a recursion: what is known so far
		run.recursive = true
		a.reach.depth = min(a.reach.depth, run.depth)
		return run.last
	}
	run := &recursion{last: &summary{inputs: inputs}, depth: a.depth + 1}
	if a.running == nil {
		a.running = map[question]*recursion{}
	}
	a.running[q] = run
	defer delete(a.running, q)
	inner := a.inner(f.file)
	inner.unit, inner.depth = f.unit, run.depth
	var s *summary
	for round := range maxRounds {
		run.recursive = false
		s = inner.interpret(f, inputs)
		if !run.recursive || len(s.outcomes) == len(run.last.outcomes) {
			break
		}
		if run.last = s; round == maxRounds-1 {
			s = &summary{unknown: true, inputs: inputs}
		}
	}
	if f.local {
		a.take(inner)
		if inner.reach.depth >= run.depth && inner.reach.class >= len(a.view.classes) {
			a.view.steps[q] = step{s, inner}
		}
		return s
	}
	inner.sawBody(f)
	path, name := f.file.Path, f.name
	if !a.answered(q, inner, s, s.mark(), func(v *View) {
		x := v.analyzer(path)
		if f := x.functionAt(x.file.id(name)); f != nil {
			x.summarize(f, inputs)
		}
	}) {
		a.spend(inner.steps)
	}
	return s
}

// budget returns how many steps are left for the functions that a unit calls
// and that call one another in circles. What can be kept costs nothing: so it
// is known whatever was asked for first.
func (a *analyzer) budget() int {
	if a.spent == nil {
		a.spent = new(int)
	}
	return maxSteps - *a.spent
}

func (a *analyzer) spend(steps int) { *a.spent += steps }

// A recursion is a summary that is being made.
type recursion struct {
	depth     int
	last      *summary
	recursive bool
}

// interpret runs a function with inputs and collects how it ends.
func (a *analyzer) interpret(f *function, inputs []input) *summary {
	s := newScope(f.def, f.def.Body, nil)
	for _, in := range inputs { // the attributes of self are no parameters
		s.slot(in.name)
		s.bound[in.name] = s.bound[in.name] || f.local
	}
	i := newInterp(a, s, 16)
	i.function, i.summing = f, true
	i.ambientPaths()
	out := &summary{inputs: inputs, scope: f.def.Generator, async: f.def.Async}
	defer func() { out.broken = a.broken || len(f.unit.Errors) > 0 }()
	for _, in := range inputs {
		out.knows = append(out.knows, i.knows(f, in.name))
	}
	first := i.given(inputs)
	n := len(first.sessions)
	i.begin = []*State{first}
	g := flow.Build(f.def.Body)
	i.most = maxSteps / 6
	i.run(g)
	a.steps += i.steps
	if i.facts.Partial {
		out.unknown = true
		return out
	}
	seen := map[string]bool{}
	for _, st := range i.finals {
		e := st.ending(n, st.failing)
		if key := fmt.Sprint(e); !seen[key] {
			seen[key] = true
			out.outcomes = append(out.outcomes, e)
		}
	}
	slices.SortFunc(out.outcomes, func(x, y ending) int {
		if d := x.steps() - y.steps(); d != 0 {
			return d
		}
		return strings.Compare(fmt.Sprint(x), fmt.Sprint(y))
	})
	if len(out.outcomes) > maxEndings { // each that is left is a way that control can take
		out.outcomes = out.outcomes[:maxEndings]
	}
	return out
}

// given returns the state in which a function begins that is given inputs.
func (i *interp) given(inputs []input) *State {
	s := &State{vars: make([]Value, i.scope.size)}
	for _, p := range i.scope.function.Params { // what its annotations tell
		if v := i.analyzer.annotated(p.Annotation); (v.Kind == ObjectV || v.Kind == MakerVal) && !isNoneConst(p.Default) {
			s.vars[i.scope.slots[p.Name.ID]] = v
		}
	}
	for n, in := range inputs {
		o := Session{Name: in.name, Made: Site{Start: -1 - n, End: -1 - n}, Tx: Maybe, Held: Maybe, Autoflush: Maybe, Expires: Maybe, Typed: !in.vague}
		o.Async, o.Core = strings.HasPrefix(in.class, "Async"), strings.Contains(in.class, "Connection")
		v := in.value
		if v.Kind == SessionV {
			v.Obj = ObjectID(len(s.sessions))
			i.sessions = true
		}
		s.sessions = append(s.sessions, o) // one for each input, whatever it is
		if slot, ok := i.scope.slots[in.name]; ok {
			s.vars[slot] = v
		}
	}
	return s
}

// ending tells how a call ends of which s is a last state. The first n sessions
// are the inputs.
func (s *State) ending(n int, raises bool) ending {
	e := ending{raises: raises, thrown: s.thrown, passed: s.passed, words: make([]string, n), kept: make([]bool, n), gives: s.given, yielded: s.yielded, thrownIn: s.thrownIn}
	for k := range n {
		o := &s.sessions[k]
		e.words[k], e.kept[k] = o.word, o.Escaped
		if o.Life == Lost {
			e.words[k] = unknownWord
		}
	}
	if raises && !s.yielded {
		e.gives = Value{}
	}
	if o := s.session(e.gives); o == nil {
		if e.gives.onSession() {
			e.gives = Value{}
		}
	} else if int(e.gives.Obj) >= n {
		made := *o
		made.forgetSites()
		e.made = append(e.made, made)
		e.gives.Obj = ObjectID(n)
	}
	return e
}

// forgetSites removes what means something only where the session was made.
func (o *Session) forgetSites() {
	for _, at := range []*Site{
		&o.Made, &o.Manager, &o.ClosedAt, &o.Reopened.Site, &o.TxAt, &o.HeldAt, &o.BlockAt, &o.EndedAt,
		&o.FailedAt, &o.CaughtAt, &o.Handled, &o.FirstWrite, &o.Yielded,
	} {
		*at = Site{}
	}
	o.NCommits, o.Commits, o.Name = 0, [maxCommits]Site{}, ""
}

// isScope reports whether a function is a context manager that it writes as a generator.
func (a *analyzer) isScope(f *function) bool {
	return f.def.Generator && a.at(f.file).decorated(f.def, project.ContextManager)
}
