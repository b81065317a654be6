package sharedglobalsession

import (
	"fmt"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

var check = rule.Events(session.SharedGlobal, func(e session.Event) (rule.Finding, bool) {
	s := e.Session
	d := rule.Finding{Message: fmt.Sprintf("%s is one session for the whole process: all threads and requests share its transaction, as in `%s`", s.Called(), e.Method)}
	return d, true
})
