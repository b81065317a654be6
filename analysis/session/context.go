package session

import (
	"sessionlint/analysis/flow"
	"sessionlint/analysis/python"
)

// enter runs the head of a with item: the context manager is made and entered.
func (i *interp) enter(n *flow.Enter, s *State) []outcome {
	var out []outcome
	for _, r := range i.eval(n.Item.Context, s) {
		v := r.value
		bound := v
		switch v.Kind {
		case SessionV, ClosingV, BegunV:
			o := r.state.session(v)
			bound = Value{Kind: SessionV, Obj: v.Obj}
			o.Manager = n.Item.Span
			o.Async = o.Async || n.With.Async
			if o.Life == Closed { // with s: again
				i.renew(o)
				o.Life, o.ClosedAt, o.Reopened = Open, Site{}, Reopening{}
			}
			if v.Kind == BegunV {
				o.Block = Yes
			}
		case Begun:
			r.state.session(v).Block = Yes
		case Guard:
			bound = Value{Kind: SessionV, Obj: v.Obj}
		case Savepoint, SuppressV:
		default:
			bound = Value{}
		}
		r.state.vars[i.scope.items[n.Item]] = v
		if n.Item.Target != nil {
			i.assign(n.Item.Target, bound, r.state)
		}
		out = append(out, outcome{r.state, flow.Next})
	}
	return out
}

// exit runs the end of a with item.
func (i *interp) exit(n *flow.Exit, s *State) []outcome {
	v := s.vars[i.scope.items[n.Item]]
	s.vars[i.scope.items[n.Item]] = Value{}
	o := s.session(v)
	switch v.Kind {
	case SessionV, ClosingV:
		if !n.Exception {
			i.end(o, Closing)
		}
		i.closeSession(o, n.Item.Span, true, s)
	case BegunV:
		i.endBlock(v, n, s)
		i.closeSession(o, n.Item.Span, true, s)
	case Begun:
		i.endBlock(v, n, s)
	case SuppressV:
		if n.Exception {
			swallowed := s.clone()
			swallowed.thrown, swallowed.failing = "", false
			return []outcome{{s, flow.Propagate}, {swallowed, flow.Swallow}}
		}
	}
	if n.Exception {
		return []outcome{{s, flow.Propagate}}
	}
	return []outcome{{s, flow.Next}}
}

// endBlock ends a with session.begin(): it commits, or rolls back.
func (i *interp) endBlock(v Value, n *flow.Exit, s *State) {
	o := s.session(v)
	if !n.Exception && o.Writes != No { // the commit can fail
		failed := s.clone()
		f := failed.session(v)
		f.Block, f.Writes = No, No
		failed.failing = true
		i.raised = append(i.raised, failed)
	}
	o.Block, o.Writes, o.Reopened = No, No, Reopening{}
}

// closeSession ends a session's life, and with it what it was doing.
func (i *interp) closeSession(o *Session, at python.Span, with bool, s *State) {
	if o.Reopened.Writes && o.Life == Closed && !s.failing {
		i.end(o, Discarded)
	}
	o.Life, o.ClosedAt, o.ClosedWith = Closed, at, with
	o.Reopened, o.Block, o.Writes = Reopening{}, No, No
}

// renew begins a new life of a closed session: its commits belong to the old one.
func (i *interp) renew(o *Session) {
	i.end(o, Finished)
	o.NCommits, o.Commits = 0, [maxCommits]Site{}
}
