package session

import (
	"regexp"
	"slices"

	"sessionlint/analysis/flow"
	"sessionlint/analysis/project"
	"sessionlint/analysis/python"
)

// Bounds of one function. Past maxStates the states of a block are joined; past
// maxSteps the rest of the function is left alone.
const (
	maxStates = 48
	maxSteps  = 60_000
)

// An analyzer interprets one unit, and the functions of other units that it calls.
type analyzer struct {
	view    *View
	unit    *python.Unit
	file    *File
	module  *project.Module
	out     []*Facts
	rests   map[question]uint64 // what was asked for
	depth   int
	running map[question]*recursion
	spent   *int // steps in the functions that the unit calls and whose summaries cannot be kept
	steps   int  // how many its interpretation took
	reach   *reach
	still   bool   // no function is looked into
	broken  bool   // something of what was called did not parse
	told    string // the file whose hints were asked for
}

func (a *analyzer) function(f *python.FunctionDef, path string, outer []map[string]bool) {
	name := f.Name.ID
	if path != "" {
		name = path + "." + name
	}
	a.defaults(f, name)
	a.body(f, f.Body, name, outer, false)
}

// body interprets the statements of one function, module or class, and then
// the functions in it. outer holds the names of the functions around it.
func (a *analyzer) body(f *python.FunctionDef, body []python.Stmt, name string, outer []map[string]bool, module bool) {
	s := newScope(f, body, outer)
	if relevant(body) {
		g := flow.Build(body)
		// A first pass with one state a block tells whether there is a session
		// at all; most functions have none, and need not be looked at by path.
		fn := a.functionOf(f, name)
		scout := newInterp(a, s, 1)
		scout.function = fn
		scout.ambientPaths()
		scout.run(g)
		if scout.sessions || len(scout.events) > 0 {
			i := newInterp(a, s, maxStates)
			i.function, i.arounds = fn, scout.arounds
			i.facts = &Facts{Unit: a.unit, Function: f, Name: name}
			i.moments = map[momentKey]*Moment{}
			i.run(g)
			if f == nil {
				i.ofModule(module)
			}
			i.collect()
			a.out = append(a.out, i.facts)
		}
	}
	within := outer
	if !module {
		within = append(slices.Clip(outer), s.bound)
	}
	for _, d := range nested(body) {
		switch d := d.(type) {
		case *python.FunctionDef:
			a.function(d, name, within)
		case *python.ClassDef:
			path := d.Name.ID
			if name != "" {
				path = name + "." + path
			}
			for _, m := range nested(d.Body) {
				if m, ok := m.(*python.FunctionDef); ok {
					a.function(m, path, within)
				}
			}
		}
	}
}

// functionOf returns the function that is being interpreted as its callers know it.
func (a *analyzer) functionOf(f *python.FunctionDef, name string) *function {
	if f == nil {
		return nil
	}
	if fn := a.file.functions[name]; fn != nil && fn.def == f { // its own unit
		return fn
	}
	return &function{name: name, file: a.file, def: f, unit: a.unit, local: true}
}

// nested returns the functions and classes that stand in a body, outermost only.
func nested(body []python.Stmt) []python.Stmt {
	var out []python.Stmt
	for _, s := range body {
		python.Inspect(s, func(n python.Node) bool {
			switch n := n.(type) {
			case *python.FunctionDef:
				out = append(out, n)
				return false
			case *python.ClassDef:
				out = append(out, n)
				return false
			case *python.Lambda:
				out = append(out, asFunction(n))
			}
			return true
		})
	}
	return out
}

// asFunction returns a lambda as the function that it is short for.
func asFunction(l *python.Lambda) *python.FunctionDef {
	return &python.FunctionDef{
		Span:   l.Span,
		Name:   &python.Name{Span: l.Span, ID: "<lambda>"},
		Params: l.Params,
		Body:   []python.Stmt{&python.Return{Span: l.Body.Pos(), Value: l.Body}},
	}
}

// relevant reports whether a session can play a part in a function at all: it
// something is called.
func relevant(body []python.Stmt) bool {
	found := false
	for _, s := range body {
		python.Inspect(s, func(n python.Node) bool {
			switch n.(type) {
			case *python.FunctionDef, *python.ClassDef:
				return false
			case *python.Call:
				found = true
			}
			return !found
		})
	}
	return found
}

