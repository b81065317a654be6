package quickfix

import (
	"fmt"
	"slices"
	"strings"

	"sessionlint/analysis/python"
	"sessionlint/analysis/rule/multiplecommits"
	"sessionlint/analysis/session"
)

// collapseCommits wraps a session's work in one with session.begin(): and takes
// its commits out. A try whose handlers go on gets a savepoint, so that what
// failed in it is undone, and only that.
func collapseCommits(at *site, ev multiplecommits.Evidence) ([]proposal, string) {
	c := &collapse{site: at, ev: ev, made: ev.Session.Made}
	for _, step := range []func() string{c.findCommits, c.findRegion, c.checkRegion, c.findSavepoints, c.checkPaths, c.checkCalls} {
		if reason := step(); reason != "" {
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
	if c.mayBeAnother() {
		return "the variable can hold another session, in which a transaction may be begun"
	}
	for _, o := range c.facts.Ops {
		if o.Made != c.made || o.Method != "commit" || o.Kind != session.OpCall {
			continue
		}
		if c.shared(o.Site) {
			return "on another path the session is the caller's, who may have begun a transaction"
		}
		b := find(c.body, nil, func(s python.Stmt) bool { return commits(s, o.Site) })
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

// mayBeAnother reports whether the session's variable is a parameter as well, or
// is assigned at several places.
func (c *collapse) mayBeAnother() bool {
	if f := c.facts.Function; f != nil {
		for _, p := range f.Params {
			if p.Name.ID == c.ev.Session.Name {
				return true
			}
		}
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

// shared reports whether a call is made on another session on another path.
func (c *collapse) shared(call session.Site) bool {
	return slices.ContainsFunc(c.facts.Ops, func(o session.Op) bool { return o.Site == call && o.Made != c.made })
}

// commits reports whether a statement is nothing but the call at a site.
func commits(s python.Stmt, call session.Site) bool {
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
		if !c.holdsAll(whole) || c.usedBefore(b.stmts[first].Pos().Start, whole) {
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

// usedBefore reports whether the session is used before an offset, and the
// block that begins there does not make it.
func (c *collapse) usedBefore(offset int, block python.Span) bool {
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
			c.risk("an error that the handlers catch undoes what was committed before it too")
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

func (c *collapse) inSavepoint(where session.Site) bool {
	return slices.ContainsFunc(c.savepoints, func(p savepoint) bool { return p.span().Contains(where) })
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
			c.risk("an error that the handlers catch undoes what was committed before it too")
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
			case *python.Call:
				if n.Start > from && c.foreign(n, known) {
					failing = append(failing, "`"+c.callee(n)+"()`")
				}
			}
			return true
		})
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
