package quickfix

import (
	"fmt"
	"slices"
	"strings"

	"sessionlint/analysis/python"
	"sessionlint/analysis/session"
)

// controls are the methods that end or begin a transaction. Inside of a begin
// block the next use of the session would raise.
var controls = []string{"rollback", "close", "begin", "begin_nested", "reset", "invalidate", "aclose", "remove"}

// checkRegion refuses what cannot stand in a begin block.
func (c *collapse) checkRegion() string {
	region := c.region()
	for _, o := range c.opsIn(c.made, region) {
		if slices.Contains(controls, o.Method) || strings.HasPrefix(o.Method, "transaction.") {
			return o.Method + "() stands between the commits"
		}
		if o.Whole {
			c.risk("a function that is given `" + c.ev.Session.Name + "` must not commit it")
		}
	}
	for n := c.first; n <= c.last; n++ {
		e := effectOf(c.stmts[n])
		switch {
		case e.yields:
			return "a yield stands between the commits"
		case e.broken:
			return "the code does not parse"
		case !c.ownLines(c.stmts[n]):
			return "a statement shares its line with another"
		}
	}
	for _, k := range c.commits {
		for b := k.block; b.outer != nil; b = b.outer {
			s := b.outer.stmt()
			if !region.Contains(s.Pos()) {
				break
			}
			switch s := s.(type) {
			case *python.For, *python.While:
				return "a commit stands in a loop"
			case *python.With:
				c.risk("what `" + c.source(s.Items[0].Context.Pos()) + "` guards ends before the commit")
			case *python.Try:
				if len(s.Finally) > 0 && &b.stmts[0] == &s.Finally[0] {
					return "a commit stands in a finally clause"
				}
				if h := handlerOf(s, b.stmts); h != nil && !fallsThrough(h) {
					return "a handler commits and then leaves with an exception"
				}
			}
		}
	}
	return ""
}

// commitsLater reports whether a commit follows on the way of a handler: in it,
// or behind the try.
func (c *collapse) commitsLater(t *python.Try) bool {
	if c.holdsCommit(python.Span{Start: t.End, End: c.region().End}) {
		return true
	}
	return slices.ContainsFunc(t.Handlers, func(h *python.Handler) bool { return c.holdsCommit(h.Span) })
}

// catchesDatabase reports whether a handler that goes on can catch the error of
// a failed commit.
func catchesDatabase(t *python.Try) bool {
	return slices.ContainsFunc(t.Handlers, func(h *python.Handler) bool {
		return fallsThrough(h) && databaseError(h.Type)
	})
}

func databaseError(e python.Expr) bool {
	switch e := e.(type) {
	case nil:
		return true
	case *python.Tuple:
		return slices.ContainsFunc(e.Elts, databaseError)
	case *python.Attribute:
		return databaseErrors[e.Attr.ID]
	case *python.Name:
		return databaseErrors[e.ID]
	}
	return true
}

var databaseErrors = map[string]bool{
	"Exception": true, "BaseException": true, "SQLAlchemyError": true, "DBAPIError": true, "StatementError": true,
	"DatabaseError": true, "IntegrityError": true, "OperationalError": true, "ProgrammingError": true, "DataError": true,
	"InterfaceError": true, "InternalError": true, "NotSupportedError": true, "FlushError": true, "StaleDataError": true,
}

// checkPaths refuses where a path leaves changes uncommitted today: the begin
// block would commit them.
func (c *collapse) checkPaths() string {
	region := c.region()
	for _, e := range c.facts.Ends {
		s := e.Session
		if s.Made != c.made || s.Writes == session.No || e.Why == session.Threw || e.Why == session.Raised || e.Why == session.Finished {
			continue
		}
		if s.Life == session.Closed || !region.Contains(s.FirstWrite) || c.inSavepoint(s.FirstWrite) {
			continue
		}
		if s.Writes == session.Yes {
			return "a path leaves changes that it does not commit"
		}
		c.risk("what a path leaves uncommitted would be committed")
	}
	for b := find(c.body, nil, func(s python.Stmt) bool { return s == c.stmts[c.first] }); b != nil && b.outer != nil; b = b.outer {
		if t, ok := b.outer.stmt().(*python.Try); ok && len(t.Body) > 0 && &t.Body[0] == &b.stmts[0] && catchesDatabase(t) {
			c.risk(riskTaken)
		}
	}
	for _, p := range c.savepoints {
		for _, h := range p.try.Handlers {
			if reason := c.checkHandler(h); reason != "" {
				return reason
			}
		}
	}
	return ""
}

