package quickfix

import (
	"slices"
	"strings"

	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

// What making a scope let failures through may change.
const (
	riskRaises = "callers get the exception that was hidden from them"
	riskUndone = "what the body did until it failed is not kept any more"
)

// letThrough makes a session scope raise again what it caught, or commit only
// where nothing was raised.
func letThrough(at *site, f rule.Finding) ([]proposal, string) {
	ev, ok := f.Evidence.(session.Event)
	switch {
	case !ok:
		return nil, "the scope is not known"
	case ev.Kind == session.CommitInFinally:
		return at.commitInBody(ev)
	}
	// One finding stands for all handlers around the yield.
	for _, e := range at.facts.Events {
		if e.Kind == ev.Kind && e.Session.Made == ev.Session.Made && e.Other == ev.Other && e.Sure {
			if reason := at.raiseAgain(e); reason != "" {
				return nil, reason
			}
		}
	}
	return []proposal{{title: "Raise the exception again", risks: []string{riskRaises}, edits: at.edit.Edits()}}, ""
}

// raiseAgain ends a handler with a raise.
func (s *site) raiseAgain(e session.Event) string {
	var h *python.Handler
	for _, st := range s.body {
		python.Inspect(st, func(n python.Node) bool {
			if t, ok := n.(*python.Try); ok {
				for _, x := range t.Handlers {
					if x.Start == e.Site.Start {
						h = x
					}
				}
			}
			return h == nil
		})
	}
	if h == nil || len(h.Body) == 0 {
		return "the handler was not found"
	}
	last := h.Body[len(h.Body)-1]
	if !s.ownLines(last) {
		return "the handler stands on one line"
	}
	sp := s.placed.Abs(last.Pos())
	switch st := last.(type) {
	case *python.Pass:
		s.edit.Replace(sp.Start, sp.End, "raise")
		return ""
	case *python.Return:
		if c, ok := st.Value.(*python.Constant); st.Value != nil && !(ok && c.Kind == python.NoneConst) {
			return "the handler returns a value"
		}
		s.edit.Replace(sp.Start, sp.End, "raise")
		return ""
	}
	if ends(last) {
		return "the handler leaves in another way"
	}
	s.edit.Insert(s.lastLine(last)+1, s.edit.Indentation(s.firstLine(last))+"raise")
	return ""
}

// commitInBody moves a commit out of the finally clause of a scope to the end of
// the try's body, where it is not reached if that fails.
func (s *site) commitInBody(ev session.Event) ([]proposal, string) {
	b := s.alone(ev.Site)
	if b == nil || b.outer == nil {
		return nil, "the commit is part of another statement"
	}
	t, ok := b.outer.stmt().(*python.Try)
	if !ok || len(t.Finally) == 0 || &t.Finally[0] != &b.stmts[0] {
		return nil, "the commit does not stand in the finally clause itself"
	}
	st := b.stmt()
	if !s.ownLines(st) || !s.ownLines(t.Body[0]) {
		return nil, "the commit, or the body of the try, shares its line"
	}
	for _, before := range b.stmts[:b.index] {
		if e := effectOf(before); e.acts || e.broken || e.jumps {
			return nil, "something else is done before the commit"
		}
	}
	if slices.ContainsFunc(t.Handlers, fallsThrough) {
		return nil, "a handler goes on to the commit"
	}
	for _, in := range append(slices.Clone(t.Body), t.Else...) {
		if e := effectOf(in); e.jumps || e.broken {
			return nil, "the body may leave before its end"
		}
	}
	body := t.Body
	if len(t.Else) > 0 {
		body = t.Else
	}
	top := s.topLine(st, s.firstLine(b.stmts[0])-1)
	if b.index > 0 {
		top = s.topLine(st, s.lastLine(b.stmts[b.index-1]))
	}
	from, to := s.edit.Indentation(s.firstLine(st)), s.edit.Indentation(s.firstLine(body[0]))
	unwrapped := len(b.stmts) == 1 && len(t.Handlers) == 0 && len(t.Else) == 0
	if unwrapped {
		to = s.edit.Indentation(s.firstLine(t))
	}
	moved := s.edit.Moved(top, s.lastLine(st), from, to)
	s.edit.Insert(s.bodyEnd(body)+1, moved...)
	if len(b.stmts) > 1 {
		s.edit.Delete(top, s.lastLine(st))
	} else if reason := s.removeFinally(t, st); reason != "" {
		return nil, reason
	}
	return []proposal{{title: "Commit only if the body does not fail", risks: []string{riskUndone}, edits: s.edit.Edits()}}, ""
}

// What removing the session of a registry may change.
const (
	riskCaller   = "a caller in the same thread or task loses what it has in the session"
	riskDetached = "the objects that it returns are detached"
)

// removeInFinally wraps the body of a job, or of its loop, so that the registry
// lets go of the session however it ends.
func removeInFinally(at *site, f rule.Finding) ([]proposal, string) {
	ev, ok := f.Evidence.(session.Event)
	if !ok || at.facts.Function == nil {
		return nil, "the registry is not known"
	}
	name := ev.Session.Name
	if name == "" {
		return nil, "the registry has no name"
	}
	if root, _, _ := strings.Cut(name, "."); root != "self" && at.binds(root) {
		return nil, "the registry is known by the name of its session only"
	}
	if ev.Session.Async && !at.facts.Function.Async {
		return nil, "the function is not asynchronous"
	}
	stmts, reason := at.job(ev)
	if reason != "" {
		return nil, reason
	}
	risks := []string{riskCaller}
	for _, o := range at.facts.Ops {
		if o.Made == ev.Session.Made && o.Kind == session.OpReturn {
			if o.Method != "object" {
				return nil, "what it returns needs the session"
			}
			if !slices.Contains(risks, riskDetached) {
				risks = append(risks, riskDetached)
			}
		}
	}
	for _, st := range stmts {
		switch e := effectOf(st); {
		case e.yields:
			return nil, "the function is a generator"
		case e.broken:
			return nil, "the code does not parse"
		case !at.ownLines(st):
			return nil, "a statement shares its line with another"
		}
	}
	call := name + ".remove()"
	if ev.Session.Async {
		call = "await " + call
	}
	first, last := at.firstLine(stmts[0]), at.bodyEnd(stmts)
	top := at.topLine(stmts[0], at.floor(stmts[0]))
	indent, unit := at.edit.Indentation(first), at.unit()
	end := stmts[len(stmts)-1]
	if at.source(end.Pos()) == call && len(stmts) > 1 { // it moves into the finally
		at.edit.Delete(at.firstLine(end), at.lastLine(end))
		if at.comment(at.lastLine(end)) >= 0 {
			return nil, "a comment stands behind the remove()"
		}
	}
	at.edit.Insert(top, indent+"try:")
	at.edit.Indent(top, last, unit)
	at.edit.Insert(last+1, indent+"finally:", indent+unit+call)
	return []proposal{{title: "Remove the session of `" + name + "` in a `finally`", risks: risks, edits: at.edit.Edits()}}, ""
}

// binds reports whether a name is a parameter or variable of the function.
func (s *site) binds(name string) bool {
	return s.isParameter(name) || slices.ContainsFunc(s.body, func(st python.Stmt) bool { return rebinds(st, name) })
}

// isParameter reports whether a name is a parameter of the function.
func (s *site) isParameter(name string) bool {
	f := s.facts.Function
	return f != nil && slices.ContainsFunc(f.Params, func(p *python.Param) bool { return p.Name.ID == name })
}

// floor returns the last line before a statement that is not a comment of its
// own: that of the statement before it, or of the head of its block.
func (s *site) floor(st python.Stmt) int {
	line := s.firstLine(st) - 1
	for line >= 0 && s.edit.Comment(line) {
		line--
	}
	return line
}

// job returns the statements to wrap: those of the loop that never ends in which
// the registry is used, from the first use on, or the whole body.
func (s *site) job(ev session.Event) (stmts []python.Stmt, reason string) {
	var loop *python.While
	for _, o := range s.facts.Ops {
		if o.Made != ev.Session.Made {
			continue
		}
		w := s.loopAt(o.Site)
		if loop != nil && w != loop {
			return nil, "the registry is used in and outside of a loop"
		}
		loop = w
	}
	if loop == nil {
		stmts = s.body
		if e, ok := stmts[0].(*python.ExprStmt); ok {
			if c, ok := e.Value.(*python.Constant); ok && c.Kind == python.StringConst {
				stmts = stmts[1:]
			}
		}
		if len(stmts) == 0 {
			return nil, "the function has no body"
		}
		return stmts, ""
	}
	n := slices.IndexFunc(loop.Body, func(st python.Stmt) bool { return len(s.opsIn(ev.Session.Made, st.Pos())) > 0 })
	if n < 0 {
		return nil, "the registry is used in the head of a loop"
	}
	stmts = loop.Body[n:]
	binds := map[string]bool{}
	for _, st := range stmts {
		for name := range effectOf(st).binds {
			binds[name] = true
		}
	}
	for name := range effectOf(loop.Cond).reads {
		if binds[name] {
			return nil, "what a turn of the loop finds is needed in the next one"
		}
	}
	for _, st := range loop.Body[:n] {
		for name := range effectOf(st).reads {
			if binds[name] && !strings.Contains(ev.Session.Name, name) {
				return nil, "what a turn of the loop finds is needed in the next one"
			}
		}
	}
	return stmts, ""
}

// loopAt returns the outermost while loop around a site, or nil.
func (s *site) loopAt(where session.Site) *python.While {
	var loop *python.While
	for b := s.blockAt(where); b != nil; b = b.outer {
		if w, ok := b.stmt().(*python.While); ok {
			loop = w
		}
	}
	return loop
}
