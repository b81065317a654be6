package session

import (
	"slices"

	"sessionlint/analysis/project"
	"sessionlint/analysis/python"
)

// direct is what a function's own text tells of its concern with sessions.
type direct struct {
	yes   bool
	calls []string // the ids of the functions that it may call
}

// search is a walk along the calls of functions, in which they may call each
// other in circles.
type search struct {
	index     map[question]int // of the functions on the way, in the order of the way
	tentative map[question]int // functions without concern, as long as the one with that index has none
}

// concerns reports whether a function that is given no session can matter all
// the same: something in it, or in what it calls, makes a session or has one.
// Most functions do not, and need not be interpreted to know what a call does.
func (a *analyzer) concerns(f *function) bool {
	yes, _ := a.walk(f.file.id(f.name))
	return yes
}

// walk returns also the index of the outermost function on the way that the
// answer rests on.
func (a *analyzer) walk(id string) (yes bool, low int) {
	none := len(a.view.search.index) + 1
	path, name := cutID(id)
	q := question{ask: askConcern, file: path, name: name}
	if e := a.view.known(q); e != nil {
		a.rests[q] = e.mark
		return e.value.(bool), none
	}
	s := &a.view.search
	if n, ok := s.index[q]; ok {
		return false, n
	}
	if n, ok := s.tentative[q]; ok {
		return false, n
	}
	x := a.view.file(path)
	if x == nil || x.functions[name] == nil || x.functions[name].def == nil {
		a.rests[question{ask: askHead, file: path, name: name}] = 0
		return false, none
	}
	own := len(s.index)
	s.index[q] = own
	inner := a.inner(x)
	d := inner.directly(x.functions[name])
	yes, low = d.yes, none
	for _, callee := range d.calls {
		if yes {
			break
		}
		found, n := inner.walk(callee)
		yes, low = found, min(low, n)
	}
	delete(s.index, q)
	if yes || low >= own {
		for t, n := range s.tentative {
			if n >= own {
				delete(s.tentative, t)
			}
		}
		if a.answered(q, inner, yes, markOf(yes), func(v *View) { v.analyzer(path).walk(id) }) || yes {
			return yes, none
		}
		return yes, low
	}
	s.tentative[q] = low
	a.take(inner)
	return false, low
}

// directly returns what a function's own text tells.
func (a *analyzer) directly(f *function) direct {
	name := f.name
	return ask(a, question{ask: askDirect, file: f.file.Path, name: name}, func(inner *analyzer) (direct, uint64) {
		f := inner.file.functions[name]
		if f == nil || f.def == nil {
			return direct{}, 0
		}
		inner.sawBody(f)
		d := inner.mentions(f)
		return d, markOf(d)
	})
}

// mentions looks for names of what makes sessions in a function.
func (a *analyzer) mentions(f *function) direct {
	around := a.still
	a.still = true
	defer func() { a.still = around }()
	i := newInterp(a, newScope(nil, nil, nil), 1)
	i.function = f
	attrs := map[string]Value{}
	if f.class != nil {
		attrs = a.attributes(f.class)
	}
	var d direct
	bound := newScope(f.def, f.def.Body, nil).bound
	for _, st := range f.def.Body {
		python.Inspect(st, func(n python.Node) bool {
			switch n := n.(type) {
			case *python.Name:
				if !bound[n.ID] {
					v := i.global(n.ID, 0)
					d.value(i, v)
					d.yes = d.yes || i.hintsAt(n, v)
				}
			case *python.Attribute:
				d.yes = d.yes || i.ofEngine(n, n.Attr.ID).Kind != Unknown
				kind := attrs[n.Attr.ID].Kind
				d.yes = d.yes || project.LooksLikeFactory(n.Attr.ID) || kind == SessionV || kind == MakerVal || kind == EngineV
				self := i.ofSelf(n)
				d.value(i, self)
				d.yes = d.yes || self.Kind != Unknown && i.hintsAt(n, self)
				if v := i.holder(n.Value, bound); v.Kind == ObjectV {
					d.value(i, i.ofObject(n.Attr.ID, v.Text))
				}
				if p := a.module.Path(n); p != "" {
					v := a.imported(p)
					d.value(i, v)
					d.yes = d.yes || i.hintsAt(n, v)
				}
			case *python.ImportFrom:
				d.yes = true
			}
			return !d.yes
		})
	}
	if d.yes {
		d.calls = nil
	}
	return d
}

// holder returns what an expression holds as far as annotations, the attributes
// of self and the module tell.
func (i *interp) holder(e python.Expr, bound map[string]bool) Value {
	switch e := e.(type) {
	case *python.Attribute:
		return i.ofSelf(e)
	case *python.Name:
		if !bound[e.ID] {
			return i.global(e.ID, 0)
		}
		for _, p := range i.function.def.Params {
			if p.Name.ID == e.ID {
				return i.analyzer.objectOf(p.Annotation)
			}
		}
	case *python.Call: // Database(url).session()
		if c := i.analyzer.classOf(e.Func); c != nil {
			return Value{Kind: ObjectV, Text: c.id()}
		}
	}
	return Value{}
}

// value adds what a value makes or calls.
func (d *direct) value(i *interp, v Value) {
	switch v.Kind {
	case MakerVal, EngineV, ProxyV, FlaskV, ConfigV:
		d.yes = true
	case Imported:
		switch what, guess := i.module.Meaning(v.Text); what {
		case project.SessionClass, project.AsyncClass, project.Maker, project.AsyncMaker, project.Scoped, project.AsyncScoped, project.Engine, project.AsyncEngine:
			d.yes = true
		default:
			d.yes = d.yes || guess
		}
	case FuncV:
		if id, ok := idOf(v.Text); ok && !slices.Contains(d.calls, id) {
			d.calls = append(d.calls, id)
		}
	}
}
