package session

import (
	"maps"
	"slices"
	"strings"

	"sessionlint/analysis/project"
	"sessionlint/analysis/python"
)

// attributes returns what the attributes of a class's objects hold, where that
// matters: sessions, and what makes them. Sessions are told by SessionV, with
// "async" in Text; "?" stands for what may be None.
func (a *analyzer) attributes(c *class) map[string]Value {
	if c == nil {
		return nil
	}
	if a.still {
		return a.written(c)
	}
	if n := slices.Index(a.view.classes, c.id()); n >= 0 { // what its methods make of each other is not known yet
		a.reach.class = min(a.reach.class, n)
		return nil
	}
	name := c.name
	return ask(a, question{ask: askClass, file: c.file.Path, name: name}, func(inner *analyzer) (map[string]Value, uint64) {
		c := inner.file.classes[name]
		if c == nil {
			return nil, 0
		}
		inner.view.classes = append(inner.view.classes, c.id())
		attrs := inner.readAttributes(c)
		inner.view.classes = inner.view.classes[:len(inner.view.classes)-1]
		return attrs, markOf(attrs)
	})
}

// written returns those of a class's attributes that the text of the class tells
// of, without a look into the functions that it calls.
func (a *analyzer) written(c *class) map[string]Value {
	name := c.name
	return ask(a, question{ask: askClass, file: c.file.Path, name: name, with: "written"}, func(inner *analyzer) (map[string]Value, uint64) {
		inner.still = true
		c := inner.file.classes[name]
		if c == nil {
			return nil, 0
		}
		attrs := inner.readAttributes(c)
		return attrs, markOf(attrs)
	})
}

// readAttributes reads what a class says about its objects' attributes.
func (a *analyzer) readAttributes(c *class) map[string]Value {
	a.sawClass(c)
	attrs := map[string]Value{}
	if b := a.base(c); b != nil && len(a.view.classes) < maxBases {
		maps.Copy(attrs, a.attributes(b))
	}
	none := map[string]bool{}
	for _, st := range c.statements() {
		if d, ok := st.(*python.Assign); ok && isNoneConst(d.Value) {
			for _, t := range d.Targets {
				none[dotted(t)] = true
			}
		}
		if d, ok := st.(*python.AnnAssign); ok {
			if n, isName := d.Target.(*python.Name); isName {
				a.attribute(attrs, n.ID, a.annotated(d.Annotation))
			}
		}
	}
	for _, m := range c.methods {
		self := m.selfName()
		if self == "" {
			continue
		}
		for _, st := range m.def.Body {
			python.Inspect(st, func(n python.Node) bool {
				switch n := n.(type) {
				case *python.Assign:
					for _, t := range n.Targets {
						a.assigned(attrs, none, m, self, t, n.Value)
					}
				case *python.AnnAssign:
					if t, ok := n.Target.(*python.Attribute); ok && dotted(t.Value) == self {
						a.attribute(attrs, t.Attr.ID, a.annotated(n.Annotation))
					}
					a.assigned(attrs, none, m, self, n.Target, n.Value)
				}
				return true
			})
		}
	}
	for name := range none {
		switch v := attrs[name]; {
		case v.Kind == ObjectV:
			delete(attrs, name)
		case v.Kind == SessionV && !strings.Contains(v.Text, "?"):
			v.Text += "?"
			attrs[name] = v
		}
	}
	return attrs
}

// statements returns what stands in a class beside its methods.
func (c *class) statements() []python.Stmt {
	var out []python.Stmt
	for _, u := range c.bodies {
		out = append(out, u.Body...)
	}
	return out
}

func (a *analyzer) attribute(attrs map[string]Value, name string, v Value) {
	if v.Kind == SessionV || v.Kind == MakerVal || v.Kind == EngineV || v.Kind == ClientV || v.Kind == ObjectV || v.Kind == ConfigV {
		if _, ok := attrs[name]; !ok {
			attrs[name] = v
		}
	}
}

