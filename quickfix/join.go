package quickfix

import (
	"fmt"
	"slices"
	"strings"

	"sessionlint/analysis/python"
	"sessionlint/analysis/rule/multiplecommits"
	"sessionlint/analysis/session"
)

// What leaving the first commits to the last one may change.
const (
	riskInBetween  = "the first part is not committed before the last one: others do not see it, and if something fails in between the caller decides about it"
	riskNested     = "what was committed first is undone too if something fails before the end, and not seen by others until then"
	riskOverridden = "what overrides a method that is told has to take the argument too"
	riskTaken      = "an error that the handlers catch undoes what was committed before it too"
)

// joinCommits leaves what the first commits save to the last one, where no begin
// block can be put around them: the session may be in a transaction that the caller
// began, or the last commit stands in a function that is called.
func joinCommits(at *site, ev multiplecommits.Evidence) (proposal, string) {
	j := &join{collapse: &collapse{site: at, ev: ev, made: ev.Session.Made}, flags: newFlagging(at)}
	if ev.Session.Name == "" || len(ev.Commits) < 2 {
		return proposal{}, "the commits are not known"
	}
	for _, step := range []func() string{j.findFirst, j.findLast, j.checkCalls} {
		if reason := step(); reason != "" {
			return proposal{}, reason
		}
	}
	if !ev.Session.Owned {
		j.risk(riskInBetween)
	}
	if j.flags.open {
		j.risk(riskOverridden)
	}
	if len(j.flags.names) > 0 && len(j.risks) == 0 {
		j.risk(riskNested)
	}
	if at.leftOpen(j.made) {
		j.risk(riskOpen)
	}
	j.rewrite()
	return proposal{title: j.title(), risks: j.risks, edits: at.edit.Edits()}, ""
}

// A join is one application of joinCommits. The region of its collapse goes from
// the first commit to the last one.
type join struct {
	*collapse
	end    *block // the statement of the last commit
	direct bool   // it commits whatever happens in it
	own    bool   // no function that is called commits
	flags  *flagging
}

// findFirst finds the commits that are left to the last one.
func (j *join) findFirst() string {
	for _, call := range j.ev.Commits[:len(j.ev.Commits)-1] {
		b := j.alone(call)
		if b == nil || j.methodAt(call, j.made) != "commit" {
			b = j.blockAt(call)
			if reason := j.notThere(b, call); reason != "" {
				return reason
			}
			j.commits = append(j.commits, commit{b, call})
			continue
		}
		if !j.ownLines(b.stmt()) {
			return "a commit shares its line with another statement"
		}
		j.commits = append(j.commits, commit{b, call})
	}
	return ""
}

// notThere has a function that is called leave its commit to the last one.
func (j *join) notThere(b *block, call session.Site) string {
	c, ok := j.called(call, j.made)
	switch {
	case !ok || b == nil:
		return "a function that is called commits first"
	case c.RollsBack && len(j.commits) > 0:
		j.risk(riskTaken)
	}
	if reason := j.passes(b.stmt()); reason != "" {
		return reason
	}
	return j.flags.tell(c)
}

// findLast finds the last commit, which each way from the others has to come to.
func (j *join) findLast() string {
	call := j.ev.Commits[len(j.ev.Commits)-1]
	for n := len(j.commits) - 1; n >= 0; n-- {
		b, reason := j.follow(j.commits[n].block, call)
		if reason != "" {
			return reason
		}
		j.end = b
		first := slices.IndexFunc(b.stmts, func(st python.Stmt) bool { return st.Pos().Contains(j.commits[n].call) })
		j.stmts, j.first, j.last = b.stmts, first, b.index
	}
	st := j.end.stmt()
	own := j.methodAt(call, j.made) == "commit"
	j.own = own && len(j.flags.names) == 0
	j.direct = own && callsOnly(st, call) || j.surely(call)
	if !j.ownLines(st) {
		return "a commit shares its line with another statement"
	}
	if e := effectOf(st); !j.direct && (e.jumps || e.yields || e.broken) {
		return "the function can be left before the last commit"
	}
	if c, ok := j.called(call, j.made); ok && c.RollsBack {
		j.risk(riskTaken)
	}
	if own && !j.direct {
		return "the last commit stands in a branch"
	}
	j.commits = append(j.commits, commit{j.end, call})
	for b := j.end.outer; b != nil; b = b.outer {
		if t, ok := b.stmt().(*python.Try); ok && goesOn(t) {
			j.risk(riskTaken)
		}
	}
	return ""
}

