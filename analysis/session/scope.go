package session

import (
	"maps"
	"slices"
	"strings"

	"sessionlint/analysis/python"
)

// A scope knows the variables of one function. Each has a slot in a state; so
// have the attributes that the function sets or tests, under their dotted path,
// and the context managers of its with statements.
type scope struct {
	function *python.FunctionDef
	slots    map[string]int
	items    map[*python.WithItem]int // what the item entered
	loops    map[*python.For]int      // what the loop goes over gives
	bound    map[string]bool          // names that the function binds
	outer    []map[string]bool        // names that the functions around it bind
	globals  map[string]bool
	texts    map[string]string             // strings that variables are bound to, once
	guards   map[python.Expr]bool          // conditions of ifs that do nothing but decide whether to commit
	awaited  map[string]bool               // methods of variables that are awaited: "session.commit"
	awaits   map[string]bool               // variables and paths whose coroutines are awaited
	again    map[*python.Raise]python.Expr // the class that a handler's raise passes on
	tests    map[string]int                // how many conditions look at a variable or path
	size     int
	hidden   int // how many slots are of no variable
}

func newScope(f *python.FunctionDef, body []python.Stmt, outer []map[string]bool) *scope {
	s := &scope{
		function: f,
		slots:    map[string]int{},
		items:    map[*python.WithItem]int{},
		loops:    map[*python.For]int{},
		bound:    map[string]bool{},
		outer:    outer,
		globals:  map[string]bool{},
		tests:    map[string]int{},
		awaits:   map[string]bool{},
		awaited:  map[string]bool{},
		texts:    map[string]string{},
		guards:   map[python.Expr]bool{},
		again:    map[*python.Raise]python.Expr{},
	}
	if f != nil {
		for _, p := range f.Params {
			s.bind(p.Name)
		}
	}
	for _, st := range body {
		python.Inspect(st, s.collect)
	}
	s.hidden = s.size
	for name := range s.globals {
		delete(s.bound, name)
	}
	for _, name := range slices.Sorted(maps.Keys(s.bound)) {
		s.slot(name)
	}
	for _, st := range body {
		python.Inspect(st, s.collectPaths)
	}
	return s
}

func (s *scope) slot(name string) {
	if _, ok := s.slots[name]; !ok {
		s.slots[name] = s.size
		s.size++
	}
}

func (s *scope) bind(n *python.Name) {
	if n != nil {
		s.bound[n.ID] = true
	}
}

func (s *scope) target(e python.Expr) {
	switch e := e.(type) {
	case *python.Name:
		s.bind(e)
	case *python.Tuple:
		for _, x := range e.Elts {
			s.target(x)
		}
	case *python.List:
		for _, x := range e.Elts {
			s.target(x)
		}
	case *python.Starred:
		s.target(e.X)
	}
}

// collect notes the names that a node binds.
func (s *scope) collect(n python.Node) bool {
	switch n := n.(type) {
	case *python.FunctionDef:
		s.bind(n.Name)
		return false
	case *python.ClassDef:
		s.bind(n.Name)
		return false
	case *python.Lambda:
		return false
	case *python.Assign:
		if name, ok := n.Targets[0].(*python.Name); ok {
			if s.bound[name.ID] {
				delete(s.texts, name.ID)
			} else if text := textOf(n.Value); text != "" {
				s.texts[name.ID] = text
			}
		}
		for _, t := range n.Targets {
			s.target(t)
		}
	case *python.If:
		if decides(n) {
			s.guards[n.Cond] = true
		}
	case *python.AugAssign:
		s.target(n.Target)
	case *python.AnnAssign:
		s.target(n.Target)
	case *python.For:
		s.loops[n] = s.size
		s.size++
		s.target(n.Target)
	case *python.With:
		for _, i := range n.Items {
			s.items[i] = s.size
			s.size++
			if i.Target != nil {
				s.target(i.Target)
			}
		}
	case *python.Try:
		for _, h := range n.Handlers {
			s.bind(h.Name)
			s.collectRaises(h)
		}
	case *python.Match:
		for _, c := range n.Cases {
			for _, b := range c.Binds {
				s.bind(b)
			}
		}
	case *python.Import:
		for _, a := range n.Names {
			name, _, _ := strings.Cut(a.Name, ".")
			if a.As != "" {
				name = a.As
			}
			s.bound[name] = true
		}
	case *python.ImportFrom:
		for _, a := range n.Names {
			if a.As != "" {
				s.bound[a.As] = true
			} else if a.Name != "*" {
				s.bound[a.Name] = true
			}
		}
	case *python.Global:
		for _, name := range n.Names {
			s.globals[name] = true
		}
	case *python.NamedExpr:
		s.bind(n.Target)
	case *python.Await:
		if c, ok := n.X.(*python.Call); ok {
			if a, ok := c.Func.(*python.Attribute); ok && awaitable(a.Attr.ID) {
				s.awaits[dotted(a.Value)] = true
				s.awaited[dotted(a)] = true
			}
		}
	case *python.Comprehension:
		for _, c := range n.Clauses {
			s.target(c.Target)
		}
	}
	return true
}

// decides reports whether an if commits in its body and does not otherwise, on a
// condition about what the function knows: a count, a flag, a parameter. Where
// it does not hold, nothing was to be kept.
func decides(n *python.If) bool {
	if len(n.Else) > 0 || !speaks(n.Cond) || !onlyCalls(n.Body) {
		return false
	}
	commits := false
	for _, st := range n.Body {
		python.Inspect(st, func(n python.Node) bool {
			if c, ok := n.(*python.Call); ok {
				a, ok := c.Func.(*python.Attribute)
				commits = commits || ok && a.Attr.ID == "commit"
			}
			return !commits
		})
	}
	return commits
}

