package quickfix

import (
	"fmt"
	"slices"

	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/rule/multiplecommits"
	"sessionlint/analysis/session"
)

// collapseCommits wraps a session's work in one with session.begin(): and takes
// its commits out. A try whose handlers go on gets a savepoint, so that what
// failed in it is undone, and only that.
func collapseCommits(at *site, f rule.Finding) ([]proposal, string) {
	ev, ok := f.Evidence.(multiplecommits.Evidence)
	if !ok {
		return nil, "the commits are not known"
	}
	c := &collapse{site: at, ev: ev, made: ev.Session.Made}
	for _, step := range []func() string{c.findCommits, c.findRegion, c.checkRegion, c.findSavepoints, c.checkPaths, c.checkCalls} {
		if reason := step(); reason != "" {
			if p, why := joinCommits(at.again(), ev); why == "" {
				return []proposal{p}, ""
			}
			return nil, reason
		}
	}
	c.rewrite()
	title := fmt.Sprintf("Collapse the commits into one `with %s.begin():`", ev.Session.Name)
	return []proposal{{title: title, risks: c.risks, edits: at.edit.Edits()}}, ""
}

// A collapse is one application of collapseCommits.
type collapse struct {
	*site
	ev         multiplecommits.Evidence
	made       session.Site
	commits    []commit
	stmts      []python.Stmt // the block whose statements are wrapped
	first      int           // of them, the first one
	last       int           // and the last one
	async      bool
	savepoints []savepoint
	risks      []string
}

// A commit is a statement that is taken out.
type commit struct {
	block *block
	call  session.Site
}

// A savepoint is the part of a try's body that is wrapped in begin_nested().
type savepoint struct {
	try         *python.Try
	first, last int // statements of the body
}

func (p savepoint) span() python.Span {
	return python.Span{Start: p.try.Body[p.first].Pos().Start, End: p.try.Body[p.last].Pos().End}
}

// findCommits finds the statements that commit.
func (c *collapse) findCommits() string {
	if !c.ev.Session.Owned {
		return "the session belongs to the caller, who may have begun a transaction"
	}
	if c.ev.Session.Name == "" {
		return "the session has no name"
	}
	if c.committedWithin() {
		return "a function inside of this one commits the session"
	}
	if c.mayBeAnother() {
		return "the variable can hold another session, in which a transaction may be begun"
	}
	for _, o := range c.facts.Ops {
		if o.Made != c.made || o.Method != "commit" || o.Kind != session.OpCall {
			continue
		}
		if c.shared(o.Site, c.made) {
			return "on another path the session is the caller's, who may have begun a transaction"
		}
		b := find(c.body, nil, func(s python.Stmt) bool { return callsOnly(s, o.Site) })
		switch {
		case b == nil:
			return "a commit is part of another statement"
		case !c.ownLines(b.stmt()):
			return "a commit shares its line with another statement"
		}
		c.commits = append(c.commits, commit{b, o.Site})
	}
	if len(c.commits) < 2 {
		return "the commits were not found"
	}
	return ""
}

// committedWithin reports whether a function inside of this one ends the
// session's transaction.
func (c *collapse) committedWithin() bool {
	found := false
	for _, s := range c.body {
		python.Inspect(s, func(n python.Node) bool {
			switch n.(type) {
			case *python.FunctionDef, *python.Lambda:
				python.Inspect(n, func(n python.Node) bool {
					if a, ok := n.(*python.Attribute); ok && (a.Attr.ID == "commit" || slices.Contains(controls, a.Attr.ID)) {
						found = found || c.source(a.Value.Pos()) == c.ev.Session.Name
					}
					return true
				})
			}
			return !found
		})
	}
	return found
}

// mayBeAnother reports whether the session's variable is a parameter as well, or
// is assigned at several places.
func (c *collapse) mayBeAnother() bool {
	if c.isParameter(c.ev.Session.Name) {
		return true
	}
	assigned := 0
	for _, s := range c.body {
		python.Inspect(s, func(n python.Node) bool {
			if a, ok := n.(*python.Assign); ok && slices.ContainsFunc(a.Targets, func(t python.Expr) bool { return c.source(t.Pos()) == c.ev.Session.Name }) {
				assigned++
			}
			return true
		})
	}
	return assigned > 1
}

// callsOnly reports whether a statement is nothing but the call at a site.
func callsOnly(s python.Stmt, call session.Site) bool {
	e, ok := s.(*python.ExprStmt)
	if !ok {
		return false
	}
	x := e.Value
	if a, ok := x.(*python.Await); ok {
		x = a.X
	}
	k, ok := x.(*python.Call)
	return ok && k.Span == call
}

