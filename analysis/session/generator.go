package session

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sessionlint/analysis/flow"
	"sessionlint/analysis/python"
)

// A suspended is a generator that was made by a call and has not begun.
type suspended struct {
	sum     *summary
	actual  []Value
	made    Site // the call
	manager bool // it is a context manager
}

// guesses reports whether what the generator hands out is a session by its
// factory's name alone.
func (g *suspended) guesses() bool {
	return slices.ContainsFunc(g.sum.outcomes, func(e ending) bool { return len(e.made) > 0 && e.made[0].Guess })
}

// suspensions numbers the generators of a function, so that values can name them.
type suspensions []*suspended

func (g *suspensions) add(s *suspended) string {
	n := slices.IndexFunc(*g, func(o *suspended) bool {
		return o.sum == s.sum && o.made == s.made && slices.Equal(o.actual, s.actual) && o.manager == s.manager
	})
	if n < 0 {
		n = len(*g)
		*g = append(*g, s)
	}
	return strconv.Itoa(n)
}

func (g suspensions) get(text string) *suspended {
	number, _, _ := strings.Cut(text, "#")
	n, err := strconv.Atoi(number)
	if err != nil || n >= len(g) {
		return nil
	}
	return g[n]
}

// beforeYield returns what stands before the yield in a word.
func beforeYield(word string) string {
	before, _, _ := strings.Cut(word, "Y")
	return before
}

// prefix names what an outcome does up to its yield. Outcomes with one prefix
// are one run of the generator so far.
func (e ending) prefix() string {
	var b strings.Builder
	for _, w := range e.words {
		b.WriteString(beforeYield(w) + "|")
	}
	if len(e.made) > 0 {
		b.WriteString(beforeYield(e.made[0].word))
	}
	fmt.Fprint(&b, e.gives)
	return b.String()
}

// enterScope runs a generator up to its yield, in each of the ways there are.
func (i *interp) enterScope(n *flow.Enter, v Value, s *State) []result {
	g := i.generators.get(v.Text)
	var out []result
	done := map[string]bool{}
	for _, e := range g.sum.outcomes {
		key := e.prefix()
		if e.yielded && done[key] {
			continue
		}
		st := s.clone()
		for k, a := range g.actual {
			if a.Kind == SessionV && k < len(e.words) {
				i.repeat(beforeYield(e.words[k]), a, n.Item.Span, st)
			}
		}
		if !e.yielded {
			if e.raises {
				st.throw(e.thrown, n.Item.Span)
				st.passed = e.passed
				i.raised = append(i.raised, st)
			}
			continue
		}
		done[key] = true
		bound := i.yieldedBy(e, g, n, st)
		if o := st.session(bound); o != nil && o.Scope {
			o.Saves = g.commits(key)
		}
		st.vars[i.scope.items[n.Item]] = Value{Kind: EnteredV, Obj: bound.Obj, Text: v.Text + "#" + key}
		out = append(out, result{st, bound})
	}
	return out
}

// yieldedBy returns what a scope hands out. A session that it made begins its
// life in the caller's state, who uses it and hands it back.
func (i *interp) yieldedBy(e ending, g *suspended, n *flow.Enter, s *State) Value {
	v := e.gives
	switch {
	case !v.onSession() || v.Kind != SessionV:
		return Value{}
	case int(v.Obj) < len(g.actual):
		return g.actual[v.Obj]
	case len(e.made) == 0:
		return Value{}
	}
	m := e.made[0]
	o := Session{
		Owned: true, Async: m.Async, Core: m.Core, Guess: m.Guess, Typed: m.Typed, Autoflush: m.Autoflush,
		Expires: m.Expires, Auto: m.Auto, Joined: m.Joined, Scope: true,
	}
	v.Obj = i.install(o, g.made, s)
	s.session(v).Manager = n.Item.Span
	i.repeat(beforeYield(m.word), v, n.Item.Span, s)
	return v
}

// exitScope runs a scope from its yield to its end.
func (i *interp) exitScope(n *flow.Exit, v Value, s *State) []outcome {
	number, key, _ := strings.Cut(v.Text, "#")
	g := i.generators.get(number)
	var out []outcome
	for _, e := range g.sum.outcomes {
		if !e.yielded || e.prefix() != key || e.thrownIn != n.Exception {
			continue
		}
		st := s.clone()
		st.failing = st.failing || e.raises
		for k, a := range g.actual {
			if a.Kind == SessionV && k < len(e.words) {
				i.repeat(tail(e.words[k], "Y"), a, n.Item.Span, st)
			}
		}
		if len(e.made) > 0 && int(v.Obj) < len(st.sessions) {
			fresh := Value{Kind: SessionV, Obj: v.Obj}
			if o := st.session(fresh); o.Scope {
				if !n.Exception && strings.Contains(tail(e.made[0].word, "Y"), "x") {
					i.end(o, Closing)
				}
				if !n.Exception && !e.commits() && g.commits(key) { // whether it does is the scope's to decide
					o.Writes = No
				}
				i.repeat(tail(e.made[0].word, "Y"), fresh, n.Item.Span, st)
				o.ClosedWith = o.Life == Closed
				o.Escaped = o.Escaped || o.Life != Closed // what the scope leaves open is reported there
			}
		}
		switch {
		case e.raises && n.Exception:
			out = append(out, outcome{st, flow.Propagate})
		case e.raises:
			st.throw(e.thrown, n.Item.Span)
			st.passed = e.passed
			i.raised = append(i.raised, st)
		case n.Exception:
			st.thrown, st.thrownAt, st.failing = "", Site{}, false
			st.caught = true
			out = append(out, outcome{st, flow.Swallow})
		default:
			out = append(out, outcome{st, flow.Next})
		}
	}
	if len(out) == 0 && n.Exception {
		out = append(out, outcome{s, flow.Propagate})
	}
	return out
}

