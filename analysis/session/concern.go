package session

import (
	"sessionlint/analysis/project"
	"sessionlint/analysis/python"
)

// concerns reports whether a function that is given no session can matter all
// the same: something in it, or in what it calls, makes a session or has one.
// Most functions do not, and need not be interpreted to know what a call does.
func (a *analyzer) concerns(f *function) bool {
	a.saw(f.name, f)
	a.file.mu.Lock()
	known, ok := a.file.concern[f]
	a.file.concern[f] = known // a recursion adds nothing
	a.file.mu.Unlock()
	if ok {
		for name, u := range known.seen {
			a.seen[name] = u
		}
		return known.yes
	}
	inner := &analyzer{unit: f.unit, file: a.file, module: a.module, seen: map[string]*python.Unit{}, depth: a.depth}
	yes := inner.mentions(f)
	for name, u := range inner.seen {
		a.seen[name] = u
	}
	a.file.mu.Lock()
	a.file.concern[f] = concern{yes: yes, seen: inner.seen}
	a.file.mu.Unlock()
	return yes
}

// A concern is the answer of concerns, and the functions that it rests on.
type concern struct {
	yes  bool
	seen map[string]*python.Unit
}

// mentions reports whether a function names something that makes sessions.
func (a *analyzer) mentions(f *function) bool {
	i := newInterp(a, newScope(nil, nil, nil), 1)
	i.function = f
	attrs := map[string]Value{}
	if f.class != nil {
		attrs = a.attributes(f.class)
	}
	found := false
	for _, st := range f.def.Body {
		python.Inspect(st, func(n python.Node) bool {
			switch n := n.(type) {
			case *python.Name:
				found = found || a.makes(i, i.global(n.ID, 0))
			case *python.Attribute:
				found = found || i.ofEngine(n, n.Attr.ID).Kind != Unknown
				found = found || project.LooksLikeFactory(n.Attr.ID) || attrs[n.Attr.ID].Kind != Unknown
				if v := i.ofSelf(n); v.Kind != Unknown {
					found = found || a.makes(i, v)
				}
			case *python.ImportFrom:
				found = true
			}
			return !found
		})
	}
	return found
}

// makes reports whether a value makes sessions, or calls what does.
func (a *analyzer) makes(i *interp, v Value) bool {
	switch v.Kind {
	case MakerVal, EngineV, ProxyV, FlaskV:
		return true
	case Imported:
		switch what, guess := i.module.Meaning(v.Text); what {
		case project.SessionClass, project.AsyncClass, project.Maker, project.AsyncMaker, project.Scoped, project.AsyncScoped, project.Engine, project.AsyncEngine:
			return true
		default:
			return guess
		}
	case FuncV:
		if f := i.named(v.Text); f != nil {
			return a.concerns(f)
		}
	}
	return false
}
