package implicitioinasync

import (
	"fmt"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

var check = rule.Events(session.ImplicitIO, func(e session.Event) (rule.Finding, bool) {
	s := e.Session
	d := rule.Finding{Message: fmt.Sprintf("reading `%s` has to load it, and raises MissingGreenlet: %s is asynchronous", e.Method, s.Called())}
	d.Related = append(d.Related, rule.Opened(s))
	return d, e.Sure
})