// surely reports whether a call is one of a function that always commits, and is made
// whenever its statement is.
func (j *join) surely(call session.Site) bool {
	c, ok := j.called(call, j.made)
	if !ok || c.Commits != session.Yes {
		return false
	}
	for _, n := range j.pathTo(call, isCall) {
		switch n.(type) {
		case *python.IfExp, *python.BoolOp, *python.Lambda, *python.Comprehension, *python.FunctionDef, *python.For, *python.While:
			return false
		}
	}
	return true
}

// follow goes from a commit on to the statement that holds another one. A reason
// says why it need not come there.
func (j *join) follow(from *block, call session.Site) (*block, string) {
	for b := from; ; b = b.outer {
		for n := b.index + 1; n < len(b.stmts); n++ {
			st := b.stmts[n]
			if st.Pos().Contains(call) {
				return &block{b.stmts, n, b.outer}, ""
			}
			if reason := j.passes(st); reason != "" {
				return nil, reason
			}
		}
		if b.outer == nil {
			return nil, "the last commit does not follow on each way"
		}
		switch st := b.outer.stmt().(type) {
		case *python.If, *python.Match:
		case *python.Try:
			if len(st.Finally) > 0 && &st.Finally[0] == &b.stmts[0] {
				return nil, "a commit stands in a finally clause"
			}
			if goesOn(st) {
				j.risk(riskTaken)
			}
		default:
			return nil, "a commit stands in a loop or with block of its own"
		}
	}
}

// passes says why control may not run on behind a statement, or not in the same
// transaction.
func (j *join) passes(st python.Stmt) string {
	e := effectOf(st)
	switch {
	case e.broken:
		return "the code does not parse"
	case e.yields:
		return "a yield stands between the commits"
	case e.jumps && !raises(st):
		return "the function can be left between the commits"
	}
	for _, o := range j.opsIn(j.made, st.Pos()) {
		if o.Kind == session.OpCall && slices.Contains(controls, o.Method) {
			return o.Method + "() stands between the commits"
		}
	}
	return ""
}

// raises reports whether a statement jumps by nothing but raise statements.
func raises(st python.Stmt) bool {
	only := true
	python.Inspect(st, func(n python.Node) bool {
		switch n.(type) {
		case *python.Return, *python.Break, *python.Continue:
			only = false
		}
		return only
	})
	return only
}

// rewrite takes the first commits out, and commits behind the function that may.
func (j *join) rewrite() {
	last := len(j.commits) - 1
	for n, k := range j.commits[:last] {
		if _, helper := j.called(k.call, j.made); helper {
			continue // it was told
		}
		if j.direct && j.own {
			j.takeOut(n, k, "")
		} else { // what the function needs of it is not known
			j.flushInstead(k)
		}
	}
	if !j.direct {
		st := j.end.stmt()
		text := j.ev.Session.Name + ".commit()"
		if j.ev.Session.Async {
			text = "await " + text
		}
		j.edit.Insert(j.lastLine(st)+1, j.edit.Indentation(j.firstLine(st))+text)
	}
}

func (j *join) title() string {
	call := j.callAt(j.commits[len(j.commits)-1].call)
	title := fmt.Sprintf("Commit `%s` once, at the end", j.ev.Session.Name)
	if !j.direct && call.Func != nil {
		title = fmt.Sprintf("Commit `%s` once, after `%s()`", j.ev.Session.Name, j.callee(call))
	}
	if names := j.flags.names; len(names) > 0 {
		title += ", and tell `" + strings.Join(names, "()`, `") + "()` not to commit"
	}
	return title
}