// findRegion finds the statements to wrap: the innermost block that has all
// commits and before which the session was not used, since begin() raises on a
// session that is in a transaction.
func (c *collapse) findRegion() string {
	for b := c.commits[0].block; b != nil; b = b.outer {
		first, last := -1, -1
		for n, s := range b.stmts {
			if first < 0 && (len(c.opsIn(c.made, s.Pos())) > 0) {
				first = n
			}
			if c.holdsCommit(s.Pos()) {
				last = n
			}
		}
		whole := python.Span{Start: b.stmts[0].Pos().Start, End: b.stmts[len(b.stmts)-1].Pos().End}
		if !c.holdsAll(whole) || c.usedBefore(b.stmts[first].Pos().Start) {
			if whole.Contains(c.made) {
				return "the session is used before the block that could be wrapped"
			}
			if b.outer != nil {
				if reason := c.crosses(b.outer.stmt()); reason != "" {
					return reason
				}
			}
			continue
		}
		c.stmts, c.first, c.last = b.stmts, first, last
		c.async = c.ev.Session.Async
		return ""
	}
	return "no block holds all commits"
}

// crosses says why the wrapped part must not grow over a statement.
func (c *collapse) crosses(s python.Stmt) string {
	switch s := s.(type) {
	case *python.For, *python.While:
		return "a commit stands in a loop"
	case *python.With:
		for _, i := range s.Items {
			if i.Span == c.ev.Session.Manager {
				return "the session is used before the block that could be wrapped"
			}
		}
	}
	return ""
}

func (c *collapse) holdsCommit(where python.Span) bool {
	return slices.ContainsFunc(c.commits, func(k commit) bool { return where.Contains(k.call) })
}

func (c *collapse) holdsAll(where python.Span) bool {
	return !slices.ContainsFunc(c.commits, func(k commit) bool { return !where.Contains(k.call) })
}

// usedBefore reports whether the session is used before an offset.
func (c *collapse) usedBefore(offset int) bool {
	for _, o := range c.facts.Ops {
		if o.Made == c.made && o.Site.Start < offset {
			return true
		}
	}
	return false
}

// region returns the span of the wrapped statements.
func (c *collapse) region() python.Span {
	return python.Span{Start: c.stmts[c.first].Pos().Start, End: c.stmts[c.last].Pos().End}
}

func (c *collapse) risk(text string) {
	if !slices.Contains(c.risks, text) {
		c.risks = append(c.risks, text)
	}
}

// findSavepoints finds the tries that need one: a handler goes on after it, and
// the body commits or changes something before it can fail.
func (c *collapse) findSavepoints() string {
	for n := c.first; n <= c.last; n++ {
		python.Inspect(c.stmts[n], func(n python.Node) bool {
			if t, ok := n.(*python.Try); ok && len(t.Handlers) > 0 && goesOn(t) {
				c.savepoint(t)
			}
			_, inner := n.(*python.FunctionDef)
			return !inner
		})
	}
	for i, p := range c.savepoints {
		for _, q := range c.savepoints[:i] {
			if q.span().Contains(p.span()) {
				return "a try stands in a try"
			}
		}
		if !c.ownLines(p.try.Body[0]) {
			return "a statement shares its line with another"
		}
	}
	return ""
}

// goesOn reports whether one of a try's handlers can go on behind it.
func goesOn(t *python.Try) bool { return slices.ContainsFunc(t.Handlers, fallsThrough) }

// fallsThrough reports whether a handler does not end in a raise.
func fallsThrough(h *python.Handler) bool {
	if len(h.Body) == 0 {
		return true
	}
	_, raises := h.Body[len(h.Body)-1].(*python.Raise)
	return !raises
}

// handlerOf returns the handler whose body a block is, or nil.
func handlerOf(t *python.Try, block []python.Stmt) *python.Handler {
	for _, h := range t.Handlers {
		if len(h.Body) > 0 && &h.Body[0] == &block[0] {
			return h
		}
	}
	return nil
}

func (c *collapse) savepoint(t *python.Try) {
	last, changes := -1, false
	for n, s := range t.Body {
		if c.holdsCommit(s.Pos()) {
			last, changes = n, true
		}
		for _, o := range c.opsIn(c.made, s.Pos()) {
			changes = changes || o.Writes != session.No
		}
	}
	if c.commitsLater(t) {
		// What the body did before it failed is committed by that commit
		// today, so it must not be undone.
		if last >= 0 && catchesDatabase(t) {
			c.risk(riskTaken)
		}
		return
	}
	if !changes {
		return
	}
	if last < 0 {
		last = len(t.Body) - 1
	}
	c.savepoints = append(c.savepoints, savepoint{t, 0, last})
}

func (c *collapse) inSavepoint(where session.Site) bool {
	return slices.ContainsFunc(c.savepoints, func(p savepoint) bool { return p.span().Contains(where) })
}
