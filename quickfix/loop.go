package quickfix

import (
	"fmt"
	"slices"

	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

// What a commit after the loop may change.
const (
	riskTurns  = "if a turn fails, the turns before it are undone too"
	riskTurns2 = "what a turn leaves uncommitted is committed too"
	riskOpen   = "if something fails, the session that stays open is in a transaction"
)

// commitAfterLoop moves the commit of each turn behind the loop; in a begin block,
// which commits by itself, it goes away.
func commitAfterLoop(at *site, f rule.Finding) ([]proposal, string) {
	e, ok := f.Evidence.(session.Event)
	switch {
	case !ok || e.Session.Name == "":
		return nil, "the session has no name"
	case e.Session.Nested > 0:
		return nil, "a savepoint stands around"
	}
	c := find(at.body, nil, func(st python.Stmt) bool { return callsOnly(st, e.Site) })
	if c == nil || at.methodAt(e.Site, e.Session.Made) != "commit" {
		return nil, "the commit is part of another statement, or in a function that is called here"
	}
	loop := c.outer
	for ; loop != nil; loop = loop.outer {
		if isLoop(loop.stmt()) {
			break
		}
		if _, ok := loop.stmt().(*python.If); !ok {
			return nil, "the commit stands in a try or with of its own"
		}
	}
	if loop == nil {
		return nil, "the loop was not found"
	}
	l := &loopCommit{site: at, e: e, commit: c, loop: loop}
	if reason := l.check(); reason != "" {
		return nil, reason
	}
	l.takeOut()
	title := fmt.Sprintf("Commit `%s` once, after the loop", e.Session.Name)
	if e.Session.Block == session.Yes {
		title = fmt.Sprintf("Leave the commit to the begin block of `%s`", e.Session.Name)
	} else {
		l.commitBehind()
	}
	return []proposal{{title: title, risks: l.risks, edits: at.edit.Edits()}}, ""
}

func isLoop(st python.Stmt) bool {
	switch st.(type) {
	case *python.For, *python.While:
		return true
	}
	return false
}

// A loopCommit is a commit in a loop that goes behind it.
type loopCommit struct {
	*site
	e      session.Event
	commit *block
	loop   *block
	risks  []string
}

// check refuses a loop that can be left without coming to its end.
func (l *loopCommit) check() string {
	reason := ""
	python.Inspect(l.loop.stmt(), func(n python.Node) bool {
		switch n := n.(type) {
		case *python.FunctionDef, *python.Lambda:
			return false
		case *python.Return:
			reason = "a return leaves the loop"
		case *python.Yield:
			reason = "a yield stands in the loop"
		case *python.Try:
			reason = "an error is handled in the loop, turn by turn"
		case *python.Break, *python.Continue:
			if n.Pos().Start < l.e.Site.Start {
				l.risks = append(l.risks, riskTurns2)
			}
		}
		return reason == ""
	})
	for _, o := range l.opsIn(l.e.Session.Made, l.loop.stmt().Pos()) {
		if o.Kind == session.OpCall && slices.Contains(controls, o.Method) {
			return o.Method + "() stands in the loop"
		}
		if o.Writes != session.No && (!l.inBranch(o.Site) || o.Site.Start > l.e.Site.End) {
			l.risks = append(l.risks, riskTurns2)
		}
	}
	if s := l.e.Session; s.Owned && s.Expires != session.No && l.usedBehind(s.Made, l.loop.stmt().Pos().End) {
		return "a commit after the loop would expire objects that are used after it, also where it had no turn"
	}
	if s := l.e.Session; s.Expires != session.No && l.isParameter(s.Name) {
		return "a commit after the loop would expire objects of the caller, also where it had no turn"
	}
	if l.e.Session.Block != session.Yes && l.leftOpen(l.e.Session.Made) {
		l.risks = append(l.risks, riskOpen)
	}
	if len(l.commit.stmts) == 1 && !l.readsOn() {
		return "nothing else stands in the commit's block"
	}
	if !l.ownLines(l.commit.stmt()) {
		return "the commit shares its line with another statement"
	}
	if l.e.Session.Block != session.Yes && l.fails() {
		l.risks = append(l.risks, riskTurns)
	}
	for b := l.loop.outer; b != nil; b = b.outer {
		if t, ok := b.stmt().(*python.Try); ok && goesOn(t) {
			l.risks = append(l.risks, riskTaken)
		}
	}
	slices.Sort(l.risks)
	l.risks = slices.Compact(l.risks)
	return reason
}

// fails reports whether anything but the session can fail in the loop, or look at the
// database from outside. That a failed flush undoes the turns before it is what the
// fix is for.
func (l *loopCommit) fails() bool {
	c := &collapse{site: l.site, made: l.e.Session.Made}
	known := map[session.Site]bool{}
	for _, o := range l.opsIn(c.made, l.loop.stmt().Pos()) {
		if o.Kind == session.OpCall {
			known[o.Site] = true
		}
	}
	fails := false
	python.Inspect(l.loop.stmt(), func(n python.Node) bool {
		switch n := n.(type) {
		case *python.Raise, *python.Assert:
			fails = true
		case *python.Await:
			fails = fails || len(l.opsIn(c.made, n.Span)) == 0
		case *python.Call:
			fails = fails || c.foreign(n, known) || known[n.Span] && wantsARow(methodOf(n))
		}
		return !fails
	})
	return fails
}

// methodOf returns the name of the method that a call is of, "" if it is of none.
func methodOf(c *python.Call) string {
	if a, ok := c.Func.(*python.Attribute); ok {
		return a.Attr.ID
	}
	return ""
}

// inBranch reports whether a place stands in the block of the commit, or in the
// loop's own if that is where the commit is.
func (l *loopCommit) inBranch(where session.Site) bool {
	return slices.ContainsFunc(l.commit.stmts, func(st python.Stmt) bool { return st.Pos().Contains(where) })
}

// takeOut removes the commit, or puts a flush in its place where the rest of the
// turn reads what it wrote.
func (l *loopCommit) takeOut() {
	st := l.commit.stmt()
	if l.readsOn() && !l.e.Session.Core { // a connection has nothing to flush
		call := l.placed.Abs(l.e.Site)
		l.edit.Replace(call.End-len("commit()"), call.End, "flush()")
		return
	}
	l.deleteLine(l.placed.Abs(st.Pos()), l.firstLine(st), l.lastLine(st))
}

// readsOn reports whether anything is done behind the commit in the same turn
// that may rely on it.
func (l *loopCommit) readsOn() bool {
	for b := l.commit; b != l.loop; b = b.outer {
		for _, st := range b.stmts[b.index+1:] {
			if !leaves(st) {
				return true
			}
		}
	}
	return false
}

// commitBehind commits after the loop, unless the next statement does.
func (l *loopCommit) commitBehind() {
	if n := l.loop.index + 1; n < len(l.loop.stmts) {
		for _, o := range l.opsIn(l.e.Session.Made, l.loop.stmts[n].Pos()) {
			if callsOnly(l.loop.stmts[n], o.Site) && o.Method == "commit" {
				return
			}
		}
	}
	call := l.source(l.commit.stmt().Pos())
	st := l.loop.stmt()
	l.edit.Insert(l.lastLine(st)+1, l.edit.Indentation(l.firstLine(st))+call)
}
