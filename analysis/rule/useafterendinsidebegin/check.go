package useafterendinsidebegin

import (
	"fmt"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

var check = rule.Events(session.UsedAfterEnd, func(e session.Event) (rule.Finding, bool) {
	s := e.Session
	if s.EndedBy != "commit" && s.EndedBy != "rollback" {
		return rule.Finding{}, false // close() in a begin block has a rule of its own
	}
	d := rule.Finding{Message: fmt.Sprintf("%s raises InvalidRequestError: %s() ended the transaction of the begin block, and %s cannot be used again in it", use(e.Method), s.EndedBy, s.Called())}
	d.Related = rule.At(append(d.Related, rule.Opened(s)), s.BlockAt, "the begin block")
	d.Related = rule.At(d.Related, e.Other, "its transaction ends here")
	return d, e.Sure
})

func use(method string) string {
	switch method {
	case "iterating its query", "indexing its query", "reading an expired attribute":
		return method
	}
	return method + "()"
}
