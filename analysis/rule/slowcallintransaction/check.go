package slowcallintransaction

import (
	"fmt"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

var check = rule.Once(session.SlowCall, func(e session.Event) (rule.Finding, bool) {
	s := e.Session
	what := fmt.Sprintf("`%s` is waited for", e.Method)
	if e.Through != "" {
		what = fmt.Sprintf("%s() waits for `%s`", e.Through, e.Method)
	}
	d := rule.Finding{Message: fmt.Sprintf("%s while %s holds a connection and a transaction", what, s.Called())}
	d.Related = rule.At(append(d.Related, rule.Opened(s)), e.Other, "it takes the connection here")
	return d, e.Sure
})
