package project

import (
	"strings"

	"sessionlint/analysis/python"
)

// Module is what the top level of one file binds. It is immutable.
type Module struct {
	names      map[string]Binding
	packages   map[string]bool // the packages that are imported from
	configured map[string]bool // see Configured
	stars      []string        // the modules of which everything is imported
	text       Traits
}

// Binding is what one name at the top of a module stands for.
type Binding struct {
	Import string // full path of what is imported; begins with dots for a relative import
	Value  python.Expr
	Def    bool             // a def or class of this file
	Class  *python.ClassDef // of a class of this file
	Many   bool             // bound more than once, to different things
}

// NewModule reads the top level of a file. Statements under if, try and with
// count: projects import and configure there.
func NewModule(f *python.File) *Module {
	m := &Module{names: map[string]Binding{}, packages: map[string]bool{}, configured: map[string]bool{}, text: TraitsOf(f.Text)}
	for _, p := range f.Units {
		switch u := p.Unit; u.Kind {
		case python.ClassUnit:
			if c := u.Class(); c != nil && u.Path == "" {
				m.bind(c.Name.ID, Binding{Def: true, Class: c})
			}
		case python.FunctionUnit:
			if d := u.Function(); d != nil && u.Path == "" {
				m.bind(d.Name.ID, Binding{Def: true})
			}
		case python.StatementsUnit:
			if u.Path == "" {
				m.stmts(u.Body)
			}
		}
	}
	return m
}

func (m *Module) bind(name string, b Binding) {
	old, ok := m.names[name]
	switch {
	case !ok || old == b:
		m.names[name] = b
	case isNone(old.Value): // a placeholder: Session = None, set later
		m.names[name] = b
	case isNone(b.Value):
	case old.Import != "" && isCall(b.Value): // from sqlalchemy.orm import Session; Session = sessionmaker(…)
		m.names[name] = b
	case old.Import != "" && b.Import != "":
		// try: from a import x; except ImportError: from b import x.
		if Known(old.Import) == Unresolved {
			m.names[name] = b
		}
	default:
		m.names[name] = Binding{Many: true}
	}
}

func isCall(e python.Expr) bool {
	_, ok := e.(*python.Call)
	return ok
}

// Traits is what the text of a file tells about the whole of it.
type Traits struct {
	Database bool // it has calls that only sessions and their like have: see [Module.CallsDatabase]
	Old      bool // it is written for SQLAlchemy 1.x: see [Module.Old]
}

// oldSelect reports whether a text has select([…]), which 2.0 refuses.
func oldSelect(text string) bool {
	const call = "select("
	for {
		n := strings.Index(text, call)
		if n < 0 {
			return false
		}
		if text = text[n+len(call):]; strings.HasPrefix(strings.TrimLeft(text, " \t\r\n"), "[") {
			return true
		}
	}
}

// TraitsOf returns what a file's text tells.
func TraitsOf(text string) Traits {
	return Traits{Database: callsDatabase(text), Old: strings.Contains(text, "sqlalchemy") && oldSelect(text)}
}

func callsDatabase(text string) bool {
	n := 0
	for _, call := range []string{".commit(", ".query(", ".rollback(", ".scalars(", ".flush(", ".add_all(", ".scalar_one"} {
		if strings.Contains(text, call) {
			n++
		}
	}
	return n > 1 || strings.Contains(text, ".query(") || strings.Contains(text, "sqlalchemy")
}

// Configured reports whether the options of a factory are set after it is made.
func (m *Module) Configured(name string) bool { return m.configured[name] }

// Traits returns what the file's text tells.
func (m *Module) Traits() Traits { return m.text }

// CallsDatabase reports whether the file's text has calls that only sessions and
// their like have: it tells a Session of a module that cannot be read from one
// of another kind.
func (m *Module) CallsDatabase() bool { return m.text.Database }

// Old reports whether the file is written for SQLAlchemy 1.x, where a connection
// commits by itself what it writes.
func (m *Module) Old() bool { return m.text.Old }

func isNone(e python.Expr) bool {
	c, ok := e.(*python.Constant)
	return ok && c.Kind == python.NoneConst
}

func (m *Module) stmts(body []python.Stmt) {
	for _, s := range body {
		m.stmt(s)
	}
}

