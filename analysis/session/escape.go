package session

import (
	"regexp"

	"sessionlint/analysis/python"
)

// outOfBlock notes that a session, or a query that has not run, leaves the with
// block that closes it.
func (i *interp) outOfBlock(v Value, at Site, how string, s *State) {
	o := s.session(v)
	switch v.Kind {
	case SessionV, QueryV, Begun, CarrierV, CoroutineV:
	case BoundV:
		if m := methods[v.Text]; m == nil || !m.uses() {
			return
		}
	case HolderV:
		if v.Class == "" {
			return
		}
	default:
		return
	}
	if v.Kind == QueryV && o.Owned && o.Life == Closed && (o.ClosedWith || how == "returned") && o.Reopened == (Reopening{}) {
		i.event(Event{Kind: OutOfBlock, Site: at, Session: *o, Method: how + " query", Other: o.ClosedAt, Sure: true})
		return
	}
	if v.Kind == CoroutineV && !o.Typed {
		return
	}
	if o.Manager == (Site{}) || o.Life != Open || !o.Owned || o.Stack > 0 && how == "stored" {
		return
	}
	what := map[ValueKind]string{QueryV: "query", CarrierV: "function", BoundV: "function", CoroutineV: "coroutine"}[v.Kind]
	if what == "" {
		what = "session"
	}
	if how == "stored" { // what is called next may be all that it is for
		o.StoredAt = at
		return
	}
	i.event(Event{Kind: OutOfBlock, Site: at, Session: *o, Method: how + " " + what, Other: o.Manager, Sure: true})
}

// allOutOfBlock is outOfBlock for what stands in a tuple, list or dict.
func (i *interp) allOutOfBlock(e python.Expr, at Site, s *State) {
	var es []python.Expr
	switch e := e.(type) {
	case *python.Tuple:
		es = e.Elts
	case *python.List:
		es = e.Elts
	case *python.Dict:
		es = e.Values
	}
	for _, x := range es {
		if v := i.peek(x, s); v != nil && v.Kind == SessionV {
			i.outOfBlock(*v, at, "returned", s)
		}
	}
}

// stored notes a session that is made in a method and kept on its object, where
// nothing in the file closes it.
func (i *interp) stored(t *python.Attribute, v Value, s *State) {
	o := s.session(v)
	self := i.function.selfName()
	if v.Kind != SessionV || !o.Owned || o.Core || o.Stack != 0 || o.Manager != (Site{}) || self == "" || dotted(t.Value) != self || i.summing {
		return
	}
	if !i.analyzer.releases(i.function.class, t.Attr.ID) {
		i.event(Event{Kind: StoredOpen, Site: o.Made, Session: *o, Method: t.Attr.ID, Other: t.Span, Sure: o.Typed})
	}
}

// handsOver is what methods are called that take something for good.
var handsOver = regexp.MustCompile(`(?i)close|release|give|return|dispose|cleanup|teardown|finish|put|remove`)

// releases reports whether anything in the file closes an attribute of the
// objects of a class, or hands it on: obj.session.close(), with self.session:,
// return self.session.
func (a *analyzer) releases(c *class, attr string) bool {
	name := c.name
	return ask(a, question{ask: askReleased, file: c.file.Path, name: name, with: attr}, func(inner *analyzer) (bool, uint64) {
		c := inner.file.classes[name]
		if c == nil {
			return false, 0
		}
		yes := inner.closesIn(c, attr)
		return yes, markOf(yes)
	})
}

func (a *analyzer) closesIn(c *class, attr string) bool {
	found := false
	a.sawAll()
	for _, f := range a.file.functions {
		related := f.class != nil && a.related(f.class, c)
		self := f.selfName()
		is := func(e python.Expr) bool {
			x, ok := e.(*python.Attribute)
			if !ok || x.Attr.ID != attr {
				return false
			}
			if dotted(x.Value) == self && self != "" {
				return related
			}
			other := a.classOfVariable(f.def, dotted(x.Value))
			return other == nil || a.related(other, c)
		}
		for _, st := range f.unit.Body {
			python.Inspect(st, func(n python.Node) bool {
				switch n := n.(type) {
				case *python.Attribute:
					found = found || is(n.Value) && closes(n.Attr.ID) || is(n.Value) && n.Attr.ID == "remove"
				case *python.With:
					for _, item := range n.Items {
						found = found || is(item.Context)
					}
				case *python.Assign: // session, self.session = self.session, None
					found = found || is(n.Value)
					if t, ok := n.Value.(*python.Tuple); ok {
						for _, x := range t.Elts {
							found = found || is(x)
						}
					}
				case *python.Return:
					found = found || is(n.Value)
				case *python.Yield:
					found = found || is(n.X)
				case *python.Call:
					if handsOver.MatchString(attrOf(n.Func)) {
						for _, x := range n.Args {
							found = found || is(x)
						}
					}
					switch lastPart(dotted(n.Func)) {
					case "closing", "enter_context", "enter_async_context", "callback", "push", "getattr":
						for _, x := range n.Args {
							found = found || is(x)
						}
					}
				}
				return !found
			})
		}
	}
	return found
}

// classOfVariable returns the class of the file whose object a variable of a
// function holds, as its annotation or the call that makes it tells, or nil.
func (a *analyzer) classOfVariable(f *python.FunctionDef, name string) *class {
	if f == nil || name == "" {
		return nil
	}
	for _, p := range f.Params {
		if p.Name.ID == name {
			return a.classNamed(dotted(p.Annotation))
		}
	}
	var found *class
	for _, st := range f.Body {
		python.Inspect(st, func(n python.Node) bool {
			if s, ok := n.(*python.Assign); ok && dotted(s.Targets[0]) == name {
				if callee := calleeOf(s.Value); callee != nil {
					found = a.classNamed(dotted(callee))
				}
			}
			return found == nil
		})
	}
	return found
}

// related reports whether two classes are the same, or one derives from the other.
func (a *analyzer) related(c, d *class) bool {
	for _, pair := range [][2]*class{{c, d}, {d, c}} {
		x := pair[0]
		for range 8 {
			if x == nil {
				break
			}
			if x.id() == pair[1].id() {
				return true
			}
			x = a.base(x)
		}
	}
	return false
}