// commits reports whether a generator commits the session that it made on one of
// the ways that go on from a yield.
func (g *suspended) commits(prefix string) bool {
	return slices.ContainsFunc(g.sum.outcomes, func(e ending) bool { return e.yielded && !e.thrownIn && e.prefix() == prefix && e.commits() })
}

func (e ending) commits() bool {
	return len(e.made) > 0 && strings.ContainsAny(tail(e.made[0].word, "Y"), "cE?")
}

// handsOut reports whether a generator yields a session that it makes.
func (g *suspended) handsOut() bool {
	return g != nil && !g.manager && slices.ContainsFunc(g.sum.outcomes, func(e ending) bool {
		return e.yielded && len(e.made) > 0 && e.gives.Kind == SessionV
	})
}

// startGenerator runs a generator that hands out a session up to its yield, for
// a loop that goes over it: for session in get_db().
func (i *interp) startGenerator(loop *python.For, v Value, s *State) []outcome {
	item := &python.WithItem{Span: loop.Iter.Pos(), Context: loop.Iter}
	i.scope.items[item] = i.scope.loops[loop]
	defer delete(i.scope.items, item)
	var out []outcome
	for _, r := range i.enterScope(&flow.Enter{Item: item}, v, s) {
		out = append(out, outcome{r.state, flow.Next})
	}
	return out
}

// iterateGenerator gives the loop the session, and the second time lets the
// generator go on to its end.
func (i *interp) iterateGenerator(loop *python.For, v Value, s *State) []outcome {
	slot := i.scope.loops[loop]
	if !v.Held {
		s.vars[slot].Held = true
		i.assign(loop.Target, Value{Kind: SessionV, Obj: v.Obj}, s)
		return []outcome{{s, flow.Next}}
	}
	s.vars[slot] = Value{}
	out := i.exitScope(&flow.Exit{Item: &python.WithItem{Span: loop.Iter.Pos(), Context: loop.Iter}}, v, s)
	for n := range out {
		out[n].edge = flow.Done
	}
	return out
}

// collected ends the generators that loops were left with break from: nothing
// keeps them, and they are told so by an exception at their yield.
func (i *interp) collected(at Site, s *State) {
	for _, v := range s.vars {
		o := s.session(v)
		if o == nil || v.Kind != EnteredV || !o.Scope || !v.Held {
			continue
		}
		number, _, _ := strings.Cut(v.Text, "#")
		if g := i.generators.get(number); g != nil && g.closes() {
			i.closeSession(o, at, true, s)
		}
	}
}

// closes reports whether a generator closes the session that it made, whatever
// is thrown in at its yield.
func (g *suspended) closes() bool {
	return !slices.ContainsFunc(g.sum.outcomes, func(e ending) bool {
		return e.thrownIn && (len(e.made) == 0 || !strings.Contains(tail(e.made[0].word, "Y"), "x"))
	})
}

// yieldAll hands out several values, one of which may be a session.
func (i *interp) yieldAll(e *python.Yield, t *python.Tuple, s *State) []result {
	var out []result
	for _, r := range i.evalAll(t.Elts, s) {
		given := Value{}
		for _, v := range r.values {
			if v.Kind == SessionV {
				given = v
			}
		}
		i.yield(e, given, r.state)
		if r.state.given.Kind == SessionV { // which of them it is, a caller cannot tell
			i.escape(r.state.given, r.state)
			r.state.given = Value{}
		}
		out = append(out, result{r.state, Value{}})
	}
	return i.few(out)
}

// yield hands a value out of a generator, which goes on later: normally, or
// with an exception that is thrown in.
func (i *interp) yield(e *python.Yield, v Value, s *State) {
	if i.function == nil || !i.function.def.Generator {
		i.handBack(v, e.Span, s)
		i.throws(s)
		return
	}
	for n := range s.sessions {
		s.sessions[n].StoredAt = Site{} // it is for whoever goes on now
	}
	if !s.yielded {
		s.yielded = true
		if i.summing {
			s.given = v
			if v.Kind != SessionV {
				s.given = Value{}
			}
		}
	}
	for n := range s.sessions {
		i.spell(&s.sessions[n], 'Y')
	}
	o := s.session(v)
	if v.Kind == SessionV {
		o.Yielded = e.Span
		o.hold(e.Span) // whoever gets it uses it
		if o.Owned {
			o.Writes, o.Excused = Maybe, false
			o.Pending = true
			o.begin(e.Span, "yield")
		}
	} else {
		i.handBack(v, e.Span, s)
	}
	if i.analyzer.file.isFixture(i.function.def) {
		for n := range s.sessions { // what comes after the test is another unit of work
			s.sessions[n].NCommits, s.sessions[n].Commits = 0, [maxCommits]Site{}
		}
		return
	}
	thrown := s.clone()
	thrown.thrown, thrown.thrownAt, thrown.failing, thrown.thrownIn = "", e.Span, true, true
	if v.Kind == SessionV {
		thrown.session(v).Resumed = true
	}
	i.raised = append(i.raised, thrown)
}