func (m *Module) stmt(s python.Stmt) {
	switch s := s.(type) {
	case *python.Import:
		for _, a := range s.Names {
			if a.As != "" {
				m.bind(a.As, Binding{Import: a.Name})
			} else {
				top, _, _ := strings.Cut(a.Name, ".")
				m.bind(top, Binding{Import: top})
			}
			top, _, _ := strings.Cut(a.Name, ".")
			m.packages[top] = true
		}
	case *python.ImportFrom:
		from := strings.Repeat(".", s.Level) + s.Module
		top, _, _ := strings.Cut(s.Module, ".")
		m.packages[top] = m.packages[top] || s.Level == 0
		for _, a := range s.Names {
			name := a.As
			if name == "" {
				name = a.Name
			}
			if name == "*" {
				m.stars = append(m.stars, from)
				continue
			}
			m.bind(name, Binding{Import: joinPath(from, a.Name)})
		}
	case *python.Assign:
		for _, t := range s.Targets {
			m.assign(t, s.Value)
		}
	case *python.AnnAssign:
		if s.Value != nil {
			m.assign(s.Target, s.Value)
		}
	case *python.ExprStmt: // Session.configure(expire_on_commit=False)
		if c, ok := s.Value.(*python.Call); ok {
			if a, ok := c.Func.(*python.Attribute); ok && a.Attr.ID == "configure" {
				if n, ok := a.Value.(*python.Name); ok {
					m.configured[n.ID] = true
				}
			}
		}
	case *python.FunctionDef:
		m.bind(s.Name.ID, Binding{Def: true})
	case *python.ClassDef:
		m.bind(s.Name.ID, Binding{Def: true, Class: s})
	case *python.If:
		m.stmts(s.Body)
		m.stmts(s.Else)
	case *python.Try:
		m.stmts(s.Body)
		for _, h := range s.Handlers {
			m.stmts(h.Body)
		}
		m.stmts(s.Else)
		m.stmts(s.Finally)
	case *python.With:
		m.stmts(s.Body)
	}
}

func (m *Module) assign(target, value python.Expr) {
	if n, ok := target.(*python.Name); ok {
		m.bind(n.ID, Binding{Value: value})
	}
}

func joinPath(module, name string) string {
	if module == "" || strings.HasSuffix(module, ".") {
		return module + name
	}
	return module + "." + name
}

// Lookup returns what a name is bound to at the top of the module.
func (m *Module) Lookup(name string) (Binding, bool) {
	b, ok := m.names[name]
	return b, ok
}

// Path returns the full path of import of a name or dotted name, or "" if it
// is not imported.
func (m *Module) Path(e python.Expr) string {
	switch e := e.(type) {
	case *python.Name:
		return m.names[e.ID].Import
	case *python.Attribute:
		if p := m.Path(e.Value); p != "" {
			return joinPath(p, e.Attr.ID)
		}
	}
	return ""
}

// Meaning returns what an imported path stands for. Of paths that cannot be
// read it guesses by the name; guess reports that it did.
func (m *Module) Meaning(path string) (what Meaning, guess bool) {
	if k := Known(path); k != Unresolved {
		return k, false
	}
	i := strings.LastIndexByte(path, '.')
	if i < 0 {
		return Unresolved, false
	}
	module, name := path[:i], path[i+1:]
	if top, _, _ := strings.Cut(path, "."); top == "sqlalchemy" || top == "sqlmodel" || library[top] == Foreign || library[top] == Slow || !looksImported(module, name, m.text.Database) {
		return Unresolved, false
	}
	if strings.Contains(strings.ToLower(name), "async") {
		return AsyncMaker, true
	}
	return Maker, true
}

// All returns the names that __all__ lists; ok is false if the module has none
// that can be read.
func (m *Module) All() (names []string, ok bool) {
	var elts []python.Expr
	switch v := m.names["__all__"].Value.(type) {
	case *python.List:
		elts = v.Elts
	case *python.Tuple:
		elts = v.Elts
	default:
		return nil, false
	}
	for _, e := range elts {
		c, isConst := e.(*python.Constant)
		if !isConst || c.Kind != python.StringConst {
			return nil, false
		}
		names = append(names, c.Text)
	}
	return names, true
}

// Imports reports whether the module imports something of that path.
func (m *Module) Imports(path string) bool {
	for _, b := range m.names {
		if b.Import == path {
			return true
		}
	}
	return false
}

// Stars returns the modules of which everything is imported.
func (m *Module) Stars() []string { return m.stars }

// Uses reports whether the module imports from one of the given packages.
func (m *Module) Uses(packages ...string) bool {
	for _, p := range packages {
		if m.packages[p] {
			return true
		}
	}
	return false
}
