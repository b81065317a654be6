package quickfix

import (
	"slices"
	"strings"

	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/rule/useafterclose"
	"sessionlint/analysis/session"
)

// riskLaterRows is what reading the rows earlier may change.
const riskLaterRows = "rows that the block writes after the query are not among them"

// fetchInBlock fetches the rows of a result before its session is closed: into a
// list where that does as well, else by moving what reads them into the block.
func fetchInBlock(at *site, f rule.Finding) ([]proposal, string) {
	ev, ok := f.Evidence.(session.Event)
	if !ok {
		return nil, "the result is not known"
	}
	// One finding stands for all results that were closed together.
	var all []session.Event
	for _, e := range at.facts.Events {
		if e.Kind == ev.Kind && e.Session.Made == ev.Session.Made && e.Other == ev.Other {
			all = append(all, e)
		}
	}
	if at.endsBehindQuery(ev) && (!ev.Sure || at.returns(ev)) {
		return nil, "a commit or rollback behind the query would expire the objects"
	}
	if slices.ContainsFunc(all, at.returnsExpired) {
		return nil, "the commit at the end of the block would expire the objects that are returned"
	}
	var ps []proposal
	reason := at.intoLists(all)
	if reason == "" {
		p := proposal{title: "Fetch the rows before the session is closed: `.all()`", edits: at.edit.Edits()}
		if !ev.Sure && at.writesBehindQuery(ev) {
			p.risks = []string{riskLaterRows}
		}
		ps = append(ps, p)
	}
	moved := useafterclose.Evidence{Session: ev.Session, ClosedAt: ev.Other}
	for _, e := range all {
		moved.Uses = append(moved.Uses, session.Use{Made: e.Session.Made, ClosedAt: e.Other, Site: e.Site, Method: e.Method})
	}
	moves, why := moveUses(at.again(), moved)
	for _, p := range moves {
		p.title = "Move what reads the rows into the with block"
		if ev.Sure { // it raises today, whatever the objects are needed for
			p.risks = slices.DeleteFunc(p.risks, func(r string) bool { return r == riskObjects })
		} else if at.writesBehindQuery(ev) {
			p.risks = append(p.risks, riskLaterRows)
		}
		ps = append(ps, p)
	}
	if why != "" {
		reason += "; " + why
	}
	return ps, reason
}

// endsBehindQuery reports whether a transaction ends between the query and the place
// where its rows are read.
func (s *site) endsBehindQuery(e session.Event) bool {
	return s.behindQuery(e, func(o session.Op) bool {
		return o.Kind == session.OpCall && (o.Method == "commit" || o.Method == "rollback")
	})
}

// writesBehindQuery reports whether the session writes between the query and the
// place where its rows are read. A cursor of SQLite comes to such rows, too.
func (s *site) writesBehindQuery(e session.Event) bool {
	return s.behindQuery(e, func(o session.Op) bool { return o.Writes != session.No })
}

// behindQuery reports whether something holds for an operation between the first
// query and the place where its rows are read.
func (s *site) behindQuery(e session.Event, want func(session.Op) bool) bool {
	bound := -1
	for _, o := range s.facts.Ops {
		switch {
		case o.Made != e.Session.Made || o.Site.Start >= e.Site.Start:
		case o.Kind == session.OpBind && o.Method == "result" && bound < 0:
			bound = o.Site.End
		case bound >= 0 && want(o):
			return true
		}
	}
	return false
}

// returns reports whether an event stands in a return statement.
func (s *site) returns(e session.Event) bool {
	b := s.blockAt(e.Site)
	if b == nil {
		return false
	}
	_, returns := b.stmt().(*python.Return)
	return returns
}

// returnsExpired reports whether objects that are read too late are returned, and
// a commit at the end of the block would expire them if they were read in time.
func (s *site) returnsExpired(e session.Event) bool {
	if !e.Sure || e.Session.Expires == session.No || !s.returns(e) {
		return false
	}
	begins := find(s.body, nil, func(st python.Stmt) bool {
		return closes(st, e.Other) && slices.ContainsFunc(st.(*python.With).Items, func(i *python.WithItem) bool {
			return isBegin(i.Context)
		})
	})
	return begins != nil || e.Session.Saves
}

// intoLists makes lists of the results that the events are about. It says why it
// cannot, "" if it does.
func (s *site) intoLists(events []session.Event) string {
	var names []string
	for _, e := range events {
		b := s.blockAt(e.Site)
		if b == nil {
			return "the reader of the rows was not found"
		}
		reads, found := effectOf(b.stmt()).reads, false
		for _, o := range s.facts.Ops {
			if name := s.source(o.Site); o.Made == e.Session.Made && o.Kind == session.OpBind && o.Method == "result" && reads[name] {
				found = true
				if !slices.Contains(names, name) {
					names = append(names, name)
				}
			}
		}
		if !found {
			return "no variable holds the result"
		}
	}
	for _, name := range names {
		if reason := s.intoList(name, events[0].Session); reason != "" {
			return reason
		}
	}
	return ""
}

