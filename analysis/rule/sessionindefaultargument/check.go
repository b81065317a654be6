package sessionindefaultargument

import (
	"fmt"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

var check = rule.Events(session.InDefault, func(e session.Event) (rule.Finding, bool) {
	s := e.Session
	d := rule.Finding{Message: fmt.Sprintf("the session in this %s is made once, when the module is imported, and shared by all: one transaction that nobody ends", e.Method)}
	if s.Guess || !e.Sure {
		d.Severity = rule.Warning
	}
	return d, true
})