// annotated returns what an annotation says of an attribute.
func (a *analyzer) annotated(e python.Expr) Value {
	i := newInterp(a, newScope(nil, nil, nil), 1)
	switch kind, optional := i.annotation(e); kind {
	case project.SessionClass, project.AsyncClass:
		return Value{Kind: SessionV, Text: asyncText(kind == project.AsyncClass) + mark(optional)}
	case project.Maker, project.AsyncMaker:
		return Value{Kind: MakerVal, Text: handedMaker(kind, e)}
	}
	return a.objectOf(e)
}

// guessed marks a session whose class is a guess.
func guessed(guess bool) string {
	if guess {
		return "~"
	}
	return ""
}

func mark(optional bool) string {
	if optional {
		return "?"
	}
	return ""
}

// assigned takes what self.x = value tells.
func (a *analyzer) assigned(attrs map[string]Value, none map[string]bool, m *function, self string, target, value python.Expr) {
	t, ok := target.(*python.Attribute)
	if !ok || dotted(t.Value) != self || value == nil {
		return
	}
	if isNoneConst(value) {
		none[t.Attr.ID] = true
		return
	}
	a.attribute(attrs, t.Attr.ID, a.static(m, value))
}

// static returns what an expression gives as far as the file's top level and
// the parameters of a function tell.
func (a *analyzer) static(m *function, e python.Expr) Value {
	a = a.at(m.file)
	switch e := e.(type) {
	case *python.BoolOp:
		if v := a.static(m, e.L); v.Kind != Unknown {
			return v
		}
		return a.static(m, e.R)
	case *python.IfExp:
		if v := a.static(m, e.Then); v.Kind != Unknown {
			return v
		}
		return a.static(m, e.Else)
	case *python.Await:
		return a.static(m, e.X)
	case *python.Name:
		for _, p := range m.def.Params {
			if p.Name.ID == e.ID {
				return a.parameter(m, p)
			}
		}
	}
	return a.outside(m, e)
}

// parameter returns what a parameter holds, as its annotation tells, or its
// default: what is handed in instead makes the same, only elsewhere.
func (a *analyzer) parameter(m *function, p *python.Param) Value {
	if v := a.annotated(p.Annotation); v.Kind != Unknown || p.Default == nil {
		return v
	}
	switch v := a.outside(m, p.Default); v.Kind {
	case MakerVal, EngineV, ObjectV:
		return v
	}
	return Value{}
}

// outside returns what an expression in a function gives that uses none of its
// variables.
func (a *analyzer) outside(m *function, e python.Expr) Value {
	var imports []python.Stmt // the function's own
	for _, st := range m.def.Body {
		switch st.(type) {
		case *python.Import, *python.ImportFrom:
			imports = append(imports, st)
		}
	}
	i := newInterp(a, newScope(nil, imports, nil), 1)
	s := &State{vars: make([]Value, i.scope.size)}
	for _, st := range imports {
		i.simple(st, s)
	}
	i.shallow = true
	for _, r := range i.eval(e, s) {
		switch o := r.state.session(r.value); r.value.Kind {
		case SessionV:
			return Value{Kind: SessionV, Text: asyncText(o.Async) + guessed(!o.Typed)}
		case ProxyV:
			return Value{Kind: SessionV, Text: "proxy " + r.value.Text}
		case MakerVal, EngineV, ClientV, ObjectV, ConfigV:
			return r.value
		case NewV:
			if c := i.analyzer.classNamed(r.value.Class); c != nil {
				return Value{Kind: ObjectV, Text: c.id()}
			}
		}
	}
	return Value{}
}

