package generatoradvancedbyhand

import (
	"fmt"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

var check = rule.Events(session.Advanced, func(e session.Event) (rule.Finding, bool) {
	s := e.Session
	d := rule.Finding{Message: fmt.Sprintf("%s() advances a generator that nothing keeps: it ends at once and closes its session, which then opens again when it is used and stays open", e.Method)}
	if !e.Sure { // the generator is in another file
		d.Severity = rule.Warning
	}
	d.Related = rule.At(d.Related, s.Made, "the generator is made here")
	return d, true
})
