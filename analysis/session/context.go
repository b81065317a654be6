package session

import (
	"slices"
	"strconv"
	"strings"

	"sessionlint/analysis/flow"
	"sessionlint/analysis/python"
)

// enter runs the head of a with item: the context manager is made and entered.
func (i *interp) enter(n *flow.Enter, s *State) []outcome {
	var out []outcome
	for _, r := range i.eval(n.Item.Context, s) {
		v := r.value
		if g := i.generators.get(v.Text); v.Kind == GeneratorV && g != nil && g.manager {
			for _, r := range i.enterScope(n, v, r.state) {
				if n.Item.Target != nil {
					i.assign(n.Item.Target, r.value, r.state)
				}
				out = append(out, outcome{r.state, flow.Next})
			}
			continue
		}
		bound := v
		switch v.Kind {
		case SessionV, ClosingV, BegunV:
			o := r.state.session(v)
			bound = Value{Kind: SessionV, Obj: v.Obj}
			o.Manager = n.Item.Span
			i.rightManager(n, v, o)
			if o.Life == Closed { // with s: again
				if o.Reopened == (Reopening{}) {
					i.renew(o)
				}
				o.Life, o.ClosedAt, o.Reopened = Open, Site{}, Reopening{}
			}
			if v.Kind == BegunV {
				i.spell(o, 'B')
				i.tellBegin(n.Item.Span, "begin", o)
				o.enterBlock(n.Item.Span)
				if o.Core {
					o.hold(n.Item.Span)
				}
			}
		case Begun:
			o := r.state.session(v)
			i.rightManager(n, v, o)
			i.tellBegin(n.Item.Span, "begin", o)
			o.enterBlock(n.Item.Span)
			i.spell(o, 'B')
		case Savepoint:
			o := r.state.session(v)
			i.rightManager(n, v, o)
			o.enterSavepoint()
			i.spell(o, 'N')
		case Guard:
			bound = Value{Kind: SessionV, Obj: v.Obj}
			if v.Text == "no_autoflush" {
				r.state.session(v).Quiet++
			}
		case SuppressV:
		case ClientV:
		case StackV:
		case HolderV:
			if rs, ok := i.runHolder(n.Item.Context, v, n.With.Async, "__enter__", nil, r.state); ok {
				for _, r := range rs {
					r.state.vars[i.scope.items[n.Item]] = v
					if n.Item.Target != nil {
						i.assign(n.Item.Target, r.value, r.state)
					}
					out = append(out, outcome{r.state, flow.Next})
				}
				continue
			}
			r.state.session(v).Escaped = true // it may close what it was made with
		case NewV, ObjectV:
			if entered, ok := i.enterUnit(n, v, r.state); ok {
				out = append(out, entered...)
				continue
			}
			bound = Value{}
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

// suppressesDatabase reports whether suppress(…) is meant for what a database answers.
func (i *interp) suppressesDatabase(e python.Expr) bool {
	c, ok := e.(*python.Call)
	return ok && slices.ContainsFunc(c.Args, i.handlesDatabase)
}

// calleeOf returns what an expression calls, or nil.
func calleeOf(e python.Expr) python.Expr {
	if c, ok := e.(*python.Call); ok {
		return c.Func
	}
	return nil
}

// rightManager notes a with where async with is needed, or the other way round.
// A session whose class is a guess is taken to be as it is used.
func (i *interp) rightManager(n *flow.Enter, v Value, o *Session) {
	if _, call := n.Item.Context.(*python.Call); o.Proxy && v.Kind == SessionV && !call {
		i.event(Event{Kind: WrongManager, Site: n.Item.Context.Pos(), Session: *o, Method: "registry", Sure: true})
		o.Escaped = true
		return
	}
	if v.Kind == ClosingV {
		return
	}
	if !o.Typed && n.With.Async { // only what is asynchronous can be entered so
		o.Async, o.Typed = true, true
	}
	if o.Async == n.With.Async || !o.Typed {
		return
	}
	method := "with"
	if o.Async {
		method = "async with"
	}
	i.event(Event{Kind: WrongManager, Site: n.Item.Context.Pos(), Session: *o, Method: method, Sure: true})
	o.Typed, o.Escaped = false, true // the block is never entered
}

// exit runs the end of a with item.
func (i *interp) exit(n *flow.Exit, s *State) []outcome {
	i.leaving = n
	defer func() { i.leaving = nil }()
	v := s.vars[i.scope.items[n.Item]]
	if name := lastPart(dotted(calleeOf(n.Item.Context))); strings.HasSuffix(name, "TaskGroup") || strings.HasSuffix(name, "Executor") || name == "create_task_group" {
		s.allJoined()
	}
	if name := attrOf(calleeOf(n.Item.Context)); name == "app_context" || name == "test_request_context" || name == "request_context" {
		for k := range s.sessions { // Flask-SQLAlchemy removes its session there
			if o := &s.sessions[k]; o.Proxy {
				o.UsedAt = Site{}
			}
		}
	}
	s.vars[i.scope.items[n.Item]] = Value{}
	o := s.session(v)
	switch v.Kind {
	case SessionV, ClosingV:
		if !n.Exception {
			i.end(o, Closing)
		}
		i.spell(o, 'x')
		i.endedForCaller(o, "the with block", n.Item.Span)
		i.closeSession(o, n.Item.Span, true, s)
	case BegunV:
		i.endBlock(v, n, s)
		i.spell(o, 'x')
		i.closeSession(o, n.Item.Span, true, s)
	case Begun:
		i.endBlock(v, n, s)
	case Savepoint:
		i.endSavepoint(v, n, s)
	case Guard:
		if o := s.session(v); v.Text == "no_autoflush" {
			o.Quiet = max(0, o.Quiet-1)
		}
	case EnteredV:
		return i.exitScope(n, v, s)
	case StackV:
		i.unwind(v, n.Item.Span, n.Exception, s)
	case HolderV:
		if rs, ok := i.runHolder(n.Item.Context, v, n.With.Async, "__exit__", exitArguments(n.Exception), s); ok {
			var out []outcome
			for _, r := range rs {
				edge := flow.Next
				if n.Exception {
					edge = flow.Propagate
				}
				out = append(out, outcome{r.state, edge})
			}
			return out
		}
	case SuppressV:
		if n.Exception {
			swallowed := s.clone()
			i.caughtAt(n.Item.Context.Pos(), i.suppressesDatabase(n.Item.Context), swallowed)
			return []outcome{{s, flow.Propagate}, {swallowed, flow.Swallow}}
		}
	}
	if n.Exception {
		return []outcome{{s, flow.Propagate}}
	}
	return []outcome{{s, flow.Next}}
}

// enterBlock begins a with session.begin().
func (o *Session) enterBlock(at Site) {
	o.Block, o.BlockAt, o.EndedAt, o.Handled, o.HandledF = Yes, at, Site{}, Site{}, false
	o.begin(at, "begin")
}

// endBlock ends a with session.begin(): it commits, or rolls back.
func (i *interp) endBlock(v Value, n *flow.Exit, s *State) {
	o := s.session(v)
	if n.Exception {
		i.did(RolledBack, n.Item.Span, "begin", o)
		i.spell(o, 'R')
		o.leaveBlock()
		s.undone(o, Yes)
		return
	}
	i.spell(o, 'E')
	i.did(Committed, n.Item.Span, "begin", o)
	i.kept(o)
	i.handledInBlock(o)
	if o.Writes != No { // the commit can fail
		failed := s.clone()
		f := failed.session(v)
		f.leaveBlock()
		failed.undone(f, Yes)
		failed.throw(dbError, n.Item.Span)
		i.raised = append(i.raised, failed)
	}
	o.leaveBlock()
	s.committed(o)
}

// handledInBlock notes what was handled in a begin block that ends without an exception.
func (i *interp) handledInBlock(o *Session) {
	if o.Handled != (Site{}) && (o.Writes == Yes || o.HandledF) && o.EndedAt == (Site{}) {
		i.event(Event{Kind: HandledInBlock, Site: o.Handled, Session: *o, Other: o.BlockAt, Sure: o.HandledF})
	}
}

func (o *Session) leaveBlock() {
	o.Block, o.BlockAt, o.Writes, o.Reopened, o.Excused = No, Site{}, No, Reopening{}, false
	o.EndedAt, o.FailedAt, o.CaughtAt, o.Handled, o.HandledF = Site{}, Site{}, Site{}, Site{}, false
	o.Nested = 0
	o.release(Site{}, "")
}

func (o *Session) enterSavepoint() {
	if o.Nested == 0 {
		o.Outer, o.OuterH = o.Writes, o.Handled
	}
	o.Nested++
}

// undo ends a savepoint with an exception, after which all is as it was when the
// savepoint began.
func (o *Session) undo() {
	if o.FailedAt != (Site{}) && o.FailedC {
		return // that was the whole transaction
	}
	o.FailedAt, o.CaughtAt, o.Undone = Site{}, Site{}, true
	if o.Nested == 0 {
		o.Writes, o.Pending = min(o.Writes, o.Outer), false // what was pending before was sent when it began
		o.Handled, o.HandledF = o.OuterH, o.HandledF && o.OuterH != (Site{})
	}
}

// endSavepoint ends a with session.begin_nested(): what failed in it is undone.
func (i *interp) endSavepoint(v Value, n *flow.Exit, s *State) {
	o := s.session(v)
	o.Nested = max(0, o.Nested-1)
	if n.Exception {
		i.spell(o, 'U')
	} else {
		i.spell(o, 'M')
	}
	if o.Nested == 0 && o.Block != Yes {
		o.EndedAt = Site{}
	}
	if n.Exception {
		o.undo()
		s.partlyUndone(o)
		return
	}
	if o.Pending {
		failed := s.clone()
		failed.throw(dbError, n.Item.Span)
		failed.session(v).undo()
		failed.partlyUndone(failed.session(v))
		failed.session(v).Pending = false
		failed.session(v).hold(n.Item.Span)
		i.raised = append(i.raised, failed)
		o.Pending = false
		o.hold(n.Item.Span)
		s.flushed(o)
	}
}

// closeSession ends a session's life, and with it what it was doing.
func (i *interp) closeSession(o *Session, at Site, with bool, s *State) {
	i.did(Ended, at, "close", o)
	if o.Reopened.Writes && o.Life == Closed && o.Block != Yes && !s.failing && !o.Excused {
		i.end(o, Discarded)
	}
	i.lost(o, at, s)
	i.outlived(o, at, with, s)
	if o.StoredAt != (Site{}) && with && !s.failing {
		i.event(Event{Kind: OutOfBlock, Site: o.StoredAt, Session: *o, Method: "stored session", Other: at, Sure: true})
	}
	o.StoredAt = Site{}
	s.detach(o)
	o.Life, o.ClosedAt, o.ClosedWith = Closed, at, with
	o.leaveBlock()
}

// renew begins a new life of a closed session: its commits belong to the old one.
func (i *interp) renew(o *Session) {
	i.end(o, Finished)
	o.NCommits, o.Commits = 0, [maxCommits]Site{}
}

// unwind ends an exit stack: it closes the sessions that were entered into it.
func (i *interp) unwind(stack Value, at Site, exception bool, s *State) {
	id, _ := strconv.Atoi(stack.Text)
	for k := range s.sessions {
		o := &s.sessions[k]
		if o.Stack != id || id == 0 {
			continue
		}
		if o.Life == Closed && o.Reopened == (Reopening{}) {
			s.detach(o)
			continue
		}
		if !exception {
			i.end(o, Closing)
		}
		if o.Block == Yes {
			i.did(Committed, at, "begin", o)
			i.kept(o)
			o.leaveBlock()
		}
		i.spell(o, 'x')
		i.closeSession(o, at, true, s)
	}
}
