package session

import (
	"slices"
	"strings"

	"sessionlint/analysis/project"
	"sessionlint/analysis/python"
)

// lookup returns what a name is bound to.
func (i *interp) lookup(n *python.Name, s *State) Value {
	if slot, ok := i.scope.slots[n.ID]; ok && (i.scope.bound[n.ID]) {
		return s.vars[slot]
	}
	if slot, ok := i.scope.slots[n.ID]; ok && s.vars[slot].Kind == SessionV && slices.ContainsFunc(i.arounds, func(a around) bool { return a.path == n.ID }) {
		return s.vars[slot]
	}
	if i.scope.shadowed(n.ID) {
		return Value{}
	}
	return i.global(n.ID, 0)
}

// attribute evaluates value.attr.
func (i *interp) attribute(e *python.Attribute, s *State) []result {
	if path := dotted(e); path != "" {
		if slot, ok := i.scope.slots[path]; ok && s.vars[slot] != (Value{}) {
			i.seen(Seen, e.Span, s.vars[slot], s)
			return one(s, s.vars[slot])
		}
	}
	if v := i.ofSelf(e); v.Kind != Unknown {
		return one(s, v)
	}
	rs := i.eval(e.Value, s)
	for n := range rs {
		rs[n].value = i.member(e, rs[n].value, rs[n].state)
	}
	return rs
}

// member returns what an attribute of a value is.
func (i *interp) member(e *python.Attribute, v Value, s *State) Value {
	name := e.Attr.ID
	if v.Kind == Unknown && (name == "__next__" || name == "__anext__") {
		i.at = e.Span
		i.advances(name, argument{expr: e.Value, value: v})
	}
	if v.Kind == Unknown || v.Kind == Imported || v.Kind == NotNone {
		if engine := i.ofEngine(e, name); engine.Kind != Unknown {
			return engine
		}
	}
	switch v.Kind {
	case Imported:
		if name == "begin" && i.hintsAt(e.Value, v) {
			return Value{Kind: MakerBegin, Text: asyncText(strings.Contains(strings.ToLower(v.Text), "async")) + "?"}
		}
		if what, guess := i.module.Meaning(v.Text); guess && name == "begin" {
			return Value{Kind: MakerBegin, Text: asyncText(what == project.AsyncMaker) + "?"}
		}
		return i.analyzer.imported(v.Text + "." + name)
	case EngineV:
		return engineMember(name, v.Text)
	case StackV:
		return Value{Kind: ApartV, Text: "Stack." + name + " " + v.Text}
	case GeneratorV:
		if g := i.generators.get(v.Text); g != nil && g.manager && !strings.HasPrefix(name, "__") && methods["Session."+name] != nil {
			i.event(Event{Kind: NotEntered, Site: g.made, Session: Session{Made: g.made, Owned: true, Guess: g.guesses()}, Method: "this", Sure: true})
			return Value{}
		}
		if slices.Contains([]string{"__next__", "__anext__", "send", "asend"}, name) {
			i.at = e.Span
			i.advances(name, argument{expr: e.Value, value: v})
		}
		return Value{}
	case TaskV:
		if name == "join" || name == "result" {
			i.joined(v, s)
		}
		return Value{}
	case ClientV:
		return Value{Kind: ClientV, Text: v.Text + "." + name}
	case HolderV:
		return i.ofHolder(e, v)
	case ObjectV:
		return i.ofObject(name, v.Text)
	case NewV:
		if c := i.analyzer.classNamed(v.Class); c != nil {
			if w := i.ofObject(name, c.id()); w.Kind != Unknown {
				return w
			}
		}
	case ConfigV:
		if name == "get_session" {
			return Value{Kind: MakerVal, Text: v.Text}
		}
		return Value{Kind: NotNone}
	case MakerVal:
		if name == "begin" {
			return Value{Kind: MakerBegin, Text: v.Text}
		}
		return Value{Kind: NotNone}
	case SessionV:
		switch name {
		case "__exit__", "__aexit__":
			name = "close"
		case "__enter__", "__aenter__":
			return Value{Kind: ByHandV, Obj: v.Obj, Text: name}
		}
		o := s.session(v)
		class := o.class()
		if name == "is_active" && (o.Owned || o.FailedAt != (Site{})) {
			return Value{Kind: map[bool]ValueKind{true: Falsy, false: Truthy}[o.FailedAt != (Site{})]}
		}
		if m := methods[class+name]; m != nil && m.Property {
			return i.gives(m, v, "")
		}
		return Value{Kind: BoundV, Obj: v.Obj, Text: class + name}
	case QueryV:
		return Value{Kind: BoundV, Obj: v.Obj, Text: "Query." + name + plainRows(v), Class: v.Class, Key: v.ofAll()}
	case ResultV:
		return Value{Kind: BoundV, Obj: v.Obj, Text: "Result." + name + plainRows(v), Class: v.Class, Key: v.ofAll(), Dead: v.Dead, Begun: v.Begun, Many: v.Many}
	case Savepoint:
		return Value{Kind: BoundV, Obj: v.Obj, Text: "Savepoint." + name}
	case Begun:
		return Value{Kind: BoundV, Obj: v.Obj, Text: "Transaction." + name}
	case MappedV:
		i.op(v, e.Span, Op{Kind: OpRead, Method: name}, s)
		return i.readAttribute(e, v, s)
	case CoroutineV: // of what was not awaited
		i.notAwaited(e.Value, v, s)
		return Value{}
	case BegunV:
		if name == "__enter__" || name == "__aenter__" {
			return Value{Kind: ByHandV, Obj: v.Obj, Text: name}
		}
		if name == "__exit__" || name == "__aexit__" {
			return Value{Kind: BoundV, Obj: v.Obj, Text: s.session(v).class() + "close"}
		}
		i.event(Event{Kind: NotEntered, Site: s.session(v).Made, Session: *s.session(v), Method: "begin", Sure: true})
		s.session(v).Escaped = true
		return Value{}
	case StmtV:
		if name == "with_for_update" {
			st := v.statement()
			st.lock = true
			v.Text = st.text()
		}
		return v
	}
	return i.attributeFactory(e, v)
}

