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
	return d, e.Sure && !s.Guess
})
