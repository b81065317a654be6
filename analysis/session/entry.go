package session

import (
	"strings"

	"sessionlint/analysis/project"
	"sessionlint/analysis/python"
)

// entry returns the states in which the function can begin: its parameters,
// and a session for each that is annotated as one.
func (i *interp) entry() []*State {
	states := []*State{{vars: make([]Value, i.scope.size)}}
	f := i.scope.function
	if f == nil {
		return states
	}
	for _, p := range f.Params {
		kind, optional := i.annotation(p.Annotation)
		if kind == project.Unresolved {
			kind = i.injected(p)
		}
		vague := kind == project.Unresolved && i.calledSession(f, p)
		if v := i.analyzer.objectOf(p.Annotation); v.Kind == ObjectV && !isNoneConst(p.Default) {
			states[0].vars[i.scope.slots[p.Name.ID]] = v
			continue
		}
		if kind == project.Unresolved && !vague || p.Kind == python.VarArgs || p.Kind == python.VarKwargs {
			continue
		}
		slot := i.scope.slots[p.Name.ID]
		if kind == project.Maker || kind == project.AsyncMaker {
			for _, s := range states {
				s.vars[slot] = Value{Kind: MakerVal, Text: handedMaker(kind, p.Annotation)}
			}
			continue
		}
		var next []*State
		for _, s := range states {
			if optional || isNoneConst(p.Default) {
				n := s.clone()
				n.vars[slot] = Value{Kind: None}
				next = append(next, n)
			}
			i.sessions = true
			o := Session{
				Name: p.Name.ID, Made: p.Name.Span, Async: kind == project.AsyncClass || kind == project.AsyncConn,
				Core: kind == project.Connection || kind == project.AsyncConn, Typed: !vague, Vague: vague,
				Tx: Maybe, Held: Maybe, Autoflush: Maybe, Expires: Maybe,
			}
			i.awaits(&o)
			s.sessions = append(s.sessions, o)
			s.vars[slot] = Value{Kind: SessionV, Obj: ObjectID(len(s.sessions) - 1)}
			next = append(next, s)
		}
		states = next
	}
	return states
}

// handedMaker returns what is known of a factory that is handed in, by its
// annotation: a plain sessionmaker may make asynchronous sessions.
func handedMaker(kind project.Meaning, annotation python.Expr) string {
	if kind == project.AsyncMaker {
		return "async ?flush ?expire"
	}
	switch e := annotation.(type) {
	case *python.Subscript:
		return " ?flush"
	case *python.Constant:
		if strings.Contains(e.Text, "[") {
			return " ?flush"
		}
	}
	return " ?flush ?class"
}

func isNoneConst(e python.Expr) bool {
	c, ok := e.(*python.Constant)
	return ok && c.Kind == python.NoneConst
}

// annotation returns the class of session that an annotation names, and whether
// it may be None as well.
func (i *interp) annotation(e python.Expr) (kind project.Meaning, optional bool) {
	switch e := e.(type) {
	case *python.Name, *python.Attribute:
		if n, ok := e.(*python.Name); ok {
			if b, found := i.module.Lookup(n.ID); found && b.Value != nil {
				if _, ok := b.Value.(*python.Subscript); ok { // SessionDep = Annotated[Session, …]
					return i.annotation(b.Value)
				}
			}
		}
		switch k := project.Known(i.analyzer.path(e)); k {
		case project.SessionClass, project.AsyncClass, project.Maker, project.AsyncMaker, project.Connection, project.AsyncConn:
			return k, false
		case project.Unresolved:
			if lastPart(i.analyzer.path(e)) == "AsyncSession" {
				return project.AsyncClass, false
			}
			return i.aliased(e)
		}
	case *python.Constant:
		if e.Kind == python.StringConst {
			return i.quoted(e.Text)
		}
	case *python.BinOp:
		if e.Op == "|" {
			l, _ := i.annotation(e.L)
			if r, _ := i.annotation(e.R); r != l && r != project.Unresolved && l != project.Unresolved {
				return project.Unresolved, false // of either kind
			}
			if l == project.Unresolved {
				l, _ = i.annotation(e.R)
			}
			return l, isNoneConst(e.L) || isNoneConst(e.R)
		}
	case *python.Subscript:
		name := dotted(e.Value)
		if n := strings.LastIndexByte(name, '.'); n >= 0 {
			name = name[n+1:]
		}
		if k, _ := i.annotation(e.Value); k == project.Maker || k == project.AsyncMaker { // async_sessionmaker[AsyncSession]
			return k, false
		}
		switch name {
		case "Optional":
			kind, _ := i.annotation(e.Index)
			return kind, true
		case "Annotated":
			if t, ok := e.Index.(*python.Tuple); ok && len(t.Elts) > 0 {
				return i.annotation(t.Elts[0])
			}
		}
	}
	return project.Unresolved, false
}