// An interp interprets one function.
type interp struct {
	analyzer *analyzer
	module   *project.Module
	function *function // nil for the statements of a module or class
	scope    *scope
	facts    *Facts
	arounds  []around // sessions that the function finds around it
	begin    []*State // the states to begin with, if they are not those of entry
	finals   []*State // the states in which a function that is summed up ends
	uses     map[Use]bool
	ends     map[End]Site // without their place
	ops      map[opKey]*Op
	events   map[eventKey]*Event
	callees  map[opKey]Called
	moments  map[momentKey]*Moment // nil where nobody wants them
	leaving  *flow.Exit            // the with item that is being left
	// The first of the work that a commit made durable on some path.
	committed map[opKey]bool
	fine      map[Site]bool // attributes that are read after the close, and are or may be loaded on some way
	raised    []*State      // exceptions out of the node that is being executed
	steps     int
	now       *State // that a node is executed in
	at        Site   // the call that is being evaluated
	awaited   bool   // that call is awaited

	maxStates int
	most      int                        // steps
	sessions  bool                       // a session was made, or handed in
	summing   bool                       // what is done to sessions is spelt out
	asCallee  map[*python.Attribute]bool // attributes that are called, and not read
	receiver  *Value                     // the object whose method is called, if it holds a session
	elsewhere bool                       // the method that is called is that of something other than self
	outright  bool                       // names at the top are worked out, and not asked for
	shallow   bool                       // objects of the file's classes are not looked into
	calling   string                     // the function whose steps those are, if it is called by its name
	statement python.Expr                // the call that is a statement of its own: nothing has its value
	judged    bool                       // the callee knows its parameter for a session, and what it does wrong is reported there
	before    Session                    // how the session stood before those steps
	replaying int                        // steps of a callee are being repeated: what can fail there is known

	generators suspensions
	locals     map[int]*function // functions inside of this one, by where they begin
}

func newInterp(a *analyzer, s *scope, maxStates int) *interp {
	return &interp{
		analyzer:  a,
		module:    a.module,
		locals:    map[int]*function{},
		asCallee:  map[*python.Attribute]bool{},
		scope:     s,
		facts:     &Facts{},
		uses:      map[Use]bool{},
		ends:      map[End]Site{},
		ops:       map[opKey]*Op{},
		events:    map[eventKey]*Event{},
		callees:   map[opKey]Called{},
		committed: map[opKey]bool{},
		fine:      map[Site]bool{},
		maxStates: maxStates,
		most:      maxSteps,
	}
}

type opKey struct {
	site Site
	made Site
}

// run carries states along the graph until nothing new comes.
func (i *interp) run(g *flow.Graph) {
	sets := make([]stateSet, len(g.Blocks))
	for n := range sets {
		sets[n].paths = i.summing
	}
	var queue []*flow.Block
	queued := make([]bool, len(g.Blocks))
	reach := func(b *flow.Block, s *State) {
		if sets[b.Index].add(s, i.maxStates) && !queued[b.Index] {
			queued[b.Index] = true
			queue = append(queue, b)
		}
	}
	if i.begin == nil {
		i.begin = i.entry()
	}
	for _, s := range i.surroundings(i.begin) {
		reach(g.Entry, s)
	}
	for len(queue) > 0 {
		b := queue[0]
		queue = queue[1:]
		queued[b.Index] = false
		set := &sets[b.Index]
		todo := set.todo
		set.todo = nil
		if b == g.Return || b == g.Raise {
			continue
		}
		for _, s := range todo {
			if i.steps += 1 + len(b.Nodes); i.steps > i.most {
				i.facts.Partial = true
				return
			}
			i.block(b, s.clone(), reach)
		}
	}
	if i.summing {
		i.finals = append(sets[g.Return.Index].states(), sets[g.Raise.Index].states()...)
		return
	}
	for _, s := range sets[g.Return.Index].states() {
		i.leave(s, Returned)
	}
	for _, s := range sets[g.Raise.Index].states() {
		if s.thrown != "" && s.thrown != "?" && s.thrown != dbError && s.thrown != readError {
			i.leave(s, Raised)
		} else {
			i.leave(s, Threw)
		}
	}
}

