package uncommittedwrite

import (
	"fmt"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

var check = rule.Events(session.WritesLost, func(e session.Event) (rule.Finding, bool) {
	s := e.Session
	if !s.Owned || s.Escaped || !e.Sure || s.HandedOut || s.Inside {
		return rule.Finding{}, false
	}
	d := rule.Finding{Message: fmt.Sprintf("what %s writes here is never committed: it is rolled back when the session is closed, without an exception", s.Called())}
	if e.Elsewhere {
		d.Message = fmt.Sprintf("what %s writes here is not committed on every way: it is rolled back when the session is closed without a commit", s.Called())
	}
	if s.Guess {
		d.Severity = rule.Warning
	}
	d.Related = rule.At(append(d.Related, rule.Opened(s)), e.Other, "here it ends without a commit")
	return d, true
})
