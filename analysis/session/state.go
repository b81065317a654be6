package session

import (
	"encoding/binary"
	"slices"

	"sessionlint/analysis/python"
)

// ObjectID is the index of a session in the objects of a state.
type ObjectID int

// Site is where something happened: a span of the unit.
type Site = python.Span

// Life tells whether a session was closed.
type Life uint8

// The lives of a session.
const (
	Open   Life = iota
	Closed      // by the end of its with block, or by close()
	Lost        // it can no longer be told
)

// Tri is an answer that may not be known.
type Tri uint8

// The answers.
const (
	No Tri = iota
	Maybe
	Yes
)

// Reopening is the first use of a closed session that did not come to an end.
type Reopening struct {
	Site   Site
	Method string // as the source has it: "execute", or "query … all"
	Holds  bool   // it holds a connection; else it only queues work
	Writes bool   // what it queued or wrote is lost
}

// maxCommits bounds how many commits a state tells apart.
const maxCommits = 6

// Session is the typestate of one session, or of one connection of the Core,
// in one state. It is comparable.
type Session struct {
	Name      string // the variable that it was first bound to, or ""
	Made      Site   // the call that made it, or the parameter that handed it in
	Owned     bool   // made in this function
	Async     bool
	Core      bool   // a connection of the Core
	Proxy     bool   // a registry that gives each thread or task a session of its own
	Maker     string // what made it, if it is only known by its name
	Guess     bool   // taken for a session by the name of its factory
	Inside    bool   // it belongs to an object, which is to close it
	Shared    bool   // others use it after this function: an attribute of self, or of a module
	ByHand    bool   // entered by hand when it was made: nothing leaves it
	Vague     bool   // taken for a session by its own name
	Typed     bool   // its class is known: it is asynchronous or not for certain
	Autoflush Tri    // whether queries send pending changes first; Maybe if the factory cannot be seen
	Expires   Tri    // whether a commit expires the objects; Maybe if the factory cannot be seen
	Auto      bool   // every statement commits itself
	Scope     bool   // handed out by a context manager of the file
	Saves     bool   // the context manager that handed it out may commit when it is left
	Joined    bool   // bound to a connection: its commits are the connection's owner's to keep

	Stack      int  // where the with item begins whose exit stack closes it, less 0
	Manager    Site // the with item that closes it, zero if none does
	Life       Life
	ClosedAt   Site // the with item, or the call of close()
	ClosedWith bool // closed by the end of a with block
	Reopened   Reopening

	Used     bool // it was used at all
	Tx       Tri  // whether a transaction has begun
	TxAt     Site // what began it
	TxBy     string
	Held     Tri  // whether it holds a connection
	HeldAt   Site // the first use that took the connection
	Block    Tri  // inside of with session.begin()
	BlockAt  Site
	UsedAt   Site   // of a registry: the first use
	Nested   int8   // how many savepoints it is in
	Outer    Tri    // its writes when the outermost of them began
	OuterH   Site   // and what was handled before
	EndedAt  Site   // what ended the transaction within its with block
	EndedBy  string // commit, rollback or close
	FailedAt Site   // a flush or commit that failed, and was not rolled back
	FailedBy string
	FailedC  bool // what failed was the COMMIT
	CaughtAt Site // the handler that caught it
	Handled  Site // a handler within the begin block that caught an error
	HandledF bool // it caught a failed flush
	Undone   bool // the exception that is on its way was undone up to a savepoint
	Pending  bool // there may be changes that the next flush sends
	Quiet    int8 // how many no_autoflush it is in

	Merged string // the class and key of what was merged last

	Writes     Tri  // work since the last commit
	FirstWrite Site // the first of that work
	Excused    bool // that work is given up on purpose, or after an error
	Escaped    bool // something that outlives the function may close or use it
	Kept       bool // it is stored where others find it
	HandedOut  bool // a function that cannot be seen was given it
	Yielded    Site // the yield that handed it out
	Resumed    bool // an exception was thrown in at that yield
	TaskAt     Site // what handed it to a task that nothing has waited for
	StoredAt   Site // the store outside of its block that nothing has been called after
	NCommits   int
	Commits    [maxCommits]Site // calls of commit() that made work durable, on this path

	word string // what was done with it, while a function is summed up
}

// Called returns how a message names the session: by its variable, in backticks.
func (s Session) Called() string {
	if s.Name == "" {
		return "the session"
	}
	return "`" + s.Name + "`"
}

// State is one way that the function can stand at a point.
type State struct {
	vars     []Value // by slot
	sessions []Session

	given    Value  // what the function returns
	givenAt  Site   // the return statement; two states that differ in it alone are one
	yielded  bool   // a generator has handed something out
	thrownIn bool   // an exception was thrown in there
	passed   string // the classes of handlers that it was found not to be of, each with a space before it
	passing  string // while an exception is handled: its class, if it is known
	passesIn Site   // that handler
	handler  Site   // the handler that caught it; two states that differ in it alone are one
	caught   bool   // an exception out of a call was caught on the way
	broke    bool   // one of those was the database's, as far as its handler tells

	// Thrown is the path of the exception that is on its way, "" if any may be.
	thrown   string
	thrownAt Site // what threw it; two states that differ in it alone are one
	// failing tells that an exception is on its way, on which only finally
	// clauses and with blocks run.
	failing bool
}

