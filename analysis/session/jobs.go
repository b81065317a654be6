package session

import (
	"strings"

	"sessionlint/analysis/python"
)

// isJob reports whether the function runs in a thread, pool, task or worker of
// its own, where nobody else ends the sessions of a registry.
func (i *interp) isJob() bool {
	f := i.function
	if f == nil || i.summing {
		return false
	}
	if f.class != nil && f.def.Name.ID == "run" {
		for _, b := range f.class.def.Bases {
			if lastPart(dotted(b)) == "Thread" {
				return true
			}
		}
	}
	for _, d := range f.def.Decorators {
		if c, ok := d.(*python.Call); ok {
			d = c.Func
		}
		switch lastPart(dotted(d)) {
		case "task", "shared_task", "periodic_task", "job", "actor", "scheduled_job":
			return true
		}
	}
	return i.analyzer.startedHere(f.def.Name.ID)
}

// startedHere reports whether the file hands a function to a thread, a pool or a task.
func (a *analyzer) startedHere(name string) bool {
	return ask(a, question{ask: askJob, file: a.file.Path, name: name}, func(inner *analyzer) (bool, uint64) {
		inner.sawAll()
		yes := false
		for _, g := range inner.file.functions {
			yes = yes || starts(g.unit.Body, name)
		}
		for _, u := range inner.file.statements {
			yes = yes || starts(u.Body, name)
		}
		return yes, markOf(yes)
	})
}

// starts reports whether some code hands a function to a thread, a pool or a task.
func starts(body []python.Stmt, function string) bool {
	found := false
	is := func(e python.Expr) bool {
		if c, ok := e.(*python.Call); ok { // create_task(job())
			e = c.Func
		}
		return e != nil && lastPart(dotted(e)) == function
	}
	for _, st := range body {
		python.Inspect(st, func(n python.Node) bool {
			c, ok := n.(*python.Call)
			if !ok {
				return true
			}
			switch name := lastPart(dotted(c.Func)) + "|" + attrOf(c.Func); {
			case strings.HasPrefix(name, "Thread|"), strings.HasPrefix(name, "Timer|"), strings.HasPrefix(name, "Process|"):
				for _, k := range c.Keywords {
					found = found || k.Name == "target" && is(k.Value)
				}
				found = found || len(c.Args) > 1 && is(c.Args[1])
			default:
				switch attrOf(c.Func) {
				case "submit", "map", "start_new_thread", "create_task", "start_soon", "add_job", "apply_async", "spawn":
					found = found || is(first(c.Args))
				case "gather":
					for _, x := range c.Args {
						if st, ok := x.(*python.Starred); ok {
							x = st.X
						}
						if cp, ok := x.(*python.Comprehension); ok {
							x = cp.Elt
						}
						found = found || is(x)
					}
				case "run_in_executor":
					found = found || len(c.Args) > 1 && is(c.Args[1])
				}
			}
			return !found
		})
	}
	return found
}

// neverRemoved notes the registries that a job used and did not clean up.
func (i *interp) neverRemoved(s *State) {
	for n := range s.sessions {
		if o := &s.sessions[n]; o.Proxy && o.Typed && o.UsedAt != (Site{}) && o.Life == Open && !o.Escaped {
			i.event(Event{Kind: NeverRemoved, Site: o.UsedAt, Session: *o, Sure: true})
		}
	}
}
