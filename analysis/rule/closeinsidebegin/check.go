package closeinsidebegin

import (
	"fmt"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

var check = rule.Events(session.CloseInBlock, func(e session.Event) (rule.Finding, bool) {
	s := e.Session
	d := rule.Finding{Message: fmt.Sprintf("%s() within its begin block rolls back all that the block did to %s, without an exception", e.Method, s.Called())}
	d.Related = rule.At(append(d.Related, rule.Opened(s)), e.Other, "the begin block")
	return d, e.Sure
})
