package session

import (
	"strings"

	"sessionlint/analysis/project"
)

// isProxy reports whether a path names a registry of sessions: a scoped_session
// of the module, or the db.session of Flask-SQLAlchemy.
func (i *interp) isProxy(path, root string) bool {
	if i.scope.bound[root] || i.scope.shadowed(root) {
		return false
	}
	switch v := i.global(root, 0); {
	case path == root && v.Kind == ProxyV:
		return true
	case path == root+".session" && v.Kind == FlaskV:
		return true
	case path == "db.session" && v.Kind == Imported && !i.module.Uses("django"):
		return i.module.Uses("sqlalchemy", "flask_sqlalchemy", "flask")
	}
	return false
}

// registryID returns what a registry that a path names has in all files, "" if
// the path names none.
func (i *interp) registryID(path string) string {
	root, _, _ := strings.Cut(path, ".")
	switch v := i.global(root, 0); v.Kind {
	case ProxyV, FlaskV:
		return v.Class + path[len(root):]
	case Imported:
		return v.Text + path[len(root):]
	}
	return ""
}

// registries returns the registries that a function finds around it, as it
// names them.
func (a *analyzer) registries(f *function) []around {
	name := f.name
	return ask(a, question{ask: askAround, file: f.file.Path, name: name}, func(inner *analyzer) ([]around, uint64) {
		f := inner.file.functions[name]
		if f == nil || f.def == nil {
			return nil, 0
		}
		inner.sawBody(f)
		i := newInterp(inner, newScope(f.def, f.def.Body, nil), 1)
		i.function = f
		i.ambientPaths()
		var out []around
		for _, r := range i.arounds {
			if r.at = (Site{}); r.id != "" {
				out = append(out, r)
			}
		}
		return out, markOf(out)
	})
}

// registry returns what is known of a registry of sessions: its class, if it is
// a scoped_session of the file.
func (i *interp) registry(path, root string) string {
	if v := i.global(root, 0); path == root && v.Kind == ProxyV {
		return "typed " + v.Text
	}
	return ""
}

// isShared reports whether a path names the session of another module, as far
// as its name tells: ub.session.
func (i *interp) isShared(path, root string) bool {
	if root == "db" || path != root+".session" && path != root+".db_session" || i.scope.bound[root] || i.scope.shadowed(root) || !i.module.CallsDatabase() {
		return false
	}
	v := i.global(root, 0)
	return v.Kind == Imported && project.Known(v.Text) == project.Unresolved
}
