package needlessawait

import (
	"fmt"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

var check = rule.Events(session.NeedlessAwait, func(e session.Event) (rule.Finding, bool) {
	s := e.Session
	d := rule.Finding{Message: fmt.Sprintf("%s() of %s is no coroutine: it takes effect, and then the await raises TypeError", e.Method, s.Called())}
	d.Related = append(d.Related, rule.Opened(s))
	return d, e.Sure
})