// intoList fetches a result where it is bound, if whatever reads the variable
// takes a list as well.
func (s *site) intoList(name string, of session.Session) string {
	if of.Async {
		return "a result that is awaited is no list"
	}
	for _, o := range s.facts.Ops {
		if o.Made != of.Made || o.Kind != session.OpBind || o.Method != "result" || s.source(o.Site) != name {
			continue
		}
		path := s.pathTo(o.Site, func(n python.Node) bool { _, ok := n.(*python.Name); return ok })
		if len(path) < 2 {
			return "the result is not bound by an assignment"
		}
		a, ok := path[len(path)-2].(*python.Assign)
		if !ok || len(a.Targets) > 1 || !s.givesResult(a.Value) {
			return "what is bound may be something else than a result"
		}
		end := s.placed.Abs(a.Value.Pos()).End
		s.edit.Replace(end, end, ".all()")
	}
	reason, reads := "", 0
	for _, st := range s.body {
		s.listUses(st, nil, name, &reason)
		python.Inspect(st, func(n python.Node) bool {
			c, ok := n.(*python.Call)
			if ok && s.drains(c, name) {
				reads++
			}
			return true
		})
	}
	if reason == "" && reads > 1 {
		return "the rows are fetched twice: the second time there are none"
	}
	return reason
}

// givesResult reports whether an expression calls what gives a Result, and no
// iterator over one.
func (s *site) givesResult(e python.Expr) bool {
	c, ok := e.(*python.Call)
	if !ok {
		return false
	}
	switch f := c.Func.(type) {
	case *python.Name:
		b, ok := s.module.Lookup(f.ID)
		return ok && b.Def
	case *python.Attribute:
		if n, ok := f.Value.(*python.Name); ok && n.ID == "self" {
			return true
		}
		switch f.Attr.ID {
		case "execute", "scalars", "exec", "unique", "mappings", "columns":
			return true
		}
	}
	return false
}

// takeLists are the functions that run through what they are given.
var takeLists = []string{"list", "sorted", "set", "tuple", "frozenset", "sum", "dict", "min", "max", "enumerate", "zip", "any", "all", "map", "filter", "islice"}

// drains reports whether a call fetches all rows of a variable's result.
func (s *site) drains(c *python.Call, name string) bool {
	a, ok := c.Func.(*python.Attribute)
	return ok && a.Attr.ID == "all" && is(a.Value, name)
}

// listUses looks at the uses of a variable below a node. It notes why one of
// them would not take a list in place of a result, and takes the calls away
// that make a list of it.
func (s *site) listUses(n python.Node, parents []python.Node, name string, reason *string) {
	if x, ok := n.(*python.Name); ok && x.ID == name && *reason == "" {
		*reason = s.listUse(x, parents)
		return
	}
	parents = append(parents, n)
	for _, c := range python.Children(n) {
		s.listUses(c, parents, name, reason)
	}
}

func (s *site) listUse(x *python.Name, parents []python.Node) string {
	const refused = "what reads the result may need it as it is"
	switch p := parents[len(parents)-1].(type) {
	case *python.For:
		if p.Iter == x && !p.Async {
			return ""
		}
	case *python.Comprehension:
		for _, c := range p.Clauses {
			if c.Iter == x && !c.Async {
				return ""
			}
		}
	case *python.Assign:
		if slices.ContainsFunc(p.Targets, func(t python.Expr) bool { return t == x }) {
			return ""
		}
		if _, unpacked := p.Targets[0].(*python.Tuple); unpacked && p.Value == x {
			return ""
		}
	case *python.Starred:
		return ""
	case *python.Subscript:
		if p.Value == x {
			return ""
		}
	case *python.Compare:
		if c, ok := p.Rest[0].(*python.Constant); ok && c.Kind == python.NoneConst && strings.HasPrefix(p.Ops[0], "is") {
			return ""
		}
	case *python.Yield:
		if p.From {
			return ""
		}
	case *python.Call:
		if f, ok := p.Func.(*python.Name); ok && slices.Contains(takeLists, f.ID) {
			return ""
		}
	case *python.Attribute:
		if len(parents) < 2 || p.Value != x || p.Attr.ID != "all" {
			return refused
		}
		if c, ok := parents[len(parents)-2].(*python.Call); ok && c.Func == p && len(c.Args)+len(c.Keywords) == 0 {
			from, to := s.placed.Abs(x.Span).End, s.placed.Abs(c.Span).End
			if s.snap.File.Text[from:to] == ".all()" {
				s.edit.Replace(from, to, "")
				return ""
			}
		}
	}
	return refused
}

// riskList is what changes for those who call a function that gave a query.
const riskList = "callers get a list, which they can no longer refine"

// runQuery runs a query that is returned out of the block of its session.
func runQuery(at *site, f rule.Finding) ([]proposal, string) {
	ev, ok := f.Evidence.(session.Event)
	if !ok || ev.Method != "returned query" {
		return nil, "it is the session itself, or what holds it, that leaves the block"
	}
	if ev.Session.Life == session.Closed {
		return nil, "the query is returned after the session was closed"
	}
	b := at.blockAt(ev.Site)
	if b == nil {
		return nil, "the return was not found"
	}
	r, ok := b.stmt().(*python.Return)
	if !ok {
		return nil, "the query is not returned by a statement of its own"
	}
	if d := at.facts.Function; d == nil || d.Returns != nil && strings.Contains(at.source(d.Returns.Pos()), "Query") {
		return nil, "the function says that it returns a query"
	}
	switch r.Value.(type) {
	case *python.Call, *python.Name:
	default:
		return nil, "the query is returned as a part of something else"
	}
	end := at.placed.Abs(r.Value.Pos()).End
	at.edit.Replace(end, end, ".all()")
	return []proposal{{title: "Return the rows: `.all()`", risks: []string{riskList}, edits: at.edit.Edits()}}, ""
}
