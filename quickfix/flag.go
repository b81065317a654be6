package quickfix

import (
	"slices"
	"strings"

	"sessionlint/analysis/python"
	"sessionlint/analysis/session"
)

// flag is the parameter that tells a function whether it commits.
const flag = "commit"

// maxFlagged bounds how many functions call one another until one commits.
const maxFlagged = 4

// A flagging gives functions of the file a parameter that tells whether they commit,
// for a caller that commits later. Other callers need not change.
type flagging struct {
	*site                              // of the caller
	done  map[*python.FunctionDef]bool // that get the parameter, or have it
	names []string                     // of those that the caller calls, in their order
	open  bool                         // one of them can be overridden
}

// called returns what is known of the function that a call gives a session to.
func (s *site) called(call, made session.Site) (session.Called, bool) {
	for _, c := range s.facts.Calls {
		if c.Site == call && c.Made == made {
			return c, true
		}
	}
	return session.Called{}, false
}

// newFlagging returns the change of the functions that a caller calls.
func newFlagging(at *site) *flagging {
	return &flagging{site: at, done: map[*python.FunctionDef]bool{}}
}

// tell has a function that is called not commit: the call says so.
func (g *flagging) tell(c session.Called) string {
	if reason := g.give(c, 0); reason != "" {
		return reason
	}
	name := c.Function[strings.LastIndexByte(c.Function, '.')+1:]
	if !slices.Contains(g.names, name) {
		g.names = append(g.names, name)
	}
	return g.hand(g.site, c.Site, "False")
}

// hand gives a call the argument.
func (g *flagging) hand(s *site, call session.Site, value string) string {
	k := s.callAt(call)
	if k.Func == nil {
		return "the call was not found"
	}
	if slices.ContainsFunc(k.Keywords, func(w *python.Keyword) bool { return w.Name == "" || w.Name == flag }) {
		return "the call hands on arguments that are not known"
	}
	s.addArgument(k, s.placed.Abs(call), flag+"="+value)
	return ""
}

// give gives a function the parameter, and those that it calls to commit for it.
func (g *flagging) give(c session.Called, depth int) string {
	if c.File != g.snap.Path {
		return "a function of another file commits first"
	}
	if depth == maxFlagged {
		return "too many functions call one another until one commits"
	}
	h := g.siteOf(c.Function)
	if h == nil {
		return "the function that commits first was not found"
	}
	fn := h.facts.Function
	if g.done[fn] {
		return ""
	}
	g.done[fn] = true
	switch {
	case h.flagged(): // for another caller; whether it heeds it is seen when the fix is tried
		return ""
	case fn == g.facts.Function:
		return "the function calls itself"
	case fn.Generator:
		return "the function that commits first is a generator"
	case h.overridden(c.Function):
		return "another class has a method of the same name"
	case h.isParameter(flag) || slices.ContainsFunc(fn.Body, func(st python.Stmt) bool { return effectOf(st).reads[flag] }):
		return "the function that commits first uses the name `" + flag + "`"
	}
	name := fn.Name.ID
	g.open = g.open || strings.Contains(c.Function, ".") && !strings.HasPrefix(name, "_")
	commits := 0
	for _, o := range h.facts.Ops {
		if o.Kind != session.OpCall || o.Method != "commit" || !h.handedIn(o.Made) {
			continue
		}
		commits++
		if reason := h.ask(o); reason != "" {
			return reason
		}
	}
	for _, inner := range h.facts.Calls {
		if inner.Commits == session.No || !h.handedIn(inner.Made) {
			continue
		}
		commits++
		if reason := g.give(inner, depth+1); reason != "" {
			return reason
		}
		if reason := g.hand(h, inner.Site, flag); reason != "" {
			return reason
		}
	}
	if commits == 0 {
		return "the commit of the function that is called was not found"
	}
	return h.takesFlag()
}

// siteOf returns the place of a function of the file: its changes are the caller's.
func (g *flagging) siteOf(name string) *site {
	for n, p := range g.snap.File.Units {
		fn := p.Unit.Function()
		if fn == nil || !strings.HasSuffix("."+name, "."+fn.Name.ID) {
			continue
		}
		for _, f := range g.factsOf(n) {
			if f.Name == name && f.Function == fn && len(fn.Body) > 0 {
				s := *g.site
				s.index, s.placed, s.facts, s.body = n, p, f, fn.Body
				return &s
			}
		}
	}
	return nil
}

// flagged reports whether the function has the parameter, which is true if it is not given.
func (s *site) flagged() bool {
	return slices.ContainsFunc(s.facts.Function.Params, func(p *python.Param) bool {
		c, ok := p.Default.(*python.Constant)
		return ok && p.Name.ID == flag && c.Kind == python.TrueConst
	})
}

// handedIn reports whether a session is a parameter of the function.
func (s *site) handedIn(made session.Site) bool {
	return slices.ContainsFunc(s.facts.Function.Params, func(p *python.Param) bool { return p.Contains(made) })
}

// overridden reports whether another class of the file has the method: one of the two
// may be called in the place of the other.
func (s *site) overridden(name string) bool {
	_, method, ok := strings.Cut(name, ".")
	return ok && slices.ContainsFunc(s.snap.File.Units, func(p python.Placed) bool {
		fn := p.Unit.Function()
		return fn != nil && fn != s.facts.Function && fn.Name.ID == method && p.Unit.Path != ""
	})
}

// ask makes a commit depend on the parameter.
func (s *site) ask(o session.Op) string {
	b := s.alone(o.Site)
	if b == nil || !s.ownLines(b.stmt()) {
		return "a commit of the function that is called is part of another statement"
	}
	st := b.stmt()
	first, last := s.firstLine(st), s.lastLine(st)
	in, unit := s.edit.Indentation(first), s.unit()
	text := s.source(st.Pos())
	at := strings.LastIndex(text, "commit")
	if strings.ContainsAny(text, "\r\n") || at < 0 {
		return "a commit of the function that is called stands on several lines"
	}
	s.edit.Insert(first, in+"if "+flag+":")
	s.edit.Indent(first, last, unit)
	s.edit.Insert(last+1, in+"else:", in+unit+text[:at]+"flush"+text[at+len("commit"):])
	return ""
}

// takesFlag adds the parameter, which is true where nobody says otherwise.
func (s *site) takesFlag() string {
	params := s.facts.Function.Params
	last := params[len(params)-1]
	if last.Kind == python.VarKwargs {
		return "the function that commits first takes any arguments"
	}
	text := flag + "=True"
	if slices.ContainsFunc(params, func(p *python.Param) bool { return p.Annotation != nil }) {
		text = flag + ": bool = True"
	}
	file := s.snap.File.Text
	end := s.placed.Abs(last.Span).End
	rest := file[end:]
	if close := strings.IndexByte(rest, ')'); close < 0 || strings.Trim(rest[:close], ", \t\r\n") != "" {
		return "a comment stands behind the parameters"
	} else if inner := rest[:close]; strings.Contains(inner, ",") {
		if !strings.ContainsAny(inner, "\r\n") {
			s.edit.Replace(end+strings.IndexByte(inner, ',')+1, end+strings.IndexByte(inner, ',')+1, " "+text+",")
			return ""
		}
		line := s.lastLine(last) // one parameter to a line
		s.edit.Insert(line+1, s.edit.Indentation(line)+text+",")
		return ""
	}
	s.edit.Replace(end, end, ", "+text)
	return ""
}