// attributeFactory knows self.session_factory and db.SessionLocal by their names.
func (i *interp) attributeFactory(e *python.Attribute, v Value) Value {
	if v.Kind != Unknown && v.Kind != NotNone && v.Kind != NewV {
		return Value{}
	}
	name := e.Attr.ID
	if i.module.Imports("sqlalchemy.orm.scoped_session") { // it may be a registry, whose sessions are not new
		return Value{}
	}
	if project.MakesSession(name) && i.module.CallsDatabase() {
		return Value{Kind: MakerVal, Text: asyncText(strings.Contains(name, "async")) + "?"}
	}
	lower := strings.ToLower(name)
	if strings.HasSuffix(lower, "maker") || strings.HasSuffix(lower, "local") || strings.HasSuffix(lower, "factory") || strings.HasSuffix(lower, "_cls") {
		if project.LooksLikeFactory(name) {
			return Value{Kind: MakerVal, Text: asyncText(strings.Contains(lower, "async")) + "?"}
		}
	}
	return Value{}
}

// plainRows marks the members of a Query or Result that gives no mapped objects.
func plainRows(v Value) string {
	if v.Text == "" {
		return ""
	}
	return " " + v.Text
}

// gives returns what a member of a session, or of what hangs on it, gives. rows
// is "columns" if there are no mapped objects in it.
func (i *interp) gives(m *Method, v Value, rows string) Value {
	what := m.Gives
	if what == "self" {
		if strings.HasSuffix(m.Class, "Connection") {
			return Value{Kind: SessionV, Obj: v.Obj}
		}
		what = strings.ToLower(m.Class)
	}
	if rows == "?" && what != "result" {
		rows = ""
	}
	if strings.HasPrefix(rows, "stream") && what != "result" && what != "query" {
		rows = ""
	}
	switch what {
	case "query":
		return Value{Kind: QueryV, Obj: v.Obj, Text: rows, Class: v.Class, Key: v.ofAll()}
	case "result":
		return Value{Kind: ResultV, Obj: v.Obj, Text: rows, Class: v.Class, Key: v.ofAll(), Dead: v.Dead, Begun: v.Begun, Many: (v.Many || m.Name == "execute" || m.Name == "stream") && m.Name != "scalars"}
	case "object", "objects":
		if rows == "" {
			return Value{Kind: MappedV, Obj: v.Obj, Class: v.Class, Key: v.ofAll(), Many: (what == "objects" || v.Kind == BoundV && v.Many) && !strings.HasPrefix(m.Name, "scalar"), Rows: what == "objects" && v.Kind == BoundV && v.Many}
		}
	case "transaction":
		return Value{Kind: Begun, Obj: v.Obj}
	case "savepoint":
		return Value{Kind: Savepoint, Obj: v.Obj}
	case "guard":
		return Value{Kind: Guard, Obj: v.Obj, Text: m.Name}
	case "none":
		return Value{Kind: None}
	}
	return Value{}
}

// ofSelf returns what an attribute of self is, as far as the class tells: a
// method, or something that makes sessions.
func (i *interp) ofSelf(e *python.Attribute) Value {
	self := i.function.selfName()
	if n, ok := e.Value.(*python.Name); !ok || self == "" || n.ID != self {
		return Value{}
	}
	if v := i.analyzer.attributes(i.function.class)[e.Attr.ID]; v.Kind == MakerVal || v.Kind == EngineV || v.Kind == ClientV || v.Kind == ObjectV {
		return v
	}
	if m := i.analyzer.method(i.function.class, e.Attr.ID); m != nil {
		return Value{Kind: FuncV, Text: m.file.id(m.name)}
	}
	return Value{}
}

// engineMember returns what an attribute of an engine is.
func engineMember(name, text string) Value {
	switch name {
	case "connect", "raw_connection":
		return Value{Kind: ApartV, Text: "Engine." + name + " " + text}
	case "begin":
		return Value{Kind: EngineBegin, Text: text}
	case "execution_options":
		return Value{Kind: ApartV, Text: "Engine." + name + " " + text}
	}
	return Value{}
}

// ofEngine returns what an attribute is of something that is called an engine,
// in a file that uses SQLAlchemy.
func (i *interp) ofEngine(e *python.Attribute, name string) Value {
	if name != "connect" && name != "begin" && name != "raw_connection" {
		return Value{}
	}
	base := e.Value
	if c, ok := base.(*python.Call); ok {
		base = c.Func
	}
	called := strings.ToLower(lastPart(dotted(base)))
	if !strings.HasSuffix(called, "engine") || !i.usesSQLAlchemy() && !i.module.CallsDatabase() {
		return Value{}
	}
	return engineMember(name, asyncText(strings.Contains(called, "async"))+"?")
}

// usesSQLAlchemy reports whether the file imports from SQLAlchemy or from what
// is built on it.
func (i *interp) usesSQLAlchemy() bool {
	return i.module.Uses("sqlalchemy", "sqlmodel", "flask_sqlalchemy", "fastapi_sqlalchemy", "advanced_alchemy", "alembic")
}
