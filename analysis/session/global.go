package session

import (
	"strings"

	"sessionlint/analysis/project"
	"sessionlint/analysis/python"
)

// global returns what a name is bound to at the top of the module.
func (i *interp) global(name string, depth int) Value {
	file := i.analyzer.file
	i.analyzer.sawTop(file)
	b, ok := i.module.Lookup(name)
	switch {
	case !ok:
		return i.analyzer.starred(name)
	case b.Many || depth > 8:
		return Value{}
	case b.Def && b.Class == nil:
		return Value{Kind: FuncV, Text: file.id(name)}
	case b.Def && file.classes[name] != nil:
		if base := i.analyzer.sessionBase(file.classes[name]); base != "" {
			if i.analyzer.commitsItself(file.classes[name]) {
				return Value{Kind: MakerVal, Text: asyncText(project.Known(base) == project.AsyncClass) + " autocommit"}
			}
			return Value{Kind: Imported, Text: base}
		}
		return Value{Kind: ClassV, Text: file.id(name)}
	case b.Def:
		return Value{Kind: NotNone}
	case b.Import != "":
		return i.analyzer.imported(b.Import)
	case isCall(b.Value) && !i.outright:
		return i.analyzer.globalOf(file, name)
	default:
		v := i.factory(name, b.Value, depth)
		if v.Class == "" && (v.Kind == ProxyV || v.Kind == FlaskV) {
			v.Class = file.id(name)
		}
		return v
	}
}

// factory returns what an assignment at the top of the module gives: a session
// factory, another name for something, or nothing that is known.
func (i *interp) factory(name string, e python.Expr, depth int) Value {
	switch e := e.(type) {
	case *python.Name:
		return i.global(e.ID, depth+1)
	case *python.Attribute:
		if p := i.module.Path(e); p != "" {
			return i.analyzer.imported(p)
		}
	case *python.Call:
		path := i.analyzer.path(e.Func)
		switch what, guess := i.module.Meaning(path); what {
		case project.Maker, project.AsyncMaker:
			if !guess {
				return Value{Kind: MakerVal, Text: makerText(what == project.AsyncMaker || i.makesAsync(e), e) + i.onEngine(e) + i.configured(name) + i.ofOwnClass(e)}
			}
		case project.ReadStmt, project.WriteStmt:
			return Value{Kind: StmtV, Text: statement{kind: string(what)}.text()}
		case project.Scoped, project.AsyncScoped:
			return Value{Kind: ProxyV, Text: asyncText(what == project.AsyncScoped)}
		case project.FlaskExtension:
			return Value{Kind: FlaskV}
		case project.Config, project.AsyncConfig, project.Facade:
			return configured(what, path)
		case project.Engine, project.AsyncEngine:
			return Value{Kind: EngineV, Text: asyncText(what == project.AsyncEngine) + autocommit(e)}
		case project.Partial:
			if len(e.Args) > 0 {
				if k, _ := i.module.Meaning(i.analyzer.path(e.Args[0])); k == project.SessionClass || k == project.AsyncClass {
					return Value{Kind: MakerVal, Text: makerText(k == project.AsyncClass, e)}
				}
				return i.factory(name, e.Args[0], depth+1)
			}
		case project.ContextManager:
			if n, ok := first(e.Args).(*python.Name); ok {
				if v := i.global(n.ID, depth+1); v.Kind == FuncV {
					return Value{Kind: FuncV, Text: v.Text + "@"}
				}
			}
		case project.SessionClass, project.AsyncClass:
			return Value{}
		case project.Foreign, project.Slow:
			return i.client(e, path)
		}
		if top, _, _ := strings.Cut(path, "."); path != "" && project.Known(top) == project.Slow {
			return i.client(e, path)
		}
		if v := i.calledOnce(e, depth); v.Kind != Unknown {
			return v
		}
		// SessionMaker = get_sessionmaker(): the names say what it is.
		callee := strings.ToLower(dotted(e.Func))
		if project.LooksLikeFactory(name) && strings.Contains(callee, "session") && !strings.Contains(callee, "scoped") {
			return Value{Kind: MakerVal, Text: asyncText(strings.Contains(strings.ToLower(name+callee), "async")) + "?"}
		}
	}
	return Value{}
}

