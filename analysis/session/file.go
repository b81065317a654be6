package session

import (
	"fmt"
	"strings"
	"sync"

	"sessionlint/analysis/project"
	"sessionlint/analysis/python"
)

// File is what the functions of one version of a file can know of each other. It
// is immutable, and safe for concurrent use.
type File struct {
	Path       string
	source     *python.File
	module     *project.Module
	functions  map[string]*function
	classes    map[string]*class
	statements []*python.Unit // of the module
	top        func() uint64
}

// A function is one that others can call by its name.
type function struct {
	name  string // qualified: "Store.save"
	file  *File
	def   *python.FunctionDef
	unit  *python.Unit
	text  string // of the unit
	class *class // of a method

	local     bool // stands inside of another function
	freeNames []string
}

// A class is what is known of a class of a file.
type class struct {
	name    string
	file    *File
	def     *python.ClassDef
	bodies  []*python.Unit // what stands in it beside its methods
	methods []*function
}

// NewFile reads which functions and classes a file has. m is what its top level binds.
func NewFile(path string, f *python.File, m *project.Module) *File {
	x := &File{
		Path:      path,
		source:    f,
		module:    m,
		functions: map[string]*function{},
		classes:   map[string]*class{},
	}
	for _, p := range f.Units {
		u := p.Unit
		if c := u.Class(); c != nil && u.Path == "" {
			x.classes[c.Name.ID] = &class{name: c.Name.ID, file: x, def: c}
		}
		if d := u.Function(); d != nil {
			x.function(d, u, f.Text[p.Start:p.End])
		}
		if u.Path == "" && u.Kind == python.StatementsUnit {
			x.statements = append(x.statements, u)
		}
		if c := x.classes[u.Path]; c != nil && u.Kind == python.StatementsUnit {
			x.functions[bodyOf(c.name, len(c.bodies))] = &function{file: x, unit: u}
			c.bodies = append(c.bodies, u)
		}
	}
	x.top = sync.OnceValue(x.readTop)
	return x
}

// Source returns the version of the file that was read.
func (x *File) Source() *python.File { return x.source }

// bodyOf names a run of statements of a class, which others can rest on too.
func bodyOf(class string, n int) string { return fmt.Sprintf("%s#%d", class, n) }

func (x *File) function(d *python.FunctionDef, u *python.Unit, text string) {
	f := &function{name: d.Name.ID, file: x, def: d, unit: u, text: text}
	if u.Path != "" {
		f.name = u.Path + "." + f.name
		if f.class = x.classes[u.Path]; f.class != nil {
			f.class.methods = append(f.class.methods, f)
		}
	}
	x.functions[f.name] = f // of two with one name, the last one counts
}

// id names a function or class among those of all files.
func (x *File) id(name string) string { return x.Path + ":" + name }

func (c *class) id() string { return c.file.id(c.name) }

func cutID(id string) (path, name string) {
	n := strings.LastIndexByte(id, ':')
	if n < 0 {
		return "", id
	}
	return id[:n], id[n+1:]
}

// decorated reports whether a function has a decorator of one of some meanings.
func (a *analyzer) decorated(d *python.FunctionDef, meanings ...project.Meaning) bool {
	for _, e := range d.Decorators {
		if c, ok := e.(*python.Call); ok {
			e = c.Func
		}
		for _, m := range meanings {
			if project.Known(a.path(e)) == m {
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