// ambientPaths gives slots to the sessions that a function finds around it: the
// attributes of self, and the proxies of the module.
func (i *interp) ambientPaths() {
	f := i.scope.function
	if f == nil {
		return
	}
	self := i.function.selfName()
	attrs := map[string]Value{}
	if self != "" {
		attrs = i.analyzer.attributes(i.function.class)
	}
	for _, st := range f.Body {
		python.Inspect(st, func(n python.Node) bool {
			e, ok := n.(python.Expr)
			if !ok {
				return true
			}
			path := dotted(e)
			root, attr, _ := strings.Cut(path, ".")
			switch {
			case path == "":
			case root == self && self != "" && i.analyzer.method(i.function.class, attr) != nil:
				for _, name := range slices.Sorted(maps.Keys(attrs)) { // the method may work with it
					if v := attrs[name]; v.Kind == SessionV {
						i.ambient(self+"."+name, e, "self "+v.Text)
					}
				}
			case root == self && self != "" && attrs[attr].Kind == SessionV:
				i.ambient(path, e, "self "+attrs[attr].Text)
			case i.isProxy(path, root):
				i.ambient(path, e, "proxy "+i.registry(path, root))
			case i.isShared(path, root):
				i.ambient(path, e, "shared~")
			}
			return true
		})
	}
}

// An around is a session that a function finds around it.
type around struct {
	path string
	at   Site
	text string // "async", "?" if it may be None, "proxy"
	id   string // of a registry: what it has in all files, under whatever name
}

func (i *interp) ambient(path string, e python.Expr, text string) {
	if slices.ContainsFunc(i.arounds, func(a around) bool { return a.path == path }) {
		return
	}
	i.scope.slot(path)
	i.arounds = append(i.arounds, around{path: path, at: e.Pos(), text: text, id: i.registryID(path)})
}

// awaits lets a session whose class is a guess be asynchronous where its
// coroutines are awaited.
func (i *interp) awaits(o *Session) {
	if (!o.Typed || !o.Owned && !o.Async) && i.scope.awaits[o.Name] && !(o.Proxy && o.Typed) {
		o.Async, o.Typed = true, false
	}
}

// surroundings adds to the states in which a function begins the sessions that
// it finds around it.
func (i *interp) surroundings(states []*State) []*State {
	for _, a := range i.arounds {
		var next []*State
		slot := i.scope.slots[a.path]
		for _, s := range states {
			if s.vars[slot] != (Value{}) { // handed in by a caller
				next = append(next, s)
				continue
			}
			if strings.Contains(a.text, "?") && i.scope.tests[a.path] > 0 {
				n := s.clone()
				n.vars[slot] = Value{Kind: None}
				next = append(next, n)
			}
			i.sessions = true
			proxy := strings.Contains(a.text, "proxy")
			s.sessions = append(s.sessions, Session{
				Name: a.path, Made: a.at, Async: strings.Contains(a.text, "async"), Typed: (!proxy || strings.Contains(a.text, "typed")) && !strings.Contains(a.text, "~"), Proxy: proxy,
				Tx: Maybe, Held: Maybe, Autoflush: Yes, Expires: Maybe, Shared: strings.HasPrefix(a.text, "shared") || strings.HasPrefix(a.text, "self"),
			})
			i.awaits(&s.sessions[len(s.sessions)-1])
			s.vars[slot] = Value{Kind: SessionV, Obj: ObjectID(len(s.sessions) - 1)}
			next = append(next, s)
		}
		states = next
	}
	return states
}

// free returns the names that a function inside of another reads from there.
func (a *analyzer) free(f *function) []string {
	if !f.local {
		return nil
	}
	if f.freeNames != nil {
		return f.freeNames
	}
	s := newScope(f.def, f.def.Body, nil)
	names := map[string]bool{}
	for _, st := range f.def.Body {
		python.Inspect(st, func(n python.Node) bool {
			if n, ok := n.(*python.Name); ok && !s.bound[n.ID] {
				names[n.ID] = true
			}
			return true
		})
	}
	out := []string{}
	for n := range names {
		out = append(out, n)
	}
	slices.Sort(out)
	f.freeNames = out
	return out
}
