package session

import (
	"slices"

	"sessionlint/analysis/project"
	"sessionlint/analysis/python"
)

// objectOf returns an object of the class of the workspace that an annotation names.
func (a *analyzer) objectOf(e python.Expr) Value {
	switch e := e.(type) {
	case *python.Name, *python.Attribute:
		if c := a.classOf(e); c != nil && a.sessionBase(c) == "" {
			return Value{Kind: ObjectV, Text: c.id()}
		}
	case *python.Constant:
		if e.Kind == python.StringConst {
			return a.objectOf(nameOf(e.Text))
		}
	case *python.Subscript: // Annotated[Database, Depends(…)]
		if project.Known(a.path(e.Value)) == project.Unresolved && lastPart(dotted(e.Value)) == "Annotated" {
			if t, ok := e.Index.(*python.Tuple); ok && len(t.Elts) > 0 {
				return a.objectOf(t.Elts[0])
			}
		}
	}
	return Value{}
}

// ofObject returns what an attribute of an object is: what its class says of it,
// or a method.
func (i *interp) ofObject(name, id string) Value {
	c := i.analyzer.classAt(id)
	if c == nil {
		return Value{}
	}
	if w := i.analyzer.attributes(c)[name]; w.Kind == MakerVal || w.Kind == EngineV || w.Kind == ClientV || w.Kind == ObjectV || w.Kind == ConfigV {
		return w
	}
	m := i.analyzer.method(c, name)
	if m == nil {
		return Value{}
	}
	f := Value{Kind: FuncV, Text: m.file.id(m.name), Many: true}
	if slices.ContainsFunc(m.def.Decorators, func(e python.Expr) bool {
		return lastPart(dotted(e)) == "property" || lastPart(dotted(e)) == "cached_property"
	}) {
		return i.analyzer.givenBy(m)
	}
	return f
}

// givenBy returns what a function gives that is called without arguments, if it
// is the same each time: a factory, an engine, an object of a class.
func (a *analyzer) givenBy(f *function) Value {
	if a.still || !f.file.plain(f.def) || f.def.Generator || a.isScope(f) {
		return Value{}
	}
	sum, given := a.summarize(f, defaults(f)), Value{}
	for _, e := range sum.outcomes {
		switch {
		case e.raises:
			continue
		case given == (Value{}):
			given = e.gives
		case given != e.gives:
			return Value{}
		}
	}
	switch given.Kind {
	case MakerVal, EngineV, ProxyV, FlaskV, ObjectV, ConfigV:
		return given
	case FuncV:
		if _, ok := idOf(given.Text); ok {
			return given
		}
	}
	return Value{}
}

// defaults returns what a function is given that is called without arguments.
func defaults(f *function) []input {
	var inputs []input
	for _, p := range f.def.Params {
		if c, ok := p.Default.(*python.Constant); ok {
			switch v := constant(c); v.Kind {
			case None, Truthy, Falsy, NotNone:
				inputs = append(inputs, input{name: p.Name.ID, value: Value{Kind: v.Kind}})
			}
		}
	}
	return inputs
}