func (s *State) clone() *State {
	return &State{vars: slices.Clone(s.vars), sessions: slices.Clone(s.sessions), given: s.given, givenAt: s.givenAt, caught: s.caught, broke: s.broke, yielded: s.yielded, thrownIn: s.thrownIn, handler: s.handler, passed: s.passed, passing: s.passing, passesIn: s.passesIn, thrown: s.thrown, thrownAt: s.thrownAt, failing: s.failing}
}

// session returns the session that a value hangs on, or nil.
func (s *State) session(v Value) *Session {
	if !v.onSession() || int(v.Obj) >= len(s.sessions) {
		return nil
	}
	return &s.sessions[v.Obj]
}

// key returns a string that two states share exactly if they are equal.
func (s *State) key() string {
	b := make([]byte, 0, 16*len(s.vars)+96*len(s.sessions))
	num := func(ns ...int) {
		for _, n := range ns {
			b = binary.AppendVarint(b, int64(n))
		}
	}
	site := func(s Site) { num(s.Start, s.End) }
	flag := func(fs ...bool) {
		n := 0
		for i, f := range fs {
			if f {
				n |= 1 << i
			}
		}
		num(n)
	}
	text := func(t string) { num(len(t)); b = append(b, t...) }
	value := func(v Value) {
		num(int(v.Kind), int(v.Obj), int(v.Stale))
		flag(v.Held, v.Many, v.Rows, v.Dead, v.Begun)
		text(v.Text)
		text(v.Class)
		text(v.Key)
		text(v.Set)
	}
	for _, v := range s.vars {
		value(v)
	}
	value(s.given)
	for i := range s.sessions {
		o := &s.sessions[i]
		num(int(o.Life), int(o.Block), int(o.Writes), o.NCommits, o.Stack, int(o.Tx), int(o.Held), int(o.Nested), int(o.Outer), int(o.Expires), int(o.Autoflush), int(o.Quiet))
		flag(o.Owned, o.Async, o.Guess, o.Joined, o.ClosedWith, o.Reopened.Holds, o.Reopened.Writes, o.Escaped, o.Core, o.Proxy,
			o.Vague, o.ByHand, o.Shared, o.Inside, o.Typed, o.Scope, o.Auto, o.Used, o.Kept, o.HandledF, o.FailedC, o.Undone, o.Pending, o.Excused, o.HandedOut, o.Resumed)
		for _, at := range []Site{o.Made, o.Manager, o.ClosedAt, o.FirstWrite, o.Reopened.Site, o.TxAt, o.HeldAt, o.BlockAt,
			o.EndedAt, o.FailedAt, o.CaughtAt, o.Handled, o.Yielded, o.TaskAt, o.StoredAt, o.UsedAt, o.OuterH} {
			site(at)
		}
		for _, c := range o.Commits[:min(o.NCommits, maxCommits)] {
			site(c)
		}
		text(o.Name)
		text(o.Maker)
		text(o.word)
		text(o.Merged)
	}
	text(s.thrown)
	text(s.passing)
	text(s.passed)
	flag(s.failing, s.caught, s.broke, s.yielded, s.thrownIn)
	return string(b)
}

// joinStates returns a state that both a and b are cases of. What they differ
// in is not known any more, and a session that they differ in is never blamed.
func joinStates(a, b *State) *State {
	j := a.clone()
	for i := range j.vars {
		j.vars[i] = join(a.vars[i], b.vars[i])
	}
	n := min(len(a.sessions), len(b.sessions))
	j.sessions = j.sessions[:n]
	for i := range j.sessions {
		if a.sessions[i] != b.sessions[i] {
			j.sessions[i] = joinSessions(a.sessions[i], b.sessions[i])
		}
	}
	for i, v := range j.vars {
		if v.onSession() && int(v.Obj) >= n {
			j.vars[i] = Value{}
		}
	}
	if a.thrown != b.thrown {
		j.thrown = ""
	}
	j.given = join(a.given, b.given)
	j.caught, j.broke = a.caught || b.caught, a.broke || b.broke
	return j
}

func joinSessions(a, b Session) Session {
	if a.Made != b.Made {
		return Session{Life: Lost, Escaped: true}
	}
	j := a
	if a.Life != b.Life || a.Reopened != b.Reopened || a.ClosedAt != b.ClosedAt {
		j.Life, j.Reopened = Lost, Reopening{}
	}
	if a.Writes != b.Writes {
		j.Writes = Maybe
	}
	j.Tx, j.Held, j.Block, j.Expires = either(a.Tx, b.Tx), either(a.Held, b.Held), either(a.Block, b.Block), either(a.Expires, b.Expires)
	if a.EndedAt != b.EndedAt || a.FailedAt != b.FailedAt || a.Handled != b.Handled {
		j.EndedAt, j.FailedAt, j.CaughtAt, j.Handled = Site{}, Site{}, Site{}, Site{}
	}
	if a.word != b.word {
		j.word = unknownWord
	}
	j.Excused, j.HandedOut, j.Vague = a.Excused || b.Excused, a.HandedOut || b.HandedOut, a.Vague || b.Vague
	if a.NCommits != b.NCommits || a.Commits != b.Commits {
		j.NCommits, j.Commits = 0, [maxCommits]Site{}
	}
	j.Escaped = a.Escaped || b.Escaped
	return j
}

// either returns what is known of something that is a on one path and b on another.
func either(a, b Tri) Tri {
	if a == b {
		return a
	}
	return Maybe
}
