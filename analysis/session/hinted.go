package session

import (
	"path/filepath"
	"slices"
	"strings"

	"sessionlint/analysis/python"
)

// hints returns what is said of the functions that the file calls. Whoever asks
// rests on the answer, so that files with other hints can share a store of
// answers: each answer is about what one file says, and what it rests on names
// the file.
func (a *analyzer) hints() *Hints {
	if a.told != a.file.Path {
		a.told = a.file.Path
		q := question{ask: askHints, file: a.file.Path}
		a.rests[q] = a.view.mark(q)
	}
	return a.view.hints(a.file.Path)
}

// hinted calls something of which the configuration says what it does; ok is false
// if it says nothing, or nothing that replaces what else is known of the call.
func (i *interp) hinted(e *python.Call, f Value, args []argument, s *State, awaited bool) (rs []result, ok bool) {
	h := i.analyzer.hints()
	if !h.any() {
		return nil, false
	}
	paths := i.pathsOf(e.Func, f)
	switch {
	case names(h.factories, paths):
		return i.fromFactory(e, f, paths, args, s), true
	case names(h.closers, paths):
		return i.closedBy(e, f, args, s, awaited)
	case names(h.owners, paths):
		for _, a := range args {
			if a.value.Kind == SessionV {
				i.escape(a.value, s)
			}
		}
	}
	return nil, false // what a new owner does with it besides, its body tells
}

// hintsAt reports whether the configuration says that something makes sessions.
func (i *interp) hintsAt(e python.Expr, v Value) bool {
	h := i.analyzer.hints()
	return h.any() && names(h.factories, i.pathsOf(e, v))
}

// fromFactory makes the session that a factory gives. Whether it is asynchronous,
// its name tells, or else how it is used.
func (i *interp) fromFactory(e *python.Call, f Value, paths []string, args []argument, s *State) []result {
	i.throws(s)
	async := slices.ContainsFunc(paths, func(p string) bool { return strings.Contains(strings.ToLower(lastPart(p)), "async") })
	if fn := i.functionOf(f); fn != nil {
		async = async || fn.def.Async
	}
	rs := i.makeSession(e, asyncText(async)+"?", SessionV, args, s)
	for _, r := range rs {
		r.state.session(r.value).Guess = false
	}
	return rs
}

// closedBy closes the sessions that a call is given.
func (i *interp) closedBy(e *python.Call, f Value, args []argument, s *State, awaited bool) (rs []result, ok bool) {
	if fn := i.functionOf(f); fn != nil && fn.def.Async && !awaited {
		return nil, false // a coroutine, of which nothing has run
	}
	for _, a := range args {
		if a.value.Kind != SessionV {
			continue
		}
		if m := methods[s.session(a.value).class()+"close"]; m != nil {
			ok = true
			i.op(a.value, e.Span, Op{Kind: OpCall, Method: m.Name}, s)
			i.called(m, No, e.Span, a.value, s)
		}
	}
	return one(s, Value{}), ok
}

// old reports whether a connection may commit by itself what it writes, as it does
// in SQLAlchemy 1.x.
func (i *interp) old() bool {
	if v := i.analyzer.hints().Version(); v != "" {
		return strings.HasPrefix(v, "1.")
	}
	return i.module.Old()
}

// functionOf returns the function of the workspace that a value is, or nil.
func (i *interp) functionOf(f Value) *function {
	if f.Kind != FuncV {
		return nil
	}
	return i.named(f.Text)
}

// pathsOf returns the dotted paths by which something that is called may be meant:
// as the file imports it, and as it is called where it is defined.
func (i *interp) pathsOf(e python.Expr, f Value) []string {
	var out []string
	switch f.Kind {
	case MakerVal, MakerBegin, ProxyV, BoundV, SessionV:
		return nil // known for certain, or by other names
	case FuncV, ClassV:
		if id, ok := idOf(f.Text); ok {
			out = append(out, modulePath(cutID(id)))
		}
	case Imported:
		out = append(out, i.absolute(f.Text))
	}
	path := dotted(e)
	root, _, _ := strings.Cut(path, ".")
	if path == "" || i.scope.bound[root] || i.scope.shadowed(root) {
		return out
	}
	if p := i.module.Path(e); p != "" {
		return append(out, i.absolute(p))
	}
	if _, ok := i.module.Lookup(root); ok {
		out = append(out, modulePath(i.analyzer.file.Path, path))
	}
	return out
}

// absolute returns a path of import without the dots of a relative one.
func (i *interp) absolute(path string) string {
	rest := strings.TrimLeft(path, ".")
	dir := filepath.Dir(i.analyzer.file.Path)
	for range len(path) - len(rest) - 1 {
		dir = filepath.Dir(dir)
	}
	if rest == path {
		return path
	}
	return modulePath(dir, rest)
}
