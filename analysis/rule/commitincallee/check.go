package commitincallee

import (
	"fmt"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

// check reports the first place where a function ends the transaction of a
// session that it was handed.
func check(f *session.Facts) []rule.Finding {
	seen := map[session.Site]bool{}
	return rule.Events(session.EndedForCaller, func(e session.Event) (rule.Finding, bool) {
		s := e.Session
		if seen[s.Made] {
			return rule.Finding{}, false
		}
		seen[s.Made] = true
		d := rule.Finding{Message: fmt.Sprintf("%s of %s ends the transaction of whoever handed it in", e.Method, s.Called())}
		d.Related = append(d.Related, rule.Opened(s))
		return d, true
	})(f)
}
