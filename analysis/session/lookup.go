package session

import (
	"slices"
	"strconv"
	"strings"

	"sessionlint/analysis/project"
	"sessionlint/analysis/python"
)

// function returns a function of any file by its id, nil if there is none.
func (a *analyzer) functionAt(id string) *function {
	path, name := cutID(id)
	x := a.view.file(path)
	if x == nil {
		return nil
	}
	a.sawHead(x, name)
	return x.functions[name]
}

// classAt returns a class of any file by its id, nil if there is none.
func (a *analyzer) classAt(id string) *class {
	path, name := cutID(id)
	x := a.view.file(path)
	if x == nil {
		return nil
	}
	a.sawTop(x)
	return x.classes[name]
}

// classNamed returns the class that a name stands for in the file, or one of
// another file that it is imported from.
func (a *analyzer) classNamed(name string) *class {
	if name == "" {
		return nil
	}
	if c := a.file.classes[name]; c != nil {
		a.sawTop(a.file)
		return c
	}
	return a.classOf(nameOf(name))
}

// nameOf returns a dotted path as an expression.
func nameOf(path string) python.Expr {
	var e python.Expr
	for part := range strings.SplitSeq(path, ".") {
		n := &python.Name{ID: part}
		if e == nil {
			e = n
		} else {
			e = &python.Attribute{Value: e, Attr: n}
		}
	}
	return e
}

// classOf returns the class that an expression at the top of the file stands
// for, nil if it is none of the workspace.
func (a *analyzer) classOf(e python.Expr) *class {
	if n, ok := e.(*python.Name); ok {
		if c := a.file.classes[n.ID]; c != nil {
			a.sawTop(a.file)
			return c
		}
	}
	if path := a.module.Path(e); path != "" {
		a.sawTop(a.file)
		if v := a.imported(path); v.Kind == ClassV {
			return a.classAt(v.Text)
		}
	}
	return nil
}

// method returns a method of a class or of one of its bases.
func (a *analyzer) method(c *class, name string) *function {
	for range 8 {
		if c == nil {
			return nil
		}
		a.sawHead(c.file, c.name+"."+name)
		if f := c.file.functions[c.name+"."+name]; f != nil {
			return f
		}
		c = a.base(c)
	}
	return nil
}

// base returns the first base of a class that the workspace has.
func (a *analyzer) base(c *class) *class {
	x := a
	if c.file != a.file {
		x = a.at(c.file)
	}
	for _, b := range c.def.Bases {
		if s, ok := b.(*python.Subscript); ok { // Repository[User]
			b = s.Value
		}
		if d := x.classOf(b); d != nil && d != c {
			return d
		}
	}
	return nil
}

// at returns the analyzer as if it worked for another file.
func (a *analyzer) at(f *File) *analyzer {
	x := *a
	x.file, x.module = f, f.module
	return &x
}

// sessionBase returns the path of the session class that a class derives from, or "".
func (a *analyzer) sessionBase(c *class) string {
	for range 8 {
		if c == nil {
			return ""
		}
		x := a.at(c.file)
		for _, b := range c.def.Bases {
			switch p := x.path(b); project.Known(p) {
			case project.SessionClass, project.AsyncClass:
				return p
			}
		}
		c = a.base(c)
	}
	return ""
}

// path returns the full path of import of a name or dotted name as the library
// that it comes from has it, or "" if it is not imported. What the workspace
// imports from there and passes on is followed.
func (a *analyzer) path(e python.Expr) string {
	p := a.module.Path(e)
	if p == "" || project.Known(p) != project.Unresolved {
		return p
	}
	if v := a.imported(p); v.Kind == Imported {
		return v.Text
	}
	return p
}

// imported returns what an imported path stands for: something of another file,
// or what is known of the path itself.
func (a *analyzer) imported(path string) Value {
	if project.Known(path) != project.Unresolved {
		return Value{Kind: Imported, Text: path}
	}
	q := question{ask: askImport, file: a.file.Path, name: path, with: a.stillness()}
	return ask(a, q, func(inner *analyzer) (Value, uint64) {
		v := inner.follow(path)
		return v, markOf(v)
	})
}

func (a *analyzer) follow(path string) Value {
	itself := Value{Kind: Imported, Text: path}
	at, outside := a.trace(path, map[question]bool{})
	if at.file == nil {
		if !strings.HasPrefix(outside, ".") {
			itself.Text = outside
		}
		return itself
	}
	q := question{ask: askGlobal, file: at.file.Path, name: at.name}
	if a.view.imports[q] || len(a.view.imports) >= maxImports { // the modules make their names of each other's
		a.reach.depth = 0
		return itself
	}
	a.view.imports[q] = true
	defer delete(a.view.imports, q)
	v, x := a.globalOf(at.file, at.name), a.at(at.file)
	for _, name := range at.rest {
		if v.Kind == Imported {
			v = x.imported(v.Text + "." + name)
			continue
		}
		v = newInterp(x, newScope(nil, nil, nil), 1).member(&python.Attribute{Value: &python.Name{}, Attr: &python.Name{ID: name}}, v, &State{})
	}
	if v.Kind == Unknown || v.Kind == Imported && strings.HasPrefix(v.Text, ".") {
		return itself
	}
	return v
}

