package useafterendinsidebegin

import (
	"fmt"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

func check(f *session.Facts) []rule.Finding {
	closed := map[session.Site]bool{} // a close() that loses work has a rule of its own
	for _, e := range f.Events {
		if e.Kind == session.CloseInBlock {
			closed[e.Site] = true
		}
	}
	return rule.Events(session.UsedAfterEnd, func(e session.Event) (rule.Finding, bool) {
		s := e.Session
		d := rule.Finding{Message: fmt.Sprintf("%s raises InvalidRequestError: %s() ended the transaction of the begin block, and %s cannot be used again in it", use(e.Method), s.EndedBy, s.Called())}
		d.Related = rule.At(append(d.Related, rule.Opened(s)), s.BlockAt, "the begin block")
		d.Related = rule.At(d.Related, e.Other, "its transaction ends here")
		return d, e.Sure && !closed[e.Other]
	})(f)
}

func use(method string) string {
	switch method {
	case "iterating its query", "indexing its query", "an expired attribute", "setting an attribute":
		return method
	}
	return method + "()"
}
