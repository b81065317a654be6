package session

import "sort"

// Moment is something that is done with a session at one place, and how the
// session stood right before, on all paths that come there taken together.
type Moment struct {
	Kind   MomentKind
	Site   Site
	At     int // where it happens, as the source goes: the end of a with block is behind its body
	Made   Site
	Who    Identity
	Before Standing
	Method string // what was called, or the function that does it
	Error  bool   // it happens there only when an exception is on its way
	Loop   bool   // it stands in a for loop
}

// Identity is what stays of a session as long as it is there: see the fields of
// [Session]. Only its name can still be missing.
type Identity struct {
	Name                             string
	Owned, Async, Core, Joined, Auto bool
}

// MomentKind tells what is done.
type MomentKind uint8

// The kinds of moments.
const (
	Opened     MomentKind = iota // the session is made
	Seen                         // an expression stands for it
	Bound                        // a variable is bound to it
	Began                        // its transaction begins
	Committed                    // its transaction is committed
	RolledBack                   // it is rolled back
	Ended                        // the session is closed
)

// Standing is what is known of a session at a point, whatever the path.
type Standing struct {
	Closed     Tri
	Tx         Tri // whether a transaction has begun
	TxAt       Site
	Held       Tri // whether it holds a connection
	Block      Tri // whether it is in a begin block
	Writes     Tri // work since the last commit
	FirstWrite Site
	Least      int  // commits so far that made work durable,
	Most       int  // on the paths that have the least and the most of them
	Lost       bool // it can no longer be told
}

type momentKey struct {
	kind MomentKind
	site Site
	made Site
}

// did notes what is about to be done with a session. It changes nothing of what
// is found, and is not heeded where a function is only summed up.
func (i *interp) did(kind MomentKind, at Site, method string, o *Session) {
	if i.moments == nil || i.summing {
		return
	}
	m := &Moment{Kind: kind, Site: at, At: at.End, Made: o.Made, Before: o.standing(), Method: i.calls(method)}
	m.Who = Identity{Name: o.Name, Owned: o.Owned, Async: o.Async, Core: o.Core, Joined: o.Joined, Auto: o.Auto}
	m.Loop = i.scope.inLoop(at)
	m.Error = i.now != nil && i.now.failing
	if i.leaving != nil {
		m.At, m.Error = i.leaving.With.End, m.Error || i.leaving.Exception
	}
	key := momentKey{kind, at, o.Made}
	old := i.moments[key]
	switch {
	case old == nil || old.Error && !m.Error:
		i.moments[key] = m
	case old.Error == m.Error:
		old.Before = old.Before.join(m.Before)
	}
}

// seen notes that an expression stands for a session, or that a variable is bound to it.
func (i *interp) seen(kind MomentKind, at Site, v Value, s *State) {
	if i.moments == nil || v.Kind != SessionV {
		return
	}
	if o := s.session(v); o != nil {
		i.did(kind, at, "", o)
	}
}

// tellBegin notes a transaction that a call is about to begin.
func (i *interp) tellBegin(at Site, by string, o *Session) {
	if o.Tx != Yes {
		i.did(Began, at, by, o)
	}
}

func (o *Session) standing() Standing {
	s := Standing{
		Tx: o.Tx, TxAt: o.TxAt, Held: o.Held, Block: o.Block, Writes: o.Writes,
		Least: o.NCommits, Most: o.NCommits, Lost: o.Life == Lost,
	}
	if o.Life == Closed && o.Reopened == (Reopening{}) {
		s.Closed = Yes
	}
	if o.Writes != No {
		s.FirstWrite = o.FirstWrite
	}
	return s
}

// join returns what holds in both.
func (s Standing) join(o Standing) Standing {
	j := Standing{
		Closed: either(s.Closed, o.Closed), Tx: either(s.Tx, o.Tx), TxAt: s.TxAt, Held: either(s.Held, o.Held),
		Block: either(s.Block, o.Block), Writes: either(s.Writes, o.Writes), FirstWrite: s.FirstWrite,
		Least: min(s.Least, o.Least), Most: max(s.Most, o.Most), Lost: s.Lost || o.Lost,
	}
	if s.Tx == No || o.Tx != No && siteLess(o.TxAt, s.TxAt) {
		j.TxAt = o.TxAt
	}
	if s.Writes == No || o.Writes != No && siteLess(o.FirstWrite, s.FirstWrite) {
		j.FirstWrite = o.FirstWrite
	}
	return j
}

// sortedMoments returns moments as the source goes.
func sortedMoments(m map[momentKey]*Moment) []Moment {
	var out []Moment
	for _, x := range m {
		out = append(out, *x)
	}
	sort.Slice(out, func(a, b int) bool {
		x, y := out[a], out[b]
		switch {
		case x.At != y.At:
			return x.At < y.At
		case x.Site != y.Site:
			return siteLess(x.Site, y.Site)
		case x.Made != y.Made:
			return siteLess(x.Made, y.Made)
		}
		return x.Kind < y.Kind
	})
	return out
}
