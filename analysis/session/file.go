package session

import (
	"fmt"
	"sync"

	"sessionlint/analysis/project"
	"sessionlint/analysis/python"
)

// File is what the functions of one version of a file can know of each other.
// One unit is analyzed at a time.
type File struct {
	module     *project.Module
	functions  map[string]*function
	classes    map[string]*class
	statements []*python.Unit // of the module

	mu        sync.Mutex
	summaries map[string]*summary
	concern   map[*function]concern
	asked     map[*class]bool // classes whose attributes are being worked out
}

// A function is one that others in the file can call by its name.
type function struct {
	name  string // qualified: "Store.save"
	def   *python.FunctionDef
	unit  *python.Unit
	class *class // of a method

	local     bool // stands inside of another function
	freeNames []string
}

// A class is what is known of a class of the file.
type class struct {
	name    string
	def     *python.ClassDef
	bodies  []*python.Unit // what stands in it beside its methods
	methods []*function
	attrs   map[string]Value // what self.x holds, where it matters; see attributes
}

// NewFile reads which functions and classes a file has. m is what its top level binds.
func NewFile(f *python.File, m *project.Module) *File {
	x := &File{
		module:    m,
		functions: map[string]*function{},
		classes:   map[string]*class{},
		summaries: map[string]*summary{},
		concern:   map[*function]concern{},
		asked:     map[*class]bool{},
	}
	for _, p := range f.Units {
		u := p.Unit
		if c := u.Class(); c != nil && u.Path == "" {
			x.classes[c.Name.ID] = &class{name: c.Name.ID, def: c}
		}
		if d := u.Function(); d != nil {
			x.function(d, u)
		}
		if u.Path == "" && u.Kind == python.StatementsUnit {
			x.statements = append(x.statements, u)
		}
		if c := x.classes[u.Path]; c != nil && u.Kind == python.StatementsUnit {
			x.functions[bodyOf(c.name, len(c.bodies))] = &function{unit: u}
			c.bodies = append(c.bodies, u)
		}
	}
	return x
}

// bodyOf names a run of statements of a class, which others can rest on too.
func bodyOf(class string, n int) string { return fmt.Sprintf("%s#%d", class, n) }

func (x *File) function(d *python.FunctionDef, u *python.Unit) {
	f := &function{name: d.Name.ID, def: d, unit: u}
	if u.Path != "" {
		f.name = u.Path + "." + f.name
		if f.class = x.classes[u.Path]; f.class != nil {
			f.class.methods = append(f.class.methods, f)
		}
	}
	x.functions[f.name] = f // of two with one name, the last one counts
}

// method returns a method of a class or of one of its bases in the file.
func (x *File) method(c *class, name string) *function {
	for range 8 {
		if f := x.functions[c.name+"."+name]; f != nil {
			return f
		}
		next := x.base(c)
		if next == nil {
			return nil
		}
		c = next
	}
	return nil
}

// base returns the first base of a class that is in the file.
func (x *File) base(c *class) *class {
	for _, b := range c.def.Bases {
		if n, ok := b.(*python.Name); ok && x.classes[n.ID] != nil && x.classes[n.ID] != c {
			return x.classes[n.ID]
		}
	}
	return nil
}

// decorated reports whether a function has a decorator of one of some meanings.
func (x *File) decorated(d *python.FunctionDef, meanings ...project.Meaning) bool {
	for _, e := range d.Decorators {
		if c, ok := e.(*python.Call); ok {
			e = c.Func
		}
		for _, m := range meanings {
			if project.Known(x.module.Path(e)) == m {
				return true
			}
		}
	}
	return false
}

// isFixture reports whether pytest runs a generator: it always goes on after
// its yield, and throws nothing in.
func (x *File) isFixture(d *python.FunctionDef) bool {
	for _, e := range d.Decorators {
		if c, ok := e.(*python.Call); ok {
			e = c.Func
		}
		if lastPart(dotted(e)) == "fixture" {
			return true
		}
	}
	return false
}

// plain reports whether calling a function by its name runs its body and
// nothing else: its decorators do not change that.
func (x *File) plain(d *python.FunctionDef) bool {
	for _, e := range d.Decorators {
		switch path := dotted(e); lastPart(path) {
		case "staticmethod", "classmethod", "override", "property", "cached_property", "contextmanager", "asynccontextmanager":
		default:
			return false
		}
	}
	return true
}

// selfName returns the name of a method's first parameter, or "".
func (f *function) selfName() string {
	if f == nil || f.class == nil || len(f.def.Params) == 0 || f.isStatic() {
		return ""
	}
	return f.def.Params[0].Name.ID
}

// ofClass reports whether a function is a classmethod.
func (f *function) ofClass() bool {
	if f == nil || f.class == nil {
		return false
	}
	for _, e := range f.def.Decorators {
		if dotted(e) == "classmethod" {
			return true
		}
	}
	return false
}

func (f *function) isStatic() bool {
	for _, e := range f.def.Decorators {
		if dotted(e) == "staticmethod" {
			return true
		}
	}
	return false
}

// Analyze interprets every function of a unit, nested ones too, and the
// statements of a unit that is no function. Names that the unit does not bind
// are looked up in the file. It also returns the functions of the file that
// were looked at on the way, by their names; nil stands for one that is not there.
func (x *File) Analyze(u *python.Unit) ([]*Facts, map[string]*python.Unit) {
	if u.Opaque {
		return nil, nil
	}
	a := analyzer{unit: u, file: x, module: x.module, seen: map[string]*python.Unit{}}
	if f := u.Function(); f != nil {
		a.function(f, u.Path, nil)
		return a.out, a.seen
	}
	a.body(nil, u.Body, u.Path, nil, u.Kind == python.StatementsUnit && u.Path == "")
	return a.out, a.seen
}

// Current returns the unit of a function of this version of the file, or nil.
func (x *File) Current(name string) *python.Unit {
	if f := x.functions[name]; f != nil {
		return f.unit
	}
	return nil
}

// find returns a function of the file, and remembers that it was asked for.
func (a *analyzer) find(name string) *function {
	f := a.file.functions[name]
	a.saw(name, f)
	return f
}

func (a *analyzer) saw(name string, f *function) {
	if f == nil {
		a.seen[name] = nil
	} else {
		a.seen[name] = f.unit
	}
}

// sawClass remembers that all of a class was looked at.
func (a *analyzer) sawClass(c *class) {
	for _, m := range c.methods {
		a.saw(m.name, m)
	}
	for n, u := range c.bodies {
		a.seen[bodyOf(c.name, n)] = u
	}
	a.seen[bodyOf(c.name, len(c.bodies))] = nil
}