// configured returns an object of a library through which sessions are made.
func configured(what project.Meaning, path string) Value {
	switch what {
	case project.Config:
		return Value{Kind: ConfigV, Text: " ?flush ?expire"}
	case project.AsyncConfig:
		return Value{Kind: ConfigV, Text: handedMaker(project.AsyncMaker, nil)}
	}
	return Value{Kind: Imported, Text: path[:strings.LastIndexByte(path, '.')]}
}

// calledOnce returns what a call at the top of the module gives: SessionMaker =
// get_sessionmaker(), db = Database(url).
func (i *interp) calledOnce(e *python.Call, depth int) Value {
	var f Value
	switch callee := e.Func.(type) {
	case *python.Name:
		f = i.global(callee.ID, depth+1)
	case *python.Attribute:
		if p := i.module.Path(callee); p != "" {
			f = i.analyzer.imported(p)
		} else if n, ok := callee.Value.(*python.Name); ok {
			f = i.member(callee, i.global(n.ID, depth+1), &State{})
		}
	}
	switch f.Kind {
	case FuncV:
		if fn := i.named(f.Text); fn != nil {
			return i.analyzer.givenBy(fn)
		}
	case ClassV:
		return Value{Kind: ObjectV, Text: f.Text}
	}
	return Value{}
}

func isCall(e python.Expr) bool {
	_, ok := e.(*python.Call)
	return ok
}

func asyncText(async bool) string {
	if async {
		return "async"
	}
	return ""
}

// makesAsync reports whether sessionmaker is told to make asynchronous sessions.
func (i *interp) makesAsync(c *python.Call) bool {
	for _, k := range c.Keywords {
		if k.Name == "class_" && project.Known(i.analyzer.path(k.Value)) == project.AsyncClass {
			return true
		}
	}
	return false
}

// ofOwnClass marks a factory whose sessions are of a class of the project's own:
// see commitsItself.
func (i *interp) ofOwnClass(c *python.Call) string {
	for _, k := range c.Keywords {
		if k.Name != "class_" || project.Known(i.analyzer.path(k.Value)) != project.Unresolved {
			continue
		}
		if c := i.analyzer.classOf(k.Value); c == nil || i.analyzer.commitsItself(c) {
			return " autocommit"
		}
	}
	return ""
}

// commitsItself reports whether a class of sessions ends its transactions in its
// own way, in __exit__ or close().
func (a *analyzer) commitsItself(c *class) bool {
	for _, name := range []string{"__exit__", "__aexit__", "close"} {
		if a.method(c, name) != nil {
			return true
		}
	}
	return false
}

// configured marks a factory whose options are set later.
func (i *interp) configured(name string) string {
	if i.module.Configured(name) {
		return " ?expire ?flush"
	}
	return ""
}

// onEngine returns the mark of an engine that commits every statement, if one
// is an argument.
func (i *interp) onEngine(e *python.Call) string {
	es := e.Args
	for _, k := range e.Keywords {
		es = append(es[:len(es):len(es)], k.Value)
	}
	for _, x := range es {
		if n, ok := x.(*python.Name); ok {
			if v := i.global(n.ID, 4); v.Kind == EngineV && strings.Contains(v.Text, "autocommit") {
				return " autocommit"
			}
		}
	}
	return ""
}

// client returns what the class of a library makes whose calls may take long.
func (i *interp) client(e *python.Call, path string) Value {
	top, _, _ := strings.Cut(path, ".")
	if makesClient(e, path) && (project.Known(top) == project.Slow || project.Known(top+".*") == project.Slow) {
		return Value{Kind: ClientV, Text: path}
	}
	return Value{Kind: NotNone}
}

func first(es []python.Expr) python.Expr {
	if len(es) == 0 {
		return nil
	}
	return es[0]
}
