package session

import (
	"regexp"
	"slices"
	"strings"

	"sessionlint/analysis/flow"
	"sessionlint/analysis/python"
)

// dispatch sends an exception to the handlers of a try that can catch it, and
// on to the next try if it may be none of them.
func (i *interp) dispatch(b *flow.Block, s *State, reach func(*flow.Block, *State)) {
	for _, e := range b.Succs {
		if e.Kind != flow.Caught {
			reach(e.To, s)
			return
		}
		h := e.To.Nodes[0].(*flow.Catch).Handler
		name := ""
		if h.Type != nil {
			name = i.className(h.Type)
		}
		if name != "" && slices.Contains(strings.Fields(s.passed), name) {
			continue
		}
		switch i.catches(h.Type, s.thrown) {
		case Yes:
			reach(e.To, s)
			return
		case Maybe:
			reach(e.To, s.clone())
			if name != "" {
				s.passed += " " + name
			}
		}
	}
}

// throw begins an exception of a class, by its full path: see catches.
func (s *State) throw(class string, at Site) {
	s.thrown, s.thrownAt, s.failing, s.passed = class, at, true, ""
}

// caught begins a handler: what it gives up, and what it would have to undo.
func (i *interp) caught(h *python.Handler, s *State) {
	passing := s.thrown
	i.caughtAt(head(h), i.handlesDatabase(h.Type), s)
	if passing != "" && passing != "?" {
		s.passing, s.passesIn = passing, h.Pos()
	}
}

// caughtAt is caught for any place that catches; database tells whether it is
// meant for what a database answers.
func (i *interp) caughtAt(at Site, database bool, s *State) {
	if s.thrownIn {
		s.handler = at
	}
	s.broke = s.broke || s.thrown == dbError || s.thrown == readError || database && (s.thrown == "" || s.thrown == "?")
	s.caught = s.caught || s.thrown == "" || s.thrown == "?" || s.thrown == dbError || s.thrown == readError
	again := s.thrown == dbError || s.thrown == readError
	s.thrown, s.thrownAt, s.failing, s.passed = "", Site{}, false, ""
	for n := range s.sessions {
		o := &s.sessions[n]
		failed := database && o.FailedAt != (Site{}) && (o.CaughtAt == (Site{}) || again)
		if failed {
			o.CaughtAt = at
			i.spell(o, 'k')
		} else if n := len(o.word); database && n > 0 && strings.IndexByte("FGH", o.word[n-1]) >= 0 {
			i.spell(o, 'k') // if it is a flush that failed
		} else {
			i.spell(o, 'q')
		}
		if o.Block == Yes && !o.Undone && at.Start > o.BlockAt.Start && (failed || o.Writes == Yes) {
			o.Handled, o.HandledF = at, o.HandledF || failed
		}
		o.Excused, o.Undone = o.Writes != No || o.Reopened.Writes, false
	}
}

// catches tells whether a handler of some type catches an exception. thrown is
// the path of its class, or "" or "?" if it may be any.
func (i *interp) catches(handler python.Expr, thrown string) Tri {
	if handler == nil {
		return Yes
	}
	if t, ok := handler.(*python.Tuple); ok {
		best := No
		for _, e := range t.Elts {
			best = max(best, i.catches(e, thrown))
		}
		return best
	}
	name := i.className(handler)
	switch name {
	case "Exception", "BaseException":
		// A KeyboardInterrupt passes an except Exception; that is not what
		// anyone writes handlers for.
		return Yes
	case "":
		return Maybe
	}
	if thrown == "" || thrown == "?" {
		return Maybe
	}
	if thrown == readError && strings.HasSuffix(name, "IntegrityError") {
		return No
	}
	if thrown == dbError || thrown == readError {
		return catchesDatabase(name)
	}
	if lastPart(name) == lastPart(thrown) {
		return Yes
	}
	if strings.HasPrefix(name, "sqlalchemy.") && !forDatabase.MatchString(thrown) {
		return No // what the project raises itself is none of SQLAlchemy's
	}
	if unrelated(lastPart(name), lastPart(thrown)) {
		return No
	}
	return Maybe
}

