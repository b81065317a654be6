package scopedsessionnotremoved

import (
	"fmt"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

func check(f *session.Facts) []rule.Finding {
	seen := map[string]bool{}
	return rule.Events(session.NeverRemoved, func(e session.Event) (rule.Finding, bool) {
		s := e.Session
		if seen[s.Name] {
			return rule.Finding{}, false
		}
		seen[s.Name] = true
		return rule.Finding{Message: fmt.Sprintf("%s keeps a session for each thread or task, and nothing removes the one of this: its connection and what failed in it stay for the next job", s.Called())}, e.Sure
	})(f)
}
