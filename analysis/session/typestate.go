package session

import (
	"regexp"
	"strings"
)

// dbError stands for whatever the database may answer: the class of an
// exception out of a flush, a commit or a statement.
const dbError = "sqlalchemy.exc.DBAPIError"

// readError is dbError of a statement that changes nothing.
const readError = "sqlalchemy.exc.OperationalError"

// called runs the effects of a method on a session: what cannot work any more,
// what may fail, and what comes of it.
func (i *interp) called(m *Method, writes Tri, at Site, v Value, s *State) {
	o := s.session(v)
	before, blamed := o.word, o.CaughtAt != (Site{})
	i.noteWord(o, m, writes, v.Key)
	if blamed { // it fails because of that, and its failure is no news to a caller
		before = o.word
	}
	if !m.uses() {
		i.ended(m, at, o, s)
		return
	}
	over := o.EndedAt != (Site{})
	i.misused(m, at, o, s.failing)
	i.meanwhile(o, at)
	o.Used = true
	if f := i.scope.function; f != nil && f.Async && !o.Async && (o.Typed || o.Proxy) && !o.Core && (m.SQL || m.Checkout) && i.replaying == 0 {
		i.event(Event{Kind: BlockingSQL, Site: at, Session: *o, Method: m.Name, Sure: true})
	}
	if o.Proxy && o.UsedAt == (Site{}) {
		o.UsedAt = at
	}
	begins := m.Begins || m.Name == "refresh" // which the table has from a session that has no such object
	if begins {
		i.tellBegin(at, m.Name, o)
	}
	if o.Life == Closed && !o.Core && !over && (m.Closed == "reopens" || m.Closed == "queues") {
		i.reopen(o, m.Name, m.Closed == "reopens", writes, at)
	}
	i.fails(m, writes, at, v, before, s)
	if begins {
		o.begin(at, m.Name)
	}
	if m.Checkout || m.SQL && !m.Commits && (m.Name != "flush" && m.Name != "begin_nested" || o.Pending) {
		o.hold(at)
	}
	if m.flushes(o) {
		o.Pending = false
		s.flushed(o)
	}
	i.ended(m, at, o, s)
	i.wrote(o, writes, at)
	if writes != No && (!m.SQL || strings.HasPrefix(m.Name, "merge")) {
		o.Pending = true
	}
}

// flushes reports whether a method sends a session's pending changes first.
func (m *Method) flushes(o *Session) bool {
	return m.Commits || m.Name == "flush" || m.Flushes && o.Autoflush != No && o.Quiet == 0
}

// uses reports whether a method does something with the database or begins a
// transaction. A rollback, a close and the harmless methods do not.
func (m *Method) uses() bool { return m.SQL || m.Begins || m.Checkout || m.Flushes || m.Commits }

// closes reports whether a method ends the life of a session or connection.
func (m *Method) closes() bool {
	return m.Ends && m.Releases && m.RollsBack && (m.Detaches || m.Name != "rollback")
}

// misused notes what cannot work: see the kinds of events.
func (i *interp) misused(m *Method, at Site, o *Session, failing bool) {
	if o.Core && o.Life == Closed && !m.Commits {
		i.event(Event{Kind: UsedClosed, Site: at, Session: *o, Method: m.Name, Other: o.ClosedAt, Sure: true})
	}
	if o.EndedAt != (Site{}) && o.EndedBy == "commit" && i.scope.inLoop(o.EndedAt) && at.Start < o.EndedAt.Start {
		i.event(Event{Kind: CommitInLoop, Site: o.EndedAt, Session: *o, Method: "commit", Other: at, Sure: true})
		o.EndedAt = Site{}
	}
	if o.EndedAt != (Site{}) && m.Name != "flush" {
		i.event(Event{Kind: UsedAfterEnd, Site: at, Session: *o, Method: m.Name, Other: o.EndedAt, Sure: true})
		o.EndedAt = Site{}
	}
	if o.CaughtAt != (Site{}) && (m.SQL || m.Checkout || m.Commits) {
		if failing { // it fails again, and stays as it is
			return
		}
		i.event(Event{Kind: UsedAfterFailure, Site: o.CaughtAt, Session: *o, Method: m.Name, Other: at, Sure: o.Block != Maybe})
		o.FailedAt, o.CaughtAt = Site{}, Site{}
		if o.HandledF { // the block does not end in silence
			o.Handled, o.HandledF = Site{}, false
		}
	}
}

