package resultafterclose

import (
	"fmt"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

var check = rule.Once(session.DeadResult, func(e session.Event) (rule.Finding, bool) {
	s := e.Session
	d := rule.Finding{Message: fmt.Sprintf("%s reads a result after %s was closed: its objects can no longer be loaded, and it raises InvalidRequestError", e.Method, s.Called())}
	if !e.Sure {
		d.Severity = rule.Warning
		d.Message = fmt.Sprintf("%s reads a result after %s was closed: whether its rows can still be fetched depends on the driver", e.Method, s.Called())
	}
	d.Related = rule.At(append(d.Related, rule.Opened(s)), e.Other, "it is closed here")
	return d, true
})