// checkHandler looks for changes that a handler makes and does not commit.
func (c *collapse) checkHandler(h *python.Handler) string {
	pending := session.No
	for _, o := range c.opsIn(c.made, h.Span) {
		if o.Method == "commit" {
			pending = session.No
		}
		pending = max(pending, o.Writes)
	}
	switch pending {
	case session.Yes:
		return "a handler leaves changes that it does not commit"
	case session.Maybe:
		c.risk("what a handler leaves uncommitted would be committed")
	}
	return ""
}

// checkCalls notes the calls after the first commit that can fail, or that may
// look at the database from outside: neither finds the first part committed.
func (c *collapse) checkCalls() string {
	from := c.commits[0].call.End
	if c.waitedFor() {
		c.risk("what waits for each commit, such as `after_commit`, happens once")
	}
	if name := c.fetchedLater(from); name != "" {
		c.risk("what `" + name + "` has not fetched yet may show what comes after it")
	}
	var failing []string
	known := map[session.Site]bool{}
	for _, o := range c.opsIn(c.made, c.region()) {
		if o.Kind == session.OpCall {
			known[o.Site] = true
		}
	}
	for n := c.first; n <= c.last; n++ {
		python.Inspect(c.stmts[n], func(n python.Node) bool {
			switch n := n.(type) {
			case *python.FunctionDef, *python.Lambda:
				return false
			case *python.Raise:
				if n.Start > from {
					c.risk("what was committed first is undone too if it raises")
				}
			case *python.Await:
				if n.Start > from && len(c.opsIn(c.made, n.Span)) == 0 {
					c.risk("what was committed first is not seen by other tasks until the end")
				}
			case *python.Call:
				if n.Start > from && c.foreign(n, known) {
					failing = append(failing, "`"+c.callee(n)+"()`")
				}
			}
			return true
		})
	}
	for _, o := range c.opsIn(c.made, c.region()) {
		if o.Site.Start > from && o.Kind == session.OpCall && wantsARow(o.Method) {
			failing = append(failing, "`"+o.Method+"()`")
		}
	}
	switch len(failing) {
	case 0:
		return ""
	case 1:
		failing[0] += " fails"
	case 2:
		failing[0] += " or " + failing[1] + " fails"
	default:
		failing[0] += fmt.Sprintf(" or one of %d other calls fails", len(failing)-1)
	}
	c.risk("what was committed first is undone too if " + failing[0] + ", and not seen by others until the end")
	return ""
}

// fetchedLater returns the name of a result that is there when the first commit
// comes, and that is read behind it.
func (c *collapse) fetchedLater(commit int) string {
	later := map[string]bool{}
	for _, st := range c.body {
		python.Inspect(st, func(n python.Node) bool {
			if x, ok := n.(*python.Name); ok && x.Start > commit {
				later[x.ID] = true
			}
			return true
		})
	}
	for _, o := range c.facts.Ops {
		if name := c.source(o.Site); o.Kind == session.OpBind && o.Method == "result" && o.Made == c.made && o.Site.End <= commit && later[name] {
			return name
		}
	}
	return ""
}

// waitedFor reports whether the file listens for commits.
func (c *collapse) waitedFor() bool {
	return slices.ContainsFunc(stringsOf(c.snap.File), func(s string) bool {
		switch strings.Trim(s, `"'`) {
		case "after_commit", "before_commit":
			return true
		}
		return false
	})
}

// foreign reports whether a call is neither the session's nor one that does
// nothing and cannot fail.
func (c *collapse) foreign(k *python.Call, known map[session.Site]bool) bool {
	if known[k.Span] || makes(k) || c.idle(k) {
		return false
	}
	return isQuiet(k) || len(c.opsIn(c.made, k.Func.Pos())) == 0 || c.onObject(k)
}

// onObject reports whether a call is of a method of a mapped object.
func (c *collapse) onObject(k *python.Call) bool {
	return slices.ContainsFunc(c.facts.Ops, func(o session.Op) bool {
		return o.Site == k.Span && o.Kind == session.OpMethod
	})
}

// makes reports whether a call is named as the making of an object is.
func makes(k *python.Call) bool {
	n, ok := k.Func.(*python.Name)
	return ok && n.ID != "" && 'A' <= n.ID[0] && n.ID[0] <= 'Z'
}

// callee names what a call calls, as the source has it.
func (c *collapse) callee(k *python.Call) string {
	name := c.source(k.Func.Pos())
	if strings.ContainsAny(name, "\r\n") || len(name) > 60 {
		name = "a call"
	}
	return name
}
