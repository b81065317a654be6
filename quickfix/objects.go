package quickfix

import (
	"slices"
	"strings"

	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

// What keeping the objects of a commit as they are may change.
const (
	riskAsWas   = "objects keep what they had at the commit, and do not see what the database or others made of it"
	riskNone    = "where there is no object, it is the refresh that fails"
	riskKeptAll = "objects of all its sessions keep what they had at the commit, and do not see what the database or others made of it"
)

// loadBeforeClose loads the objects of a closed session again before it is
// closed, or makes the session keep them as they are.
func loadBeforeClose(at *site, f rule.Finding) ([]proposal, string) {
	ev, ok := f.Evidence.(session.Event)
	if !ok {
		return nil, "the object is not known"
	}
	// One finding stands for all objects that were closed together.
	var all []session.Event
	for _, e := range at.facts.Events {
		if e.Kind == ev.Kind && e.Session.Made == ev.Session.Made && e.Other == ev.Other {
			all = append(all, e)
		}
	}
	var ps []proposal
	reason, risks := at.refreshLast(ev, all)
	if reason == "" {
		ps = append(ps, proposal{title: "Load it again before the session is closed: `refresh()`", risks: risks, edits: at.edit.Edits()})
	}
	if p, ok := at.again().keepObjects(ev); ok {
		ps = append(ps, p)
	}
	return ps, reason
}

// refreshLast refreshes the objects of the events at the end of the with block
// that closes their session. It says why it does not, "" if it does.
func (s *site) refreshLast(ev session.Event, all []session.Event) (reason string, risks []string) {
	b := find(s.body, nil, func(st python.Stmt) bool { return closes(st, ev.Session.Manager) })
	if ev.Session.Manager == (session.Site{}) || b == nil {
		return "no with block of this function closes the session", nil
	}
	w := b.stmt().(*python.With)
	if slices.ContainsFunc(w.Items, func(i *python.WithItem) bool { return isBegin(i.Context) }) {
		return "the block commits when it is left", nil
	}
	if len(w.Body) == 0 || ends(w.Body[len(w.Body)-1]) || !s.ownLines(w.Body[0]) {
		return "the block ends in a jump, or stands on one line", nil
	}
	end := &block{w.Body, len(w.Body), b}
	var lines []string
	for _, e := range all {
		name := s.objectOf(e)
		switch {
		case e.Elsewhere || !e.Sure:
			return "the object is expired on some ways only", nil
		case name == "":
			return "the object is not held by a variable", nil
		case !w.Contains(ev.Session.Made) && !rebinds(w, name):
			return "the object was closed with another block of the session", nil
		case e.Unloaded:
			return "a relationship is not loaded by a refresh() in all versions of SQLAlchemy", nil
		}
		if reason, none := s.refreshable(name, ev, end); reason != "" {
			if !none || b.index+1 >= len(b.stmts) || !derefs(b.stmts[b.index+1], name) {
				return reason, nil
			}
			risks = []string{riskNone}
		}
		line := ev.Session.Name + ".refresh(" + name + ")"
		if ev.Session.Async {
			line = "await " + line
		}
		line = s.edit.Indentation(s.firstLine(w.Body[0])) + line
		if !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	s.edit.Insert(s.bodyEnd(w.Body)+1, lines...)
	return "", risks
}

// objectOf returns the variable whose attribute an event reads, "" if it is none.
func (s *site) objectOf(e session.Event) string {
	path := s.pathTo(e.Site, isAttribute)
	if path == nil {
		return ""
	}
	n, ok := path[len(path)-1].(*python.Attribute).Value.(*python.Name)
	if !ok {
		return ""
	}
	for _, p := range path {
		switch p := p.(type) {
		case *python.Comprehension:
			for _, c := range p.Clauses {
				if effectOf(&python.For{Span: p.Span, Target: c.Target, Iter: c.Iter}).binds[n.ID] {
					return ""
				}
			}
		case *python.Lambda, *python.FunctionDef:
			return ""
		}
	}
	return n.ID
}

// keepObjects makes the session, or the factory of this file that makes it,
// keep what is committed as it is.
func (s *site) keepObjects(ev session.Event) (p proposal, ok bool) {
	const option = "expire_on_commit=False"
	b := find(s.body, nil, func(st python.Stmt) bool { return closes(st, ev.Session.Manager) })
	if ev.Session.Manager == (session.Site{}) || b == nil {
		return p, false
	}
	var call *python.Call
	for _, i := range b.stmt().(*python.With).Items {
		if i.Span == ev.Session.Manager {
			call, _ = i.Context.(*python.Call)
		}
	}
	if call == nil {
		return p, false
	}
	if n, ok := call.Func.(*python.Name); ok && s.takesOption(n) {
		sp := s.placed.Abs(call.Span)
		s.addArgument(call, sp, option)
		return proposal{title: "Keep its objects as they are: `" + option + "`", risks: []string{riskAsWas}, edits: s.edit.Edits()}, true
	}
	a, ok := call.Func.(*python.Attribute)
	if !ok || a.Attr.ID != "begin" {
		return p, false
	}
	n, ok := a.Value.(*python.Name)
	if !ok {
		return p, false
	}
	maker, sp := s.maker(n.ID)
	if maker == nil {
		return p, false
	}
	s.addArgument(maker, sp, option)
	return proposal{title: "Make `" + n.ID + "` keep objects as they are: `" + option + "`", risks: []string{riskKeptAll}, edits: s.edit.Edits()}, true
}

// takesOption reports whether what a name stands for is a class of sessions or a
// factory of this file, which both take the options of a session.
func (s *site) takesOption(n *python.Name) bool {
	switch s.module.Path(n) {
	case "sqlalchemy.orm.Session", "sqlalchemy.ext.asyncio.AsyncSession", "sqlmodel.Session", "sqlmodel.ext.asyncio.session.AsyncSession":
		return true
	}
	maker, _ := s.maker(n.ID)
	return maker != nil
}

// maker returns the call at the top of the file that makes a factory, and its
// place in the file; nil if there is none, or the name is bound otherwise too.
func (s *site) maker(name string) (call *python.Call, where python.Span) {
	b, ok := s.module.Lookup(name)
	if !ok || b.Many || s.module.Configured(name) {
		return nil, where
	}
	c, ok := b.Value.(*python.Call)
	if !ok {
		return nil, where
	}
	switch s.module.Path(c.Func) {
	case "sqlalchemy.orm.sessionmaker", "sqlalchemy.ext.asyncio.async_sessionmaker":
	default:
		return nil, where
	}
	for _, p := range s.snap.File.Units {
		for _, st := range p.Unit.Body {
			if a, ok := st.(*python.Assign); ok && a.Value == python.Expr(c) {
				return c, p.Abs(c.Span)
			}
		}
	}
	return nil, where
}

// addArgument adds an argument to a call that stands at a place of the file.
func (s *site) addArgument(c *python.Call, sp python.Span, argument string) {
	for _, k := range c.Keywords {
		if k.Name == "" || strings.HasPrefix(argument, k.Name+"=") {
			return
		}
	}
	text := s.snap.File.Text
	end := sp.End - 1
	last := end
	for last > sp.Start && strings.IndexByte(" \t\r\n", text[last-1]) >= 0 {
		last--
	}
	switch {
	case text[last-1] == '(':
	case text[last-1] == ',' && strings.ContainsAny(text[last:end], "\r\n"): // one argument to a line
		line := s.snap.File.Lines.Of(last - 1)
		s.edit.Insert(line+1, s.edit.Indentation(line)+argument+",")
		return
	case text[last-1] == ',':
		argument = " " + argument
	default:
		argument = ", " + argument
	}
	s.edit.Replace(last, last, argument)
}

// refreshFirst awaits the loading of an object before the statement that reads
// it.
func refreshFirst(at *site, f rule.Finding) ([]proposal, string) {
	ev, ok := f.Evidence.(session.Event)
	if !ok || ev.Session.Name == "" {
		return nil, "the object is not known"
	}
	name := at.objectOf(ev)
	if name == "" {
		return nil, "the object is not held by a variable"
	}
	b := at.blockAt(ev.Site)
	if b == nil || !at.ownLines(b.stmt()) && !at.startsLine(b.stmt()) {
		return nil, "the statement shares its line with another"
	}
	path := at.pathTo(ev.Site, isAttribute)
	if reason := at.asynchronous(path[:1]); reason != "" {
		return nil, reason
	}
	st := b.stmt()
	text := at.snap.File.Text[at.placed.Abs(st.Pos()).Start:]
	switch st.(type) {
	case *python.If:
		if strings.HasPrefix(text, "elif") {
			return nil, "nothing can stand before an elif"
		}
	case *python.While:
		return nil, "the head of a loop reads it"
	case *python.FunctionDef, *python.ClassDef, *python.Try, *python.Match:
		return nil, "the reader was not found"
	}
	var risks, adds []string
	if reason, none := at.refreshable(name, ev, b); reason != "" {
		if !none || !derefs(st, name) {
			return nil, reason
		}
		risks = []string{riskNone}
	}
	call := "await " + ev.Session.Name + ".refresh(" + name
	if ev.Unloaded {
		if at.module.Old() {
			return nil, "the file is written for an older SQLAlchemy, whose refresh() loads no relationship"
		}
		q := at.quote()
		call += ", [" + q + ev.Method + q + "]"
		adds = []string{ev.Method}
	}
	at.edit.Insert(at.topLine(st, at.floor(st)), at.edit.Indentation(at.firstLine(st))+call+")")
	return []proposal{{title: "Load it first: `" + call + ")`", risks: risks, adds: adds, edits: at.edit.Edits()}}, ""
}

// quote returns the quotation mark that the file has more of.
func (s *site) quote() string {
	if text := s.snap.File.Text; strings.Count(text, "'") > strings.Count(text, `"`) {
		return "'"
	}
	return `"`
}

// startsLine reports whether a statement is the first on its line.
func (s *site) startsLine(st python.Stmt) bool {
	sp := s.placed.Abs(st.Pos())
	return blank(s.snap.File.Text[s.snap.File.Lines.Start(s.snap.File.Lines.Of(sp.Start)):sp.Start])
}
