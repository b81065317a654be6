package missingawait

import (
	"fmt"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

var check = rule.Events(session.NotAwaited, func(e session.Event) (rule.Finding, bool) {
	s := e.Session
	d := rule.Finding{Message: fmt.Sprintf("%s() of %s is a coroutine that nothing awaits: it never runs", e.Method, s.Called())}
	d.Related = append(d.Related, rule.Opened(s))
	return d, e.Sure
})
