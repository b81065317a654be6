package detachedaccess

import (
	"fmt"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

var check = rule.Once(session.DetachedRead, func(e session.Event) (rule.Finding, bool) {
	s := e.Session
	d := rule.Finding{Message: fmt.Sprintf("reading `%s` raises DetachedInstanceError: the object is expired or the attribute was never loaded, and %s was closed", e.Method, s.Called())}
	d.Related = rule.At(append(d.Related, rule.Opened(s)), e.Other, "the session is closed here")
	if e.Elsewhere {
		d.Severity = rule.Warning
		d.Message = fmt.Sprintf("reading `%s` may raise DetachedInstanceError: on some way the object is expired when %s is closed", e.Method, s.Called())
	}
	return d, e.Sure && !s.Guess
})
