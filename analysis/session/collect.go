package session

import (
	"sort"
)

// collect puts what was found into the facts, in a fixed order.
func (i *interp) collect() {
	f := i.facts
	for e, at := range i.ends {
		e.At = at
		f.Ends = append(f.Ends, e)
	}
	sort.Slice(f.Ends, func(a, b int) bool { return endLess(f.Ends[a], f.Ends[b]) })
	for u := range i.uses {
		f.Uses = append(f.Uses, u)
	}
	sort.Slice(f.Uses, func(a, b int) bool {
		x, y := f.Uses[a], f.Uses[b]
		if x.Site != y.Site {
			return siteLess(x.Site, y.Site)
		}
		if x.ClosedAt != y.ClosedAt {
			return siteLess(x.ClosedAt, y.ClosedAt)
		}
		if x.Made != y.Made {
			return siteLess(x.Made, y.Made)
		}
		return x.Method < y.Method
	})
	for _, e := range i.events {
		e.Elsewhere = e.Kind == WritesLost && i.committed[opKey{e.Site, e.Session.Made}] || e.Kind == DetachedRead && i.fine[e.Site]
	}
	f.Events = sortedEvents(i.events)
	f.Moments = sortedMoments(i.moments)
	for _, c := range i.callees {
		f.Calls = append(f.Calls, c)
	}
	sort.Slice(f.Calls, func(a, b int) bool {
		if f.Calls[a].Site != f.Calls[b].Site {
			return siteLess(f.Calls[a].Site, f.Calls[b].Site)
		}
		return siteLess(f.Calls[a].Made, f.Calls[b].Made)
	})
	for _, o := range i.ops {
		f.Ops = append(f.Ops, *o)
	}
	sort.Slice(f.Ops, func(a, b int) bool {
		if f.Ops[a].Site != f.Ops[b].Site {
			return siteLess(f.Ops[a].Site, f.Ops[b].Site)
		}
		return siteLess(f.Ops[a].Made, f.Ops[b].Made)
	})
}

func siteLess(a, b Site) bool {
	if a.Start != b.Start {
		return a.Start < b.Start
	}
	return a.End < b.End
}

func endLess(a, b End) bool {
	x, y := a.Session, b.Session
	switch {
	case x.Made != y.Made:
		return siteLess(x.Made, y.Made)
	case x.Reopened.Site != y.Reopened.Site:
		return siteLess(x.Reopened.Site, y.Reopened.Site)
	case x.NCommits != y.NCommits:
		return x.NCommits > y.NCommits
	case a.Why != b.Why:
		return a.Why < b.Why
	case a.Plausible != b.Plausible:
		return b.Plausible
	}
	for n := range x.Commits {
		if x.Commits[n] != y.Commits[n] {
			return siteLess(x.Commits[n], y.Commits[n])
		}
	}
	if k, l := (&State{sessions: []Session{x}}).key(), (&State{sessions: []Session{y}}).key(); k != l {
		return k < l
	}
	return x.TxBy+" "+x.EndedBy+" "+x.FailedBy < y.TxBy+" "+y.EndedBy+" "+y.FailedBy
}
