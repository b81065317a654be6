package timeline

import (
	"cmp"
	"slices"
	"sort"

	"sessionlint/analysis/python"
	"sessionlint/analysis/session"
)

// Life is what one session goes through in one function.
type Life struct {
	Name  string       // the variable that it was first bound to, or ""
	Made  session.Site // the call that made it, or the parameter that handed it in
	Owned bool         // made in this function
	Async bool
	Core  bool   // a connection of the Core
	Steps []Step // as the source goes
	// Places are the expressions that stand for the session, in source order.
	Places []Place
	// Joined tells that it is bound to a connection: what it writes is for that
	// one's owner to commit.
	Joined bool
	writes []session.Op
	auto   bool // every statement commits itself
}

// Step is one change in the life of a session.
type Step struct {
	Kind   Kind
	Site   session.Site // what does it: a call, or the item of a with statement
	At     int          // where it happens: behind the call, or at the end of the with block
	Method string       // what is called, "" if nothing is
	Block  bool         // the end of a with block does it
	Error  bool         // it happens only when an exception is on its way
	Before State        // how the session stands right before
}

// Kind tells what a step is.
type Kind uint8

// The kinds of steps.
const (
	Opened     Kind = iota // made in this function
	HandedIn               // a parameter, or taken from around the function
	Begun                  // its transaction begins
	Written                // work that a commit would save
	Committed              // its transaction is committed
	RolledBack             // its transaction is rolled back
	Closed                 // the session is closed, and what it had not committed is lost
)

// String returns the word for a kind in data.
func (k Kind) String() string {
	return [...]string{"opened", "handedIn", "begun", "written", "committed", "rolledBack", "closed"}[k]
}

// Place is an expression that stands for a session.
type Place struct {
	Site  session.Site
	Bound bool // it is a variable or parameter that is bound there
	State State
}

// State is how a session stands at a place.
type State struct {
	Closed session.Tri
	Lost   bool // it can no longer be told
	Tx     session.Tri
	TxAt   session.Site // what began the transaction, unless Tx is No
	Held   session.Tri  // whether it holds a connection
	Writes session.Tri  // whether there is work that nothing has committed
	// Pending are the places of that work. One that stands in a loop may be
	// passed more than once: see More.
	Pending []session.Site
	More    bool
	// Least and Most are how many commits made work durable so far, on the paths
	// that have the least and the most of them.
	Least, Most int
}

// Of returns the lives of a function's sessions, in the order in which they are made.
func Of(f *session.Facts) []Life {
	lives := map[session.Site]*Life{}
	for _, m := range f.Moments {
		l := lives[m.Made]
		if l == nil {
			s := m.Who
			l = &Life{Made: m.Made, Owned: s.Owned, Async: s.Async, Core: s.Core, Joined: s.Joined, auto: s.Auto, writes: writes(f, m.Made)}
			lives[m.Made] = l
		}
		l.Name = cmp.Or(l.Name, m.Who.Name)
		l.take(m)
	}
	var out []Life
	for _, l := range lives {
		l.finish(f)
		out = append(out, *l)
	}
	sort.Slice(out, func(a, b int) bool {
		return out[a].Made.Start < out[b].Made.Start || out[a].Made.Start == out[b].Made.Start && out[a].Made.End < out[b].Made.End
	})
	return out
}

// Class returns the name of the class that a session is of.
func (l *Life) Class() string {
	switch {
	case l.Core && l.Async:
		return "AsyncConnection"
	case l.Core:
		return "Connection"
	case l.Async:
		return "AsyncSession"
	}
	return "Session"
}

// take adds a moment to the life.
func (l *Life) take(m session.Moment) {
	before := l.state(m)
	step := Step{Site: m.Site, At: m.At, Method: m.Method, Block: m.At > m.Site.End, Error: m.Error, Before: before}
	switch m.Kind {
	case session.Seen, session.Bound:
		l.Places = append(l.Places, Place{m.Site, m.Kind == session.Bound, before})
		return
	case session.Opened:
		l.opened(step, before)
		return
	case session.Began:
		step.Kind = Begun
	case session.Committed:
		step.Kind = Committed
	case session.RolledBack:
		step.Kind = RolledBack
	case session.Ended:
		if step.Kind = Closed; before.Closed == session.Yes { // a second time: nothing happens
			return
		}
	}
	l.Steps = append(l.Steps, step)
}

