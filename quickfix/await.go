package quickfix

import (
	"slices"
	"strings"

	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

// riskExpired is what a commit does where nobody knows how its session was made.
const riskExpired = "unless the session is made with expire_on_commit=False, what is read after it has to be loaded, and raises"

// noValue are the coroutines that are run for what they do.
var noValue = []string{"commit", "flush", "rollback", "close", "aclose", "delete", "refresh", "reset", "invalidate", "remove", "close_all", "delete_all"}

// awaitCoroutine awaits a coroutine of a session where it is made.
func awaitCoroutine(at *site, f rule.Finding) ([]proposal, string) {
	ev, ok := f.Evidence.(session.Event)
	if !ok {
		return nil, "the coroutine is not known"
	}
	path := at.pathTo(ev.Site, isCall)
	if path == nil {
		return nil, "the call was not found"
	}
	if reason := at.asynchronous(path); reason != "" {
		return nil, reason
	}
	call := path[len(path)-1].(*python.Call)
	if reason := at.keepsCoroutine(path, ev.Method); reason != "" {
		return nil, reason
	}
	if reason := at.takesAwaited(path, ev.Method); reason != "" {
		return nil, reason
	}
	sp := at.placed.Abs(call.Span)
	parent := path[len(path)-2]
	if holdsOf(parent, call) && parent.Pos().Start == call.Start {
		at.edit.Replace(sp.Start, sp.Start, "(await ")
		at.edit.Replace(sp.End, sp.End, ")")
	} else {
		at.edit.Replace(sp.Start, sp.Start, "await ")
	}
	var risks []string
	if (ev.Method == "commit" || ev.Method == "rollback") && !ev.Session.Owned && at.readsAfter(ev) {
		risks = append(risks, riskExpired)
	}
	return []proposal{{title: "Await `" + ev.Session.Name + "." + ev.Method + "()`", risks: risks, edits: at.edit.Edits()}}, ""
}

// readsAfter reports whether an object of the session is read behind an event.
func (s *site) readsAfter(ev session.Event) bool {
	return slices.ContainsFunc(s.facts.Ops, func(o session.Op) bool {
		return o.Made == ev.Session.Made && o.Kind == session.OpRead && o.Site.Start > ev.Site.End
	})
}

// keepsCoroutine says why a coroutine that is kept in a variable may be needed
// as what it is.
func (s *site) keepsCoroutine(path []python.Node, method string) string {
	name := ""
	switch p := path[len(path)-2].(type) {
	case *python.ExprStmt, *python.Comprehension:
		return ""
	case *python.Assign:
		n, ok := p.Targets[0].(*python.Name)
		if len(p.Targets) > 1 || !ok {
			return "the coroutine is kept in more than a variable"
		}
		name = n.ID
	case *python.NamedExpr:
		name = p.Target.ID
	case *python.AnnAssign, *python.AugAssign, *python.With, *python.Return, *python.Yield:
		return "the coroutine is kept, or handed on"
	}
	if slices.Contains(noValue, method) {
		return "what the coroutine is kept for is not known"
	}
	if name == "" {
		return ""
	}
	found := false
	is := func(e python.Expr) bool {
		n, ok := e.(*python.Name)
		return ok && n.ID == name
	}
	for _, st := range s.body {
		python.Inspect(st, func(n python.Node) bool {
			switch n := n.(type) {
			case *python.Await:
				python.Inspect(n.X, func(n python.Node) bool {
					x, ok := n.(*python.Name)
					found = found || ok && x.ID == name
					return true
				})
			case *python.Call:
				found = found || slices.ContainsFunc(n.Args, is)
			case *python.Return:
				found = found || is(n.Value)
			case *python.Yield:
				found = found || is(n.X)
			case *python.Tuple:
				found = found || slices.ContainsFunc(n.Elts, is)
			case *python.List:
				found = found || slices.ContainsFunc(n.Elts, is)
			}
			return !found
		})
	}
	if found {
		return "the coroutine may be awaited where `" + name + "` is used"
	}
	return ""
}

// takesAwaited says why what surrounds a call would not take what it gives when
// it is awaited. An await of what hangs on the call, which is one too late, is
// taken away.
func (s *site) takesAwaited(path []python.Node, method string) string {
	stream := method == "stream" || method == "stream_scalars"
	top := len(path) - 1
	for top > 0 && holdsOf(path[top-1], path[top]) {
		top--
	}
	result := stream || method == "execute" || method == "scalars"
	hangs, calls := top < len(path)-1, isCall(path[top])
	switch p := path[top-1].(type) {
	case *python.Await:
		switch text := s.source(path[top].Pos()); {
		case stream && hangs:
		case !hangs, !result && (calls || strings.Contains(text, "awaitable_attrs")):
			return "what is awaited may be a coroutine of its own"
		default:
			return s.dropAwait(p, nil)
		}
	case *python.For:
		if !hangs && p.Iter == path[top] && p.Async != stream {
			return "what the call gives is not run through by this kind of loop"
		}
	case *python.Comprehension:
		for _, c := range p.Clauses {
			if !hangs && c.Iter == path[top] && c.Async != stream {
				return "what the call gives is not run through by this kind of loop"
			}
		}
	}
	return ""
}

// dropAwait takes an await away, and with it the parentheses that only it
// needed.
func (s *site) dropAwait(a *python.Await, parent python.Node) string {
	text := s.snap.File.Text
	sp, x := s.placed.Abs(a.Span), s.placed.Abs(a.X.Pos())
	end := sp.Start + len("await")
	for end < x.Start && (text[end] == ' ' || text[end] == '\t') {
		end++
	}
	if end < x.Start && text[end] != '(' {
		return "the await stands on a line of its own"
	}
	start := sp.Start
	if parent != nil && holdsOf(parent, a) && end == x.Start && x.End == sp.End {
		p := s.placed.Abs(parent.Pos())
		if p.Start == start-1 && text[p.Start] == '(' && text[sp.End] == ')' && !strings.ContainsAny(text[sp.Start:sp.End], "\r\n") {
			s.edit.Replace(sp.End, sp.End+1, "")
			start--
		}
	}
	s.edit.Replace(start, end, "")
	return ""
}

// dropNeedlessAwait takes the await of what is no coroutine away.
func dropNeedlessAwait(at *site, f rule.Finding) ([]proposal, string) {
	ev, ok := f.Evidence.(session.Event)
	if !ok {
		return nil, "the await is not known"
	}
	path := at.pathTo(ev.Site, isCall)
	if len(path) < 2 {
		return nil, "the call was not found"
	}
	a, ok := path[len(path)-2].(*python.Await)
	if !ok {
		return nil, "the await does not stand before the call"
	}
	if reason := at.dropAwait(a, path[max(len(path)-3, 0)]); reason != "" {
		return nil, reason
	}
	return []proposal{{title: "Remove the `await` of `" + ev.Method + "()`", edits: at.edit.Edits()}}, ""
}

// What awaiting a begin() may change.
const (
	riskBegun     = "it raises where the caller has begun a transaction"
	riskSavepoint = "the savepoint stays open until the caller's transaction ends"
)

// awaitBegin awaits a begin() or begin_nested() of an asynchronous session that
// stands alone.
func awaitBegin(at *site, f rule.Finding) ([]proposal, string) {
	ev, ok := f.Evidence.(session.Event)
	if !ok {
		return nil, "the context manager is not known"
	}
	b := at.alone(ev.Site)
	path := at.pathTo(ev.Site, isCall)
	if b == nil || path == nil || ev.Session.Made == ev.Site {
		return nil, "only a with block can enter it"
	}
	if reason := at.asynchronous(path); reason != "" {
		return nil, reason
	}
	a, ok := path[len(path)-1].(*python.Call).Func.(*python.Attribute)
	if !ok || !ev.Session.Async {
		return nil, "only a with block can enter it"
	}
	method := a.Attr.ID
	var risks []string
	switch {
	case ev.Session.Owned:
	case method == "begin":
		risks = append(risks, riskBegun)
	default:
		risks = append(risks, riskSavepoint)
	}
	sp := at.placed.Abs(ev.Site)
	at.edit.Replace(sp.Start, sp.Start, "await ")
	return []proposal{{title: "Await `" + ev.Session.Name + "." + method + "()`", risks: risks, edits: at.edit.Edits()}}, ""
}
