package handlederrorinbeginblock

import (
	"fmt"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

var check = rule.Events(session.HandledInBlock, func(e session.Event) (rule.Finding, bool) {
	s := e.Session
	d := rule.Finding{Severity: rule.Info, Message: fmt.Sprintf("the error is handled within the begin block of %s: what was done before it is committed all the same", s.Called())}
	if e.Sure {
		d.Severity = rule.Error
		d.Message = fmt.Sprintf("a failed flush is handled within the begin block of %s: the block then ends without an exception, and all that it did is rolled back", s.Called())
		d.Warns = s.FailedBy == "refresh" // it forgets what is unflushed of its object first, which may be all
	}
	d.Related = rule.At(append(d.Related, rule.Opened(s)), e.Other, "the begin block")
	d.Related = rule.At(d.Related, s.FailedAt, "the flush that can fail")
	return d, true
})