// onlyCalls reports whether statements do no more than call something and leave.
func onlyCalls(body []python.Stmt) bool {
	for _, st := range body {
		switch st := st.(type) {
		case *python.ExprStmt, *python.Return, *python.Pass:
		case *python.Assign:
			_, constant := st.Value.(*python.Constant)
			if _, name := st.Targets[0].(*python.Name); !constant || !name {
				return false
			}
		case *python.If: // what is logged afterwards
			if !onlyCalls(st.Body) || !onlyCalls(st.Else) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// speaks reports whether a condition is about variables, and not only the
// answer of a call.
func speaks(e python.Expr) bool {
	found, batch := false, false
	python.Inspect(e, func(n python.Node) bool {
		switch n := n.(type) {
		case *python.Call:
			if _, ok := n.Func.(*python.Name); ok {
				for _, x := range n.Args {
					found = found || speaks(x)
				}
				return false
			}
		case *python.Name:
			found = true
		case *python.BinOp:
			batch = batch || n.Op == "%" // every so many rows: the last ones are left
		}
		return true
	})
	return found && !batch
}

// awaitsMethod reports whether a method of a variable is awaited in the function.
func (s *scope) awaitsMethod(name, method string) bool { return s.awaited[name+"."+method] }

// awaitable reports whether a method is a coroutine of asynchronous sessions.
func awaitable(name string) bool {
	m := methods["AsyncSession."+name]
	return m != nil && m.Await == "yes"
}

// collectPaths gives slots to the attributes that are set or tested.
func (s *scope) collectPaths(n python.Node) bool {
	switch n := n.(type) {
	case *python.FunctionDef, *python.ClassDef, *python.Lambda:
		return false
	case *python.Assign:
		for _, t := range n.Targets {
			s.path(t)
		}
		switch n.Value.(type) {
		case *python.Compare, *python.UnaryOp: // own = session is None
			s.tested(n.Value)
		}
	case *python.AnnAssign:
		s.path(n.Target)
	case *python.If:
		s.tested(n.Cond)
	case *python.For:
		s.testedAgain(n.Body)
	case *python.While:
		s.tested(n.Cond)
		s.testedAgain(n.Body)
	case *python.IfExp:
		s.tested(n.Cond)
	case *python.Assert:
		s.tested(n.Test)
	case *python.BoolOp: // x = x or Session()
		s.tested(n.L)
	}
	return true
}

// testedAgain counts the conditions of a loop once more: a turn looks at what the
// one before saw.
func (s *scope) testedAgain(body []python.Stmt) {
	for _, st := range body {
		python.Inspect(st, func(n python.Node) bool {
			switch n := n.(type) {
			case *python.FunctionDef, *python.ClassDef, *python.Lambda:
				return false
			case *python.If:
				s.tested(n.Cond)
			}
			return true
		})
	}
}

// tested counts the variables and paths that a condition looks at.
func (s *scope) tested(e python.Expr) {
	switch e := e.(type) {
	case *python.Name:
		s.tests[e.ID]++
	case *python.Attribute:
		s.path(e)
		s.tests[dotted(e)]++
	case *python.NamedExpr:
		s.tests[e.Target.ID]++
	case *python.UnaryOp:
		if e.Op == "not" {
			s.tested(e.X)
		}
	case *python.BoolOp:
		s.tested(e.R) // the left side is a condition of its own
	case *python.Compare:
		if x, _, ok := noneTest(e); ok {
			s.tested(x)
		}
		if _, _, ok := constantTest(e); ok {
			s.tested(e.First)
		}
		if _, ok := numberTest(e); ok {
			s.tested(e.First)
		}
	}
}

// worth returns v if it is worth remembering that a variable holds it. What only
// tells how a condition comes out does not matter where no condition looks.
func (s *scope) worth(path string, v Value) Value {
	switch v.Kind {
	case None, Truthy, Falsy, NotNone:
		if s.tests[path] == 0 {
			return Value{}
		}
	}
	return v
}

func (s *scope) path(e python.Expr) {
	if p := dotted(e); strings.Contains(p, ".") {
		root, _, _ := strings.Cut(p, ".")
		if s.bound[root] && lastPart(p) != "is_active" {
			s.slot(p)
		}
	}
}

// dotted returns the path of a name or of attributes of one, else "".
func dotted(e python.Expr) string {
	switch e := e.(type) {
	case *python.Name:
		return e.ID
	case *python.Attribute:
		if p := dotted(e.Value); p != "" {
			return p + "." + e.Attr.ID
		}
	}
	return ""
}

// shadowed reports whether a function around this one binds the name.
func (s *scope) shadowed(name string) bool {
	for _, o := range s.outer {
		if o[name] {
			return true
		}
	}
	return false
}

// rebound makes the attributes of a variable unknown, and those below a path.
func (s *scope) rebound(st *State, path string) {
	for p, n := range s.slots {
		if len(p) > len(path) && p[len(path)] == '.' && strings.HasPrefix(p, path) {
			st.vars[n] = Value{}
		}
	}
	for n := range st.vars {
		if k := st.vars[n].Key; k == path || strings.HasPrefix(k, path+".") {
			st.vars[n].Key = ""
		}
	}
}