// trace follows an imported path from file to file, to the one that binds the
// name to something of its own, or to the path by which it leaves the workspace.
// seen keeps it from going in circles.
func (a *analyzer) trace(path string, seen map[question]bool) (at place, outside string) {
	q := question{ask: askImport, file: a.file.Path, name: path}
	if seen[q] || len(seen) >= maxImports || project.Known(path) != project.Unresolved {
		return place{}, path
	}
	seen[q] = true
	at, ok := a.locate(path)
	if !ok || at.name == "" {
		return place{}, path
	}
	x := a.at(at.file)
	b, bound := at.file.module.Lookup(at.name)
	switch {
	case bound && b.Import != "":
		return x.trace(strings.Join(append([]string{b.Import}, at.rest...), "."), seen)
	case bound:
		return at, ""
	default:
		for _, star := range at.file.module.Stars() {
			if !x.exports(star, at.name) {
				continue
			}
			if found, _ := x.trace(joined(star, strings.Join(append([]string{at.name}, at.rest...), ".")), seen); found.file != nil {
				return found, ""
			}
		}
	}
	return place{}, path
}

// joined returns the path of a name in a module.
func joined(module, name string) string {
	if strings.HasSuffix(module, ".") {
		return module + name
	}
	return module + "." + name
}

// A place is where a path leads: a name at the top of a file, and its attributes.
type place struct {
	file *File
	name string // "" if the path is the module's
	rest []string
}

// locate finds the module that a path of import leads into.
func (a *analyzer) locate(path string) (place, bool) {
	dots := len(path) - len(strings.TrimLeft(path, "."))
	parts := strings.Split(path[dots:], ".")
	module, n := path[:dots], 0
	var at *File
	if dots == 0 {
		module, n = parts[0], 1
	}
	file, ok := a.moduleFile(module)
	if !ok {
		return place{}, false
	}
	for ; n <= len(parts); n++ {
		at = nil
		if file != "" {
			if at = a.view.file(file); at == nil { // until it can be read
				a.rests[question{ask: askText, file: file}] = 0
			}
		}
		if n == len(parts) || parts[n] == "" {
			break
		}
		next := joined(module, parts[n])
		sub, isModule := a.moduleFile(next)
		if at != nil && at != a.file {
			a.sawTop(at)
			// Where a package has both, from pkg import db means the name, and
			// from pkg.db import x the module.
			b, bound := at.module.Lookup(parts[n])
			if bound && !(isModule && b.Import != "" && (n+1 < len(parts) || strings.HasPrefix(b.Import, "."))) {
				return place{at, parts[n], parts[n+1:]}, true
			}
		}
		if !isModule {
			if at == nil {
				return place{}, false
			}
			a.sawTop(at)
			return place{at, parts[n], parts[n+1:]}, true
		}
		module, file = next, sub
	}
	return place{file: at}, at != nil
}

// moduleFile returns the file of a module as this file names it.
func (a *analyzer) moduleFile(name string) (string, bool) {
	path, ok := a.view.world.Locate(a.file.Path, name)
	a.rests[question{ask: askModule, file: a.file.Path, with: name}] = markOf(path, ok)
	return path, ok
}

// starred returns what a name stands for that an import with a star may bind.
func (a *analyzer) starred(name string) Value {
	for _, module := range a.module.Stars() {
		if !a.exports(module, name) {
			continue
		}
		if v := a.imported(joined(module, name)); v.Kind != Imported || project.Known(v.Text) != project.Unresolved {
			return v
		}
	}
	return Value{}
}

// exports reports whether an import of everything from a module binds a name: one
// that its __all__ lists, or any public one if it has none.
func (a *analyzer) exports(module, name string) bool {
	if path, ok := a.moduleFile(module); ok && path != "" {
		if f := a.view.file(path); f != nil {
			a.sawTop(f)
			if all, ok := f.module.All(); ok {
				return slices.Contains(all, name)
			}
		}
	}
	return !strings.HasPrefix(name, "_")
}

// stillness tells apart the answers for which no function was looked into.
func (a *analyzer) stillness() string {
	if a.still {
		return "written"
	}
	return ""
}

// globalOf returns what a name at the top of a file stands for.
func (a *analyzer) globalOf(f *File, name string) Value {
	q := question{ask: askGlobal, file: f.Path, name: name, with: a.stillness()}
	return ask(a, q, func(inner *analyzer) (Value, uint64) {
		i := newInterp(inner, newScope(nil, nil, nil), 1)
		i.outright = true
		v := i.global(name, 0)
		return v, markOf(v)
	})
}

// named returns a function by the text of a FuncV.
func (i *interp) named(text string) *function {
	if id, ok := idOf(text); ok {
		return i.analyzer.functionAt(id)
	}
	n, _ := strconv.Atoi(strings.TrimPrefix(strings.TrimSuffix(text, "@"), localFunc))
	return i.locals[n]
}

// localFunc begins the text of a FuncV that is a function inside of this one.
const localFunc = "<local>"

// idOf returns the id of the function that the text of a FuncV names; ok is false
// if it stands inside of another one.
func idOf(text string) (id string, ok bool) {
	return strings.TrimSuffix(text, "@"), !strings.HasPrefix(text, localFunc)
}
