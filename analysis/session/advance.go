package session

import (
	"regexp"
	"strings"

	"sessionlint/analysis/python"
)

// dependency is how projects name the generators that hand out their sessions.
var dependency = regexp.MustCompile(`(?i)^(_*get|yield|provide)_?(async_?)?(db|database|sql|orm)?_?(db|session|connection|database)(_?(async|session|scope|generator|gen|dependency))*$`)

// advances notes a generator that is made only to be advanced once: nothing
// keeps it, so its finally closes the session before the first use. It reports
// whether the argument is such a generator.
func (i *interp) advances(method string, a argument) bool {
	c, ok := a.expr.(*python.Call)
	if !ok {
		return false
	}
	g := i.generators.get(a.value.Text)
	switch {
	case a.value.Kind == GeneratorV && g != nil:
		for _, e := range g.sum.outcomes {
			if len(e.made) > 0 && e.yielded {
				i.event(Event{Kind: Advanced, Site: i.at, Session: Session{Made: c.Span, Owned: true, Async: e.made[0].Async, Guess: e.made[0].Guess}, Method: method, Sure: true})
				return true
			}
		}
	case dependency.MatchString(lastPart(dotted(c.Func))) && i.importedName(c.Func):
		i.event(Event{Kind: Advanced, Site: i.at, Session: Session{Made: c.Span, Owned: true, Guess: true}, Method: method})
		return true
	}
	return false
}

// importedName reports whether a callee is imported from a module that is not a library.
func (i *interp) importedName(e python.Expr) bool {
	path := i.analyzer.path(e)
	if n, ok := e.(*python.Name); ok && i.scope.bound[n.ID] && path == "" {
		return true // imported within the function
	}
	return path != "" && !strings.HasPrefix(path, "sqlalchemy")
}
