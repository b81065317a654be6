package session

import (
	"cmp"
	"strconv"
	"strings"

	"sessionlint/analysis/project"
	"sessionlint/analysis/python"
)

// slow notes a call that may take long while a session holds a connection.
func (i *interp) slow(e *python.Call, path string, s *State) { i.slowThrough(e, "", path, s) }

// slowThrough is slow of a call of a function of the project, which makes it.
func (i *interp) slowThrough(e *python.Call, function, path string, s *State) {
	for n := range s.sessions {
		o := &s.sessions[n]
		if o.Held == Yes && o.Life == Open && !o.Auto {
			i.event(Event{Kind: SlowCall, Site: e.Span, Session: *o, Method: path, Through: function, Other: o.HeldAt, Sure: true})
		}
	}
}

// isSlow reports whether a library's function may take long, by its full path.
func (i *interp) isSlow(path string) bool {
	if project.Known(path) == project.Slow {
		return true
	}
	top, rest, _ := strings.Cut(path, ".")
	if project.Known(top) != project.Slow && project.Known(top+".*") != project.Slow {
		return false
	}
	name := lastPart(rest)
	return rest != "" && name != "" && name[0] >= 'a' && name[0] <= 'z' && name != "client" && name != "resource" && waits(name)
}

// makesClient reports whether a call of a library makes something to call later.
func makesClient(e *python.Call, path string) bool {
	return madeByName(e.Func) || path == "boto3.client" || path == "boto3.resource" || path == "aioboto3.Session"
}

// connects reports whether making an object of a library waits for its server.
func connects(path string) bool {
	return strings.HasPrefix(path, "smtplib.") || strings.HasPrefix(path, "pika.Blocking")
}

// waits reports whether a method of a client may wait for an answer, by its name.
func waits(path string) bool {
	if strings.Contains(path, ".Request.") || strings.Contains(path, ".utils.") || strings.Contains(path, ".cookies.") || strings.Contains(path, "Key.") {
		return false
	}
	switch name := lastPart(path); name {
	case "close", "aclose", "prepare", "headers", "update", "set", "mount", "json", "read", "raise_for_status", "starttls",
		"ehlo", "quit", "Table", "Bucket", "Object", "with_options", "__init__", "add_header", "copy", "with_raw_response":
		return false
	default:
		return !strings.Contains(name, "exception")
	}
}

// waitsFor returns the slow function of a library that a function of the file
// calls, by its full path, or "".
func (a *analyzer) waitsFor(f *function, depth int) string {
	if f == nil || depth > 2 {
		return ""
	}
	if f.local {
		return a.slowCall(f, depth)
	}
	name := f.name
	path := ask(a, question{ask: askSlow, file: f.file.Path, name: name, with: strconv.Itoa(depth)}, func(inner *analyzer) (string, uint64) {
		f := inner.file.functions[name]
		if f == nil || f.def == nil {
			return "", 0
		}
		inner.sawBody(f)
		path := inner.slowCall(f, depth)
		return path, markOf(path)
	})
	if f.file.Path != a.file.Path && sleeps(path) { // before it tries again, mostly
		return ""
	}
	return path
}

func (a *analyzer) slowCall(f *function, depth int) string {
	i := newInterp(a, newScope(nil, nil, nil), 1)
	i.function = f
	bound := newScope(f.def, f.def.Body, nil).bound
	path, nap := "", "" // nap is what counts only if nothing else does
	for _, st := range f.def.Body {
		python.Inspect(st, func(n python.Node) bool {
			switch n := n.(type) {
			case *python.FunctionDef, *python.Lambda:
				return false
			case *python.Call:
				root, _, _ := strings.Cut(dotted(n.Func), ".")
				if path != "" || root == "" || bound[root] && root != f.selfName() {
					return path == ""
				}
				found := ""
				if p := a.path(n.Func); p != "" && i.isSlow(p) {
					found = p
				} else if name, ok := n.Func.(*python.Name); ok {
					if v := i.global(name.ID, 0); v.Kind == FuncV {
						found = a.waitsFor(i.named(v.Text), depth+1)
					}
				}
				if sleeps(found) {
					nap = found
				} else {
					path = found
				}
			}
			return path == ""
		})
	}
	return cmp.Or(path, nap)
}

func sleeps(path string) bool { return lastPart(path) == "sleep" }
