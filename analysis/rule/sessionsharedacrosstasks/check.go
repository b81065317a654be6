package sessionsharedacrosstasks

import (
	"fmt"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

var check = rule.Events(session.Shared, func(e session.Event) (rule.Finding, bool) {
	s := e.Session
	d := rule.Finding{Message: fmt.Sprintf("%s is handed to code that runs at the same time: a session can be used by one task or thread at a time", s.Called())}
	d.Related = append(d.Related, rule.Opened(s))
	if e.Other != e.Site {
		d.Related = rule.At(d.Related, e.Other, "it is used or handed over here too")
	}
	return d, e.Sure
})
