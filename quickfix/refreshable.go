package quickfix

import (
	"slices"
	"strings"

	"sessionlint/analysis/python"
	"sessionlint/analysis/session"
)

// refreshable says why an object may not be refreshed before a statement without
// losing what is not sent yet, or may not be there; none tells that this is all.
func (s *site) refreshable(name string, ev session.Event, where *block) (reason string, none bool) {
	changed := 0 // where the object was changed, added or made last
	added, undone := false, false
	limit := where.stmts[len(where.stmts)-1].Pos().End
	if where.index < len(where.stmts) {
		limit = where.stmt().Pos().Start
	}
	for _, o := range s.facts.Ops {
		text := s.source(o.Site)
		if o.Made != ev.Session.Made || o.Site.Start >= limit {
			continue
		}
		switch {
		case o.Kind == session.OpSet && strings.HasPrefix(text, name+"."),
			o.Kind == session.OpMethod && strings.HasPrefix(text, name+"."),
			o.Kind == session.OpHandOut && mentions(text, name),
			o.Kind == session.OpCall && (o.Method == "add" || o.Method == "add_all" || o.Method == "merge") && mentions(text, name):
			changed = max(changed, o.Site.End)
			added = added || o.Kind == session.OpCall
		case o.Kind == session.OpCall && (o.Method == "delete" || strings.HasPrefix(o.Method, "expunge")):
			return "the object may be gone from the session", false
		case o.Kind == session.OpCall && o.Method == "rollback":
			undone = true
		}
	}
	if undone && added {
		return "the object may be gone from the session", false
	}
	w := &wayBack{site: s, name: name, changed: changed, of: ev.Session, sent: changed == 0}
	for b := where; b != nil; b = b.outer {
		for n := b.index - 1; n >= 0; n-- {
			if reason := w.stmt(b.stmts[n]); reason != "" {
				return reason, false
			}
		}
		if b.outer == nil {
			break
		}
		switch st := b.outer.stmt().(type) {
		case *python.For:
			if is(st.Target, name) && !w.bound {
				w.bound, w.there = true, true
			}
		case *python.While:
			if !w.bound {
				return "the object may be changed in the loop", false
			}
		}
	}
	switch {
	case !w.bound:
		return "the object does not come from this function", false
	case !w.sent:
		return "a refresh would forget what is not sent yet", false
	case !w.there:
		return "there may be no object", true
	}
	return "", false
}

// A wayBack looks at the statements before a read, the last one first.
type wayBack struct {
	*site
	name    string
	changed int // where the object was changed last
	of      session.Session
	sent    bool // a flush, or the end of a transaction, follows that
	there   bool // the variable holds an object, and not None
	bound   bool // the statement that bound the variable was reached
}

func (w *wayBack) stmt(st python.Stmt) (reason string) {
	w.sent = w.sent || w.sends(st)
	if w.bound {
		return ""
	}
	if with, ok := st.(*python.With); ok {
		for n := len(with.Body) - 1; n >= 0; n-- {
			if reason := w.stmt(with.Body[n]); reason != "" || w.bound {
				return reason
			}
		}
	} else if assigns(st, w.name) {
		w.bound = true
		w.there = w.there || w.givesObject(st)
		return ""
	}
	w.there = w.there || derefs(st, w.name)
	if rebinds(st, w.name) {
		return "the variable may hold another object"
	}
	return ""
}

// sends reports whether a statement that follows the last change sends it on each
// way behind it: a flush, a commit or rollback, or the end of a begin block.
func (w *wayBack) sends(st python.Stmt) bool {
	for _, o := range w.opsIn(w.of.Made, st.Pos()) {
		switch o.Method {
		case "commit", "rollback", "flush":
			if o.Kind == session.OpCall && callsOnly(st, o.Site) {
				return o.Site.Start >= w.changed
			}
		}
	}
	switch st := st.(type) {
	case *python.With:
		begins := slices.ContainsFunc(st.Items, func(i *python.WithItem) bool { return w.beginsSession(i.Context, w.of.Name) && isBegin(i.Context) })
		return begins && st.End >= w.changed || slices.ContainsFunc(st.Body, w.sends)
	case *python.Try: // its handlers do not go on
		return !slices.ContainsFunc(st.Handlers, fallsThrough) && slices.ContainsFunc(st.Body, w.sends)
	}
	return false
}

// givesObject reports whether an assignment binds an object for certain: one
// that is made there, or a row that must be there.
func (s *site) givesObject(st python.Stmt) bool {
	v := st.(*python.Assign).Value
	if a, ok := v.(*python.Await); ok {
		v = a.X
	}
	c, ok := v.(*python.Call)
	if !ok {
		return false
	}
	a, ok := c.Func.(*python.Attribute)
	return makes(c) || ok && slices.Contains([]string{"one", "scalar_one", "get_one"}, a.Attr.ID)
}