// fails notes that a call can raise, and how the session stands then: it is in
// a transaction, and after a failed flush it must be rolled back. word is what the
// function had done to it before.
func (i *interp) fails(m *Method, writes Tri, at Site, v Value, word string, s *State) {
	if !m.SQL && !m.Checkout && !m.Commits || i.replaying > 0 {
		return
	}
	o := s.session(v)
	flushes := m.flushes(o) && m.Name != "begin_nested"
	alone := o.Owned || o.Block == Yes                                            // begin() refuses a transaction that has begun
	if m.Name == "flush" && i.summing && !alone && !o.Pending && o.Writes == No { // what the caller has added
		i.flushFails(m, at, v, word, s)
	}
	if flushes && (o.Pending || m.Commits && (o.Writes != No || !alone)) {
		i.flushFails(m, at, v, word, s)
		return
	}
	failed := s.clone()
	o = failed.session(v)
	o.word = word
	switch {
	case m.Name == "begin_nested": // what was pending is sent before there is a savepoint, but who writes this means it to be undone
		o.Undone = true
	case m.Name == "flush": // of nothing: nothing to fail
		return
	case m.Commits: // of reads only: that surely fails for no reason of the program's
		if o.Tx == No || o.Nested > 0 || o.Block != No { // nor is it known what is left of a block
			return
		}
	default:
		if flushes && i.summing && !alone { // what the caller has added
			i.spell(o, m.failedLetter(v.Key))
		}
		o.begin(at, m.Name)
		o.hold(at)
	}
	failed.throw(dbError, at)
	if writes == No {
		failed.thrown = readError
	}
	i.raised = append(i.raised, failed)
}

// flushFails notes that the flush that a call begins with can fail, and the
// COMMIT behind it.
func (i *interp) flushFails(m *Method, at Site, v Value, word string, s *State) {
	// What a caller has pending is sent when a savepoint begins.
	if o := s.session(v); o.Pending || (!o.Owned || !m.Commits) && o.Nested == 0 && o.Block != Yes {
		i.breaks(m, false, at, v, word, s)
	}
	if m.Commits {
		i.breaks(m, true, at, v, word, s)
	}
}

// breaks notes that a flush can fail, or else the COMMIT of the whole transaction.
// A flush that failed has been rolled back, with which everything is expired; a
// COMMIT has not.
func (i *interp) breaks(m *Method, whole bool, at Site, v Value, word string, s *State) {
	failed := s.clone()
	o := failed.session(v)
	o.word = word
	o.FailedAt, o.FailedBy, o.CaughtAt, o.FailedC = at, m.Name, Site{}, whole
	o.Pending = false
	o.begin(at, m.Name)
	o.hold(at)
	if whole {
		i.spell(o, 'd')
	} else {
		i.spell(o, 'e')
		failed.undone(o, Yes)
	}
	failed.throw(dbError, at)
	i.raised = append(i.raised, failed)
}