// aliased reads an annotation that names an alias of another file, such as
// SessionDep, or a class of the workspace that derives from a session's.
func (i *interp) aliased(e python.Expr) (kind project.Meaning, optional bool) {
	if c := i.analyzer.classOf(e); c != nil {
		return project.Known(i.analyzer.sessionBase(c)), false
	}
	path := i.module.Path(e)
	if path == "" {
		return project.Unresolved, false
	}
	at, _ := i.analyzer.trace(path, map[question]bool{})
	if at.file == nil || at.file == i.analyzer.file || len(at.rest) > 0 {
		return project.Unresolved, false
	}
	b, _ := at.file.module.Lookup(at.name)
	switch b.Value.(type) {
	case *python.Subscript, *python.BinOp:
		return newInterp(i.analyzer.at(at.file), newScope(nil, nil, nil), 1).annotation(b.Value)
	}
	return project.Unresolved, false
}

// injected returns the class of session that a parameter gets from what its
// default depends on: db = Depends(get_db).
func (i *interp) injected(p *python.Param) project.Meaning {
	c, ok := p.Default.(*python.Call)
	if !ok || len(c.Args) == 0 || project.Known(i.analyzer.path(c.Func)) != project.Depends {
		return project.Unresolved
	}
	var v Value
	switch e := c.Args[0].(type) {
	case *python.Name:
		v = i.global(e.ID, 0)
	case *python.Attribute:
		if path := i.module.Path(e); path != "" {
			v = i.analyzer.imported(path)
		}
	}
	if v.Kind != FuncV {
		return project.Unresolved
	}
	f := i.named(v.Text)
	if f == nil || !f.file.plain(f.def) {
		return project.Unresolved
	}
	kind := project.Unresolved
	for _, e := range i.analyzer.summarize(f, defaults(f)).outcomes {
		if e.gives.Kind == SessionV && len(e.made) > 0 && !e.made[0].Core {
			kind = project.SessionClass
			if e.made[0].Async {
				return project.AsyncClass
			}
		}
	}
	return kind
}

// quoted reads an annotation that stands in quotes.
func (i *interp) quoted(text string) (project.Meaning, bool) {
	text, _, _ = strings.Cut(text, "[")
	optional := false
	if t, ok := strings.CutSuffix(text, "| None"); ok {
		text, optional = t, true
	}
	var e python.Expr
	for part := range strings.SplitSeq(strings.TrimSpace(text), ".") {
		n := &python.Name{ID: part}
		if e == nil {
			e = n
		} else {
			e = &python.Attribute{Value: e, Attr: n}
		}
	}
	kind, _ := i.annotation(e)
	return kind, optional
}

// calledSession reports whether a parameter without annotation is a session, as
// far as its name and what is called on it tell.
func (i *interp) calledSession(f *python.FunctionDef, p *python.Param) bool {
	if p.Annotation != nil || !i.module.CallsDatabase() {
		return false
	}
	switch strings.ToLower(strings.TrimLeft(p.Name.ID, "_")) {
	case "session", "db", "db_session", "sess", "dbsession", "sa_session", "async_session":
	default:
		return false
	}
	known, telling := true, false
	for _, st := range f.Body {
		python.Inspect(st, func(n python.Node) bool {
			c, ok := n.(*python.Call)
			if !ok {
				return true
			}
			a, ok := c.Func.(*python.Attribute)
			if !ok || dotted(a.Value) != p.Name.ID {
				return true
			}
			switch a.Attr.ID {
			case "query", "commit", "rollback", "flush", "scalars", "add_all", "refresh", "expunge", "merge":
				telling = true
			}
			known = known && (methods["Session."+a.Attr.ID] != nil || methods["AsyncSession."+a.Attr.ID] != nil)
			return true
		})
	}
	return known && telling
}