// An outcome is a state after a node, and the kind of edge that it takes.
type outcome struct {
	state *State
	edge  flow.EdgeKind
}

// block runs a block with one state, and passes on what comes out of it.
func (i *interp) block(b *flow.Block, s *State, reach func(*flow.Block, *State)) {
	if len(b.Nodes) == 0 && len(b.Succs) > 0 && b.Succs[0].Kind == flow.Caught {
		i.dispatch(b, s, reach)
		return
	}
	states := []outcome{{s, flow.Next}}
	for _, n := range b.Nodes {
		var next []outcome
		for _, o := range states {
			i.raised = i.raised[:0]
			i.now = o.state
			next = append(next, i.node(n, o.state)...)
			for _, r := range i.raised {
				reach(b.Raises, r)
			}
		}
		states = i.fewOutcomes(next)
	}
	for _, o := range states {
		for n, e := range b.Succs {
			if e.Kind != o.edge && !(o.edge == flow.Next && (e.Kind == flow.Back || e.Kind == flow.Propagate)) {
				continue
			}
			s := o.state
			if n < len(b.Succs)-1 {
				s = s.clone()
			}
			if e.Kind == flow.Back {
				i.endTurn(s, e.Loop)
			}
			reach(e.To, s)
		}
	}
}

// endTurn ends one turn of a loop: its commits belong to it, and are not two
// commits of one unit of work together with those of the next turn.
func (i *interp) endTurn(s *State, loop python.Stmt) {
	if w, ok := loop.(*python.While); ok && i.scope.function != nil && !i.summing {
		if c, isConst := w.Cond.(*python.Constant); isConst && c.Kind == python.TrueConst { // a consumer
			i.neverRemoved(s)
		}
	}
	within := loop.Pos()
	for n := range s.sessions {
		o := &s.sessions[n]
		turn, rest := *o, *o
		turn.NCommits, turn.Commits = 0, [maxCommits]Site{}
		rest.NCommits, rest.Commits = 0, [maxCommits]Site{}
		for _, c := range o.Commits[:o.NCommits] {
			to := &rest
			if within.Contains(c) {
				to = &turn
			}
			to.Commits[to.NCommits] = c
			to.NCommits++
		}
		if turn.NCommits > 1 {
			i.end(&turn, Turned)
		}
		*o = rest
	}
}

// leave notes how the sessions stand when the function is left.
func (i *interp) leave(s *State, why EndKind) {
	i.now = s
	at := s.thrownAt
	if why == Returned {
		at = s.givenAt
		i.forgotten(s)
	}
	if slices.ContainsFunc(s.sessions, func(o Session) bool { return o.Proxy && o.UsedAt != (Site{}) }) && i.isJob() {
		i.neverRemoved(s)
	}
	i.collected(at, s)
	for n := range s.sessions {
		o := &s.sessions[n]
		if why == Returned {
			if s.thrownIn && i.isScope() {
				i.event(Event{Kind: SwallowedByScope, Site: s.handler, Session: *o, Other: o.Yielded, Sure: true})
			}
			if o.Shared && o.CaughtAt != (Site{}) {
				i.event(Event{Kind: UsedAfterFailure, Site: o.CaughtAt, Session: *o, Other: at, Sure: true})
			}
			i.lost(o, at, s)
		}
		i.endAt(End{Session: *o, Why: why, Plausible: s.caught || why == Threw, At: at})
	}
}

// suppresses is how scopes are called that are there to swallow.
var suppresses = regexp.MustCompile(`(?i)suppress|ignor|best_?effort`)

// isScope reports whether the function is a context manager written as a generator.
func (i *interp) isScope() bool {
	return i.function != nil && i.analyzer.isScope(i.function) && !suppresses.MatchString(i.function.def.Name.ID)
}

func (i *interp) end(o *Session, why EndKind) { i.endAt(End{Session: *o, Why: why}) }

func (i *interp) endAt(e End) {
	at := e.At
	e.At = Site{}
	if _, ok := i.ends[e]; !ok && e.Session.Life != Lost {
		i.ends[e] = at
	}
}