// opened adds the steps of a call that gives a session: a function may begin its
// transaction, or close it, before it hands it or what it loaded over.
func (l *Life) opened(s Step, after State) {
	s.Method, s.Before = "", State{}
	s.Kind = Opened
	l.Steps = append(l.Steps, s)
	if after.Closed == session.Yes {
		s.Kind = Closed
		l.Steps = append(l.Steps, s)
	} else if after.Tx == session.Yes {
		s.Kind = Begun
		l.Steps = append(l.Steps, s)
	}
}

// finish adds what no moment tells, and puts all into order.
func (l *Life) finish(f *session.Facts) {
	made := slices.ContainsFunc(l.Steps, func(s Step) bool { return s.Kind == Opened }) // by a registry, if it is not owned
	if !l.Owned && !made {
		unknown := State{Tx: session.Maybe, Held: session.Maybe}
		l.Steps = append(l.Steps, Step{Kind: HandedIn, Site: l.Made, At: l.Made.Start, Before: unknown})
		if f.Function != nil && slices.ContainsFunc(f.Function.Params, func(p *python.Param) bool { return p.Name.Span == l.Made }) {
			l.Places = append(l.Places, Place{l.Made, true, unknown})
		}
	}
	helpers := map[session.Site]string{} // which write, in the calls that they stand for
	for _, s := range l.Steps {
		helpers[s.Site] = s.Method
	}
	for _, o := range l.writes {
		s := Step{Kind: Written, Site: o.Site, At: o.Site.End, Method: cmp.Or(o.Method, helpers[o.Site])}
		if s.Before = l.before(o.Site); s.Before.Closed != session.Yes || l.Core {
			l.Steps = append(l.Steps, s)
		}
	}
	slices.SortStableFunc(l.Steps, func(a, b Step) int {
		return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Kind, b.Kind))
	})
	sort.Slice(l.Places, func(a, b int) bool { return l.Places[a].Site.Start < l.Places[b].Site.Start })
}

// writes returns the operations that change what a commit would save.
func writes(f *session.Facts, made session.Site) []session.Op {
	var out []session.Op
	for _, o := range f.Ops {
		if o.Made == made && o.Writes != session.No {
			out = append(out, o)
		}
	}
	return out
}

// state returns how a session stands before a moment.
func (l *Life) state(m session.Moment) State {
	b := m.Before
	s := State{Closed: b.Closed, Lost: b.Lost, Tx: b.Tx, Held: b.Held, Writes: b.Writes, Least: b.Least, Most: b.Most}
	if b.Tx != session.No {
		s.TxAt = b.TxAt
	}
	if l.auto {
		s.Writes = session.No // every statement commits itself
	}
	if s.Writes == session.No {
		return s
	}
	s.More = m.Loop
	for _, o := range l.writes {
		// What is not done yet. A helper may write and commit in one call.
		itself := o.Site.Contains(m.Site) && !o.Loop && (m.Kind == session.Seen || m.Kind == session.Bound || m.Kind == session.Began)
		if o.Site.Start >= b.FirstWrite.Start && o.Site.Start < m.At && !itself {
			s.Pending = append(s.Pending, o.Site)
			s.More = s.More || o.Loop
		}
	}
	return s
}

// before returns how the session stands where an operation begins.
func (l *Life) before(at session.Site) State {
	var last State
	for _, p := range l.Places {
		if at.Contains(p.Site) {
			return p.State
		}
		if p.Site.Start < at.Start {
			last = p.State
		}
	}
	return last
}

// At returns the expression at an offset that stands for the session.
func (l *Life) At(offset int) (Place, bool) {
	for _, p := range l.Places {
		if p.Site.Start <= offset && offset <= p.Site.End {
			return p, true
		}
	}
	return Place{}, false
}

// Commits returns how many commits of work the longest way through the function
// has, and whether it may be more.
func Commits(f *session.Facts, made session.Site) (n int, more bool) {
	for _, e := range f.Ends {
		if e.Session.Made == made {
			n = max(n, e.Session.NCommits)
		}
	}
	return n, n == len(session.Session{}.Commits)
}
