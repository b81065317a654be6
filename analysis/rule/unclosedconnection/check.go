package unclosedconnection

import (
	"fmt"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

func check(f *session.Facts) []rule.Finding {
	return append(rule.Unclosed(f, func(s session.Session) bool { return s.Core }, describe), closed(f)...)
}

func describe(f *session.Facts, e session.End) string {
	name := e.Session.Called()
	if e.Session.Name == "" {
		name = "the connection"
	}
	switch {
	case e.Session.Name == "" && !e.Session.HandedOut:
		return "this connection is used and dropped, and nothing is left that could close it: it is out of the pool until the garbage collector comes by"
	case e.Why == session.Threw:
		return fmt.Sprintf("%s stays open if an exception leaves `%s`: it is then out of the pool until the garbage collector comes by", name, f.Name)
	case e.Plausible:
		return fmt.Sprintf("%s stays open where an exception is handled: it is then out of the pool until the garbage collector comes by", name)
	}
	return fmt.Sprintf("%s is not closed on every way out of `%s`: it is out of the pool until the garbage collector comes by", name, f.Name)
}

// closed reports the first use of each connection that raises because it is closed.
var closed = rule.Once(session.UsedClosed, func(e session.Event) (rule.Finding, bool) {
	s := e.Session
	d := rule.Finding{Message: fmt.Sprintf("%s() raises ResourceClosedError: %s was closed before", e.Method, s.Called())}
	d.Related = rule.At(append(d.Related, rule.Opened(s)), e.Other, "it is closed here")
	return d, e.Sure
})
