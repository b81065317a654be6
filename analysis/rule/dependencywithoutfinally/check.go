package dependencywithoutfinally

import (
	"fmt"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

// check reports a session that a generator closes after its yield, and does not
// where an exception is thrown in there.
func check(f *session.Facts) []rule.Finding {
	var out []rule.Finding
	closed, seen := map[session.Site]bool{}, map[session.Site]bool{}
	for _, e := range f.Ends {
		if s := e.Session; e.Why == session.Returned && s.Life == session.Closed {
			closed[s.Yielded] = true
		} else if e.Why == session.Returned && s.Life == session.Open && s.Held != session.No { // then it is not for the exception
			seen[s.Yielded] = true
		}
	}
	for _, e := range f.Ends {
		s := e.Session
		if !s.Resumed || !s.Owned || s.Escaped || s.Life != session.Open || s.Held == session.No || s.FailedAt != (session.Site{}) || e.Why != session.Threw && e.Why != session.Raised || !closed[s.Yielded] || seen[s.Yielded] {
			continue
		}
		seen[s.Yielded] = true
		d := rule.Finding{Span: s.Yielded, Message: fmt.Sprintf("%s is not closed if an exception is thrown in at this yield: what stands after it does not run then", s.Called()), Evidence: s}
		d.Related = append(d.Related, rule.Opened(s))
		out = append(out, d)
	}
	return out
}
