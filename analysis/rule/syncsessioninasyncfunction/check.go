package syncsessioninasyncfunction

import (
	"fmt"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

var check = rule.Once(session.BlockingSQL, func(e session.Event) (rule.Finding, bool) {
	s := e.Session
	d := rule.Finding{Message: fmt.Sprintf("%s is synchronous: while its SQL runs, nothing else in the event loop does", s.Called())}
	d.Related = append(d.Related, rule.Opened(s))
	return d, e.Sure
})
