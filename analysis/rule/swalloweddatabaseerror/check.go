package swalloweddatabaseerror

import (
	"fmt"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

var check = rule.Events(session.UsedAfterFailure, func(e session.Event) (rule.Finding, bool) {
	s := e.Session
	d := rule.Finding{Message: fmt.Sprintf("the handler goes on without a rollback: if %s() failed, %s raises PendingRollbackError when it is used again", s.FailedBy, s.Called())}
	if s.Block == session.Yes {
		d.Message = fmt.Sprintf("the handler goes on in the begin block: if %s() failed, %s raises when it is used again", s.FailedBy, s.Called())
	}
	d.Related = append(d.Related, rule.Opened(s))
	d.Related = rule.At(d.Related, s.FailedAt, "this can fail")
	d.Related = rule.At(d.Related, e.Other, "it is used again here")
	return d, e.Sure
})
