package session

import (
	"maps"
	"slices"
	"strings"

	"sessionlint/analysis/project"
	"sessionlint/analysis/python"
)

// ofModule notes the sessions that the statements of a module or class leave
// behind: one for everybody.
func (i *interp) ofModule(module bool) {
	for _, e := range slices.SortedFunc(maps.Keys(i.ends), func(a, b End) int { return map[bool]int{true: -1, false: 1}[endLess(a, b)] }) {
		o := e.Session
		if e.Why != Returned || !o.Owned || o.Core || o.Name == "" || o.Life != Open || o.Manager != (Site{}) {
			continue
		}
		if !module {
			i.event(Event{Kind: InDefault, Site: o.Made, Session: o, Method: "class attribute", Sure: o.Typed})
			continue
		}
		if user := i.analyzer.usesGlobal(o.Name); user != "" {
			i.event(Event{Kind: SharedGlobal, Site: o.Made, Session: o, Method: user, Sure: o.Typed})
		}
	}
}

// usesGlobal returns the name of a function that uses a variable of the module, or "".
func (a *analyzer) usesGlobal(name string) string {
	return ask(a, question{ask: askUser, file: a.file.Path, name: name}, func(inner *analyzer) (string, uint64) {
		user := inner.userOf(name)
		return user, markOf(user)
	})
}

func (a *analyzer) userOf(name string) string {
	user := ""
	a.sawAll()
	for fn, f := range a.file.functions {
		if f.def == nil {
			continue
		}
		s := newScope(f.def, f.def.Body, nil)
		if s.bound[name] {
			continue
		}
		for _, st := range f.def.Body {
			python.Inspect(st, func(n python.Node) bool {
				if x, ok := n.(*python.Attribute); ok && dotted(x.Value) == name && methods["Session."+x.Attr.ID] != nil && (user == "" || fn < user) {
					user = fn
				}
				return true
			})
		}
	}
	return user
}

// defaults notes the sessions that are made in the defaults of a function's
// parameters: once, when it is defined, and for all its calls.
func (a *analyzer) defaults(f *python.FunctionDef, name string) {
	i := newInterp(a, newScope(nil, nil, nil), 1)
	i.facts = &Facts{Unit: a.unit, Function: f, Name: name}
	for _, p := range f.Params {
		c, ok := p.Default.(*python.Call)
		if !ok {
			continue
		}
		if kind, _ := i.annotation(p.Annotation); (kind == project.SessionClass || kind == project.AsyncClass) && len(c.Args)+len(c.Keywords) == 0 && strings.Contains(strings.ToLower(dotted(c.Func)), "session") {
			i.event(Event{Kind: InDefault, Site: c.Span, Session: Session{Made: c.Span, Owned: true}, Method: "default of `" + p.Name.ID + "`", Sure: true})
			continue
		}
		for _, r := range i.eval(p.Default, &State{}) {
			if o := r.state.session(r.value); r.value.Kind == SessionV && o.Owned {
				i.event(Event{Kind: InDefault, Site: p.Default.Pos(), Session: *o, Method: "default of `" + p.Name.ID + "`", Sure: o.Typed})
			}
		}
	}
	if len(i.events) > 0 {
		i.collect()
		i.facts.Ops, i.facts.Ends, i.facts.Uses = nil, nil, nil
		a.out = append(a.out, i.facts)
	}
}
