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
		if kind == project.Unresolved || p.Kind == python.VarArgs || p.Kind == python.VarKwargs {
			continue
		}
		var next []*State
		for _, s := range states {
			if optional || isNoneConst(p.Default) {
				n := s.clone()
				n.vars[i.scope.slots[p.Name.ID]] = Value{Kind: None}
				next = append(next, n)
			}
			i.sessions = true
			s.sessions = append(s.sessions, Session{
				Name: p.Name.ID, Made: p.Name.Span, Async: kind == project.AsyncClass, Typed: true,
				Tx: Maybe, Held: Maybe, Autoflush: Maybe, Expires: Maybe,
			})
			s.vars[i.scope.slots[p.Name.ID]] = Value{Kind: SessionV, Obj: ObjectID(len(s.sessions) - 1)}
			next = append(next, s)
		}
		states = next
	}
	return states
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
		switch k := project.Known(i.module.Path(e)); k {
		case project.SessionClass, project.AsyncClass:
			return k, false
		}
	case *python.Constant:
		if e.Kind == python.StringConst {
			return i.quoted(e.Text)
		}
	case *python.BinOp:
		if e.Op == "|" {
			l, _ := i.annotation(e.L)
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

// quoted reads an annotation that stands in quotes.
func (i *interp) quoted(text string) (project.Meaning, bool) {
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