// ended runs what a method does at the end of a transaction or of a session.
func (i *interp) ended(m *Method, at Site, o *Session, s *State) {
	switch {
	case m.Commits:
		i.commit(o, at, s)
	case m.closes():
		if o.Life == Closed && o.Reopened == (Reopening{}) {
			s.detach(o)
			return // closed twice: the first one counts
		}
		if o.Block == Yes && o.EndedAt == (Site{}) && o.Writes != No {
			i.event(Event{Kind: CloseInBlock, Site: at, Session: *o, Method: m.Name, Other: o.BlockAt, Sure: true})
		}
		i.endedForCaller(o, m.Name+"()", at)
		inBlock, blockAt, nested := o.Block, o.BlockAt, o.Nested
		i.closeSession(o, at, false, s)
		if inBlock == Yes || nested > 0 {
			o.Block, o.BlockAt, o.Nested, o.EndedAt, o.EndedBy = inBlock, blockAt, nested, at, m.Name
		}
	case m.RollsBack:
		i.did(RolledBack, at, m.Name, o)
		i.endedForCaller(o, "rollback()", at)
		o.Writes, o.Reopened, o.Excused = No, Reopening{}, false
		o.Handled, o.HandledF = Site{}, false
		s.undone(o, o.Tx) // without a transaction there is nothing to roll back
		o.release(at, m.Name)
		o.FailedAt, o.CaughtAt = Site{}, Site{}
	case m.Expires && strings.HasSuffix(m.Name, "_all"):
		s.expire(o, Yes)
	}
}

// unitOfWork is what classes are called that end the transactions of others.
var unitOfWork = regexp.MustCompile(`(?i)repository|unitofwork|uow`)

// endedForCaller notes that a function ends the transaction of a session that is
// not its own.
func (i *interp) endedForCaller(o *Session, method string, at Site) {
	if c := i.function; c != nil && c.class != nil && unitOfWork.MatchString(c.class.name) {
		return // that is what they are for
	}
	if !o.Owned && !o.Proxy && i.replaying == 0 && o.Life == Open {
		i.event(Event{Kind: EndedForCaller, Site: at, Session: *o, Method: method, Sure: true})
	}
}

func (i *interp) commit(o *Session, at Site, s *State) {
	i.did(Committed, at, "commit", o)
	i.loopCommit(o, at, s)
	if s.thrownIn && s.failing && i.isScope() {
		i.event(Event{Kind: CommitInFinally, Site: at, Session: *o, Method: "commit", Other: o.Yielded, Sure: true})
	}
	i.endedForCaller(o, "commit()", at)
	if o.Writes != No && o.Block == No && !o.Joined && o.NCommits < maxCommits {
		o.Commits[o.NCommits] = at
		o.NCommits++
	}
	i.kept(o)
	o.Writes, o.Reopened, o.Excused, o.Pending = No, Reopening{}, false, false
	o.release(at, "commit")
	s.committed(o)
}

// begin notes that a transaction has begun.
func (o *Session) begin(at Site, by string) {
	if o.Tx != Yes {
		o.Tx, o.TxAt, o.TxBy = Yes, at, by
	}
}

// hold notes that the session has taken a connection.
func (o *Session) hold(at Site) {
	if o.Held != Yes {
		o.Held, o.HeldAt = Yes, at
	}
}

// release notes the end of the transaction, with which the connection goes back.
func (o *Session) release(at Site, by string) {
	if o.Block == Yes || o.Nested > 0 {
		o.EndedAt, o.EndedBy = at, by
	}
	o.Tx, o.Held, o.Pending = No, No, false
}

// committed notes that a session's objects have rows, and that a commit has
// expired them.
func (s *State) committed(o *Session) {
	s.flushed(o)
	for n := range s.vars {
		if v := &s.vars[n]; v.Kind == MappedV && (v.Text == inserted || v.Text == added) && s.session(*v) == o {
			v.Text = ""
		}
	}
	s.expire(o, o.Expires)
}

// undone notes that a transaction was rolled back: its new objects are out of the
// session, and what the others held is stale.
func (s *State) undone(o *Session, how Tri) {
	if how == Yes {
		for n := range s.vars {
			switch v := &s.vars[n]; {
			case v.Kind != MappedV || v.Dead || s.session(*v) != o:
			case v.isNew():
				*v = Value{Kind: NewV, Class: v.Class}
			case v.Text == added:
				*v = Value{Kind: NotNone}
			}
		}
	}
	s.expire(o, how)
}

