package session

import (
	"slices"
	"strings"

	"sessionlint/analysis/python"
)

// attrOf returns the attribute that an expression reads, or "".
func attrOf(e python.Expr) string {
	if a, ok := e.(*python.Attribute); ok {
		return a.Attr.ID
	}
	return ""
}

// madeOf returns a new object, and its class if that has relationships that
// the call does not set.
func (i *interp) madeOf(e *python.Call, s *State) Value {
	v := Value{Kind: NewV, Class: dotted(e.Func)}
	for _, k := range e.Keywords {
		if k.Name == "" || i.unloaded(v, k.Name, s) {
			v.Class = ""
		}
	}
	return v
}

// madeByName reports whether a callee is named as a class is.
func madeByName(e python.Expr) bool {
	name := dotted(e)
	if n := strings.LastIndexByte(name, '.'); n >= 0 {
		name = name[n+1:]
	}
	return name != "" && 'A' <= name[0] && name[0] <= 'Z'
}

// exits reports whether a call never returns, but raises.
func (i *interp) exits(e *python.Call, f Value) bool {
	switch path := f.Text; f.Kind {
	case Imported:
		return path == "sys.exit" || path == "os._exit" || path == "flask.abort" || path == "werkzeug.exceptions.abort"
	case Unknown:
		n, ok := e.Func.(*python.Name)
		return ok && (n.ID == "exit" || n.ID == "quit") && !i.scope.bound[n.ID]
	}
	return false
}

// quiet reports whether a call only writes to a log: it neither fails nor does
// anything to what it is given.
func quiet(e *python.Call) bool {
	a, ok := e.Func.(*python.Attribute)
	if !ok {
		return false
	}
	switch a.Attr.ID {
	case "debug", "info", "warning", "warn", "error", "exception", "critical", "log", "success":
		return strings.Contains(strings.ToLower(dotted(a.Value)), "log")
	}
	return false
}

// otherKeywords reports whether a call has keywords that no session factory takes.
func otherKeywords(e *python.Call) bool {
	return slices.ContainsFunc(e.Keywords, func(k *python.Keyword) bool {
		switch k.Name {
		case "", "bind", "binds", "autoflush", "autocommit", "expire_on_commit", "future", "info", "twophase", "query_cls",
			"class_", "autobegin", "enable_baked_queries", "join_transaction_mode", "close_resets_only", "engine", "sync_session_class":
			return false
		}
		return true
	})
}

// otherArguments reports whether the first argument is not what a session is bound to.
func (i *interp) otherArguments(args []argument) bool {
	if len(args) == 0 || args[0].name != "" || args[0].value.Kind == EngineV || args[0].value.Kind == SessionV {
		return false
	}
	name := strings.ToLower(lastPart(dotted(args[0].expr)))
	if c := calleeOf(args[0].expr); c != nil {
		name = strings.ToLower(lastPart(dotted(c)))
	}
	return !strings.HasSuffix(name, "engine") && !strings.HasPrefix(name, "conn") && name != "bind"
}

// makesMaker reports whether a function is named as what gives a session
// factory: get_sessionmaker.
func makesMaker(name string) bool {
	verb, _, ok := strings.Cut(strings.ToLower(strings.TrimLeft(name, "_")), "_")
	return ok && slices.Contains([]string{"get", "create", "make", "build", "init", "setup", "new"}, verb)
}

// closes reports whether the name of a method says that it ends something.
func closes(name string) bool {
	switch lastPart(name) {
	case "close", "aclose", "shutdown", "stop", "dispose", "teardown", "__exit__", "__aexit__", "invalidate", "reset", "finish", "release", "done", "cleanup":
		return true
	}
	return false
}
