package quickfix

import (
	"strings"

	"sessionlint/analysis/python"
)

// An effect is what a statement does as far as the order of statements matters.
type effect struct {
	reads, binds map[string]bool
	acts         bool // it calls something that may do anything, or changes an object
	jumps        bool // it can leave the block: return, raise, break or continue
	yields       bool
	broken       bool // part of it did not parse
}

// quiet are the calls that change nothing which anything depends on: the
// receivers and functions of logging, what makes SQL, and builtins that only look.
var quiet = map[string]bool{
	"logger": true, "log": true, "_logger": true, "LOG": true, "LOGGER": true, "logging": true, "_LOGGER": true,
	"print": true, "len": true, "str": true, "repr": true, "int": true, "float": true, "bool": true, "list": true,
	"dict": true, "set": true, "tuple": true, "sorted": true, "isinstance": true, "range": true, "min": true,
	"max": true, "sum": true, "any": true, "all": true, "round": true, "abs": true, "enumerate": true, "zip": true,
	"getattr": true, "hasattr": true, "vars": true, "type": true, "id": true, "reversed": true,
	"datetime": true, "date": true, "timedelta": true, "uuid": true, "uuid4": true, "json": true, "math": true, "re": true,
	"select": true, "insert": true, "update": true, "delete": true, "text": true, "func": true, "exists": true,
	"or_": true, "and_": true, "desc": true, "asc": true, "literal": true, "case": true, "cast": true, "union": true,
	"sa": true, "sqlalchemy": true,
}

// fragile are those of them that fail on values which real programs have.
var fragile = map[string]bool{"int": true, "float": true, "min": true, "max": true, "json": true, "dict": true, "date": true}

func effectOf(s python.Node) effect {
	e := effect{reads: map[string]bool{}, binds: map[string]bool{}}
	e.node(s)
	return e
}

func (e *effect) node(n python.Node) {
	python.Inspect(n, func(n python.Node) bool {
		switch n := n.(type) {
		case *python.Name:
			e.reads[n.ID] = true
		case *python.Assign:
			for _, t := range n.Targets {
				e.bind(t)
			}
		case *python.AugAssign:
			e.bind(n.Target)
		case *python.AnnAssign:
			e.bind(n.Target)
		case *python.For:
			e.bind(n.Target)
		case *python.With:
			e.acts = true
			for _, i := range n.Items {
				if i.Target != nil {
					e.bind(i.Target)
				}
			}
		case *python.Try:
			for _, h := range n.Handlers {
				if h.Name != nil {
					e.binds[h.Name.ID] = true
				}
			}
		case *python.NamedExpr:
			e.binds[n.Target.ID] = true
		case *python.Import, *python.ImportFrom, *python.Delete, *python.Global, *python.Match:
			e.acts = true
		case *python.FunctionDef:
			e.binds[n.Name.ID] = true
		case *python.ClassDef:
			e.binds[n.Name.ID] = true
		case *python.Call:
			if !isQuiet(n) {
				e.acts = true
				e.changes(n)
			}
		case *python.Await:
			e.acts = true
		case *python.Return, *python.Raise, *python.Break, *python.Continue:
			e.jumps = true
		case *python.Yield:
			e.yields = true
		case *python.BadStmt, *python.BadExpr:
			e.broken = true
		}
		return true
	})
}

// changes notes the variables whose objects a call may change: the one that it
// is a method of, and its arguments.
func (e *effect) changes(c *python.Call) {
	if a, ok := c.Func.(*python.Attribute); ok {
		if n, ok := a.Value.(*python.Name); ok {
			e.binds[n.ID] = true
		}
	}
	for _, a := range c.Args {
		if n, ok := a.(*python.Name); ok {
			e.binds[n.ID] = true
		}
	}
}

func (e *effect) bind(t python.Expr) {
	switch t := t.(type) {
	case *python.Name:
		e.binds[t.ID] = true
	case *python.Tuple:
		for _, x := range t.Elts {
			e.bind(x)
		}
	case *python.List:
		for _, x := range t.Elts {
			e.bind(x)
		}
	case *python.Starred:
		e.bind(t.X)
	default: // an attribute or an item of something
		e.acts = true
	}
}

// isQuiet reports whether a call changes nothing that anything depends on.
func isQuiet(c *python.Call) bool {
	name, constant := rootOf(c)
	return constant || quiet[name] || strings.HasSuffix(name, "_logger")
}

// mayFail reports whether a quiet call can well raise.
func mayFail(c *python.Call) bool {
	name, _ := rootOf(c)
	return fragile[name]
}

// rootOf returns the name that a call begins with: of select(X).where(…) it is
// select. constant reports that it is a method of a literal.
func rootOf(c *python.Call) (name string, constant bool) {
	f := c.Func
	for {
		switch x := f.(type) {
		case *python.Attribute:
			f = x.Value
			continue
		case *python.Call:
			f = x.Func
			continue
		case *python.Name:
			return x.ID, false
		case *python.Constant, *python.JoinedStr:
			return "", true
		}
		return "", false
	}
}

// conflict reports whether two statements must keep their order.
func conflict(a, b effect) bool {
	if a.acts && b.acts || a.jumps || b.jumps || a.broken || b.broken {
		return true
	}
	for n := range a.binds {
		if b.reads[n] || b.binds[n] {
			return true
		}
	}
	for n := range b.binds {
		if a.reads[n] {
			return true
		}
	}
	return false
}