// partlyUndone notes that a savepoint was rolled back: new objects are out of the
// session if they were added after it began, which is not known.
func (s *State) partlyUndone(o *Session) {
	for n := range s.vars {
		if v := &s.vars[n]; (v.isNew() || v.Kind == MappedV && v.Text == added) && !v.Dead && s.session(*v) == o {
			*v = Value{Kind: NotNone}
		}
	}
}

// expire makes the objects of a session stale, surely or perhaps.
func (s *State) expire(o *Session, how Tri) {
	if how == No {
		return
	}
	o.Merged = ""
	for n := range s.vars {
		s.stale(&s.vars[n], o, how)
	}
	s.stale(&s.given, o, how)
}

func (s *State) stale(v *Value, o *Session, how Tri) {
	if v.Kind == MappedV && s.session(*v) == o && v.Stale != Yes && !v.Dead && v.Text != notFlushed { // what has no row keeps its values
		v.Stale, v.Set = how, ""
	}
}

// detach notes that the objects of a session have none any more, and that what
// it was asked for and not given yet can no longer be fetched.
func (s *State) detach(o *Session) {
	o.Merged = ""
	for n := range s.vars {
		if v := &s.vars[n]; (v.Kind == MappedV || v.Kind == ResultV) && s.session(*v) == o {
			v.Dead = true
		}
	}
	if v := &s.given; (v.Kind == MappedV || v.Kind == ResultV) && s.session(*v) == o {
		v.Dead = true
	}
}

func (i *interp) wrote(o *Session, writes Tri, at Site) {
	if writes == No || o.Life == Lost {
		return
	}
	if o.Excused { // what was before is not missed
		o.Writes, o.Excused = No, false
	}
	if o.Writes == No || o.Writes == Maybe && writes == Yes {
		o.FirstWrite = at
	}
	o.Writes = max(o.Writes, writes)
}

// reopen notes the use of a closed session that opens it again.
func (i *interp) reopen(o *Session, method string, holds bool, writes Tri, at Site) {
	method = i.calls(method)
	i.uses[Use{o.Made, o.ClosedAt, at, method}] = true
	if o.Reopened == (Reopening{}) {
		i.renew(o)
		o.Reopened = Reopening{Site: at, Method: method}
	}
	o.Reopened.Holds = o.Reopened.Holds || holds
	o.Reopened.Writes = o.Reopened.Writes || writes == Yes
}

// inTest reports whether the function is a test, or a fixture of one: what they
// write is meant to go.
func (i *interp) inTest() bool {
	return i.function != nil && (strings.HasPrefix(i.function.def.Name.ID, "test") || i.analyzer.file.isFixture(i.function.def))
}

// lost notes that the session's work goes nowhere.
func (i *interp) lost(o *Session, at Site, s *State) {
	if o.Core && i.old() {
		return
	}
	if o.Writes == No || s.failing || o.Block == Yes || i.inTest() || o.ByHand || o.Excused || o.Auto || o.Joined || o.Life != Open || o.Reopened != (Reopening{}) {
		return
	}
	i.used(o, MakerUse{Loses: true})
	i.event(Event{Kind: WritesLost, Site: o.FirstWrite, Session: *o, Other: at, Sure: o.Writes == Yes})
}

// used notes what is done with a session of a factory that cannot be seen.
func (i *interp) used(o *Session, u MakerUse) {
	if o.Maker == "" {
		return
	}
	if i.facts.Makers == nil {
		i.facts.Makers = map[string]MakerUse{}
	}
	old := i.facts.Makers[o.Maker]
	i.facts.Makers[o.Maker] = MakerUse{old.Commits || u.Commits, old.Loses || u.Loses}
}

// kept notes that a session's work is committed on some path.
func (i *interp) kept(o *Session) {
	if o.Writes != No {
		i.committed[opKey{o.FirstWrite, o.Made}] = true
		i.used(o, MakerUse{Commits: true})
	}
}