// catchesDatabase tells whether a handler of a class catches what a database answers.
func catchesDatabase(class string) Tri {
	switch lastPart(class) {
	case "Exception", "BaseException", "SQLAlchemyError", "DBAPIError", "StatementError":
		return Yes
	}
	switch lastPart(class) {
	case "NoResultFound", "MultipleResultsFound", "ObjectDeletedError", "TimeoutError", "OSError", "ConnectionError", "CancelledError":
		return Maybe
	}
	if !forDatabase.MatchString(class) {
		return No // what the project raises itself does not come out of a database
	}
	switch root, _, _ := strings.Cut(class, "."); root { // what a driver raises arrives wrapped
	case "psycopg2", "psycopg", "asyncpg", "sqlite3", "pymysql", "MySQLdb", "cx_Oracle", "oracledb", "aiosqlite":
		return No
	}
	return Maybe
}

// forDatabase is what the classes are called that stand for answers of a database.
var forDatabase = regexp.MustCompile(`(^|\.)(Exception|BaseException|\w*(Integrity|Operational|SQLAlchemy|DBAPI|Database|Data|Programming|Statement|Interface|Internal|Flush|StaleData|PendingRollback|InvalidRequest|NotSupported|DB|Db)Error|DBDuplicateEntry|DBDeadlock|Error)$`)

// className returns the full path of a class where it is imported, else its name.
func (i *interp) className(e python.Expr) string {
	if path := i.analyzer.path(e); path != "" && !i.scope.bound[path] {
		return path
	}
	return dotted(e)
}

// handlesDatabase reports whether a handler is meant for what a database answers.
func (i *interp) handlesDatabase(handler python.Expr) bool {
	if t, ok := handler.(*python.Tuple); ok {
		return slices.ContainsFunc(t.Elts, i.handlesDatabase)
	}
	if handler == nil {
		return true
	}
	path := i.className(handler)
	return path != "" && catchesDatabase(path) != No && forDatabase.MatchString(path)
}

// collectRaises notes what the raise statements of a handler pass on.
func (s *scope) collectRaises(h *python.Handler) {
	for _, st := range h.Body {
		python.Inspect(st, func(n python.Node) bool {
			if r, ok := n.(*python.Raise); ok && r.Cause == nil && (r.Exc == nil || h.Name != nil && dotted(r.Exc) == h.Name.ID) {
				s.again[r] = h.Type
			}
			return true
		})
	}
}

// passedOn returns what a handler's raise raises again, "?" if it may be anything.
func (i *interp) passedOn(st *python.Raise, s *State) string {
	if s.passing != "" {
		return s.passing
	}
	name := i.className(i.scope.again[st])
	_, builtin := builtinParents[name]
	switch {
	case name == "Exception" || name == "BaseException" || name == "":
	case forDatabase.MatchString(name) && catchesDatabase(name) != No:
		return dbError
	case builtin:
		return name
	}
	return "?"
}

func lastPart(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }

// builtinParents holds the built-in exceptions that programs raise and catch,
// with the class that each one derives from.
var builtinParents = map[string]string{
	"ArithmeticError": "", "ZeroDivisionError": "ArithmeticError", "OverflowError": "ArithmeticError",
	"AssertionError": "", "AttributeError": "", "EOFError": "", "ImportError": "", "ModuleNotFoundError": "ImportError",
	"LookupError": "", "IndexError": "LookupError", "KeyError": "LookupError", "NameError": "",
	"OSError": "", "ConnectionError": "OSError", "FileNotFoundError": "OSError", "PermissionError": "OSError", "TimeoutError": "OSError",
	"RuntimeError": "", "NotImplementedError": "RuntimeError", "StopIteration": "", "TypeError": "",
	"ValueError": "", "UnicodeError": "ValueError", "SystemExit": "", "KeyboardInterrupt": "",
}

// unrelated reports whether a handler of one built-in class surely does not
// catch an exception of another.
func unrelated(handler, thrown string) bool {
	if _, ok := builtinParents[handler]; !ok {
		return false
	}
	parent, ok := builtinParents[thrown]
	if !ok {
		return false
	}
	for ; parent != ""; parent = builtinParents[parent] {
		if parent == handler {
			return false
		}
	}
	return true
}
