package commitinloop

import (
	"fmt"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

var check = rule.Events(session.CommitInLoop, func(e session.Event) (rule.Finding, bool) {
	s := e.Session
	d := rule.Finding{Message: fmt.Sprintf("%s commits in each turn of the loop: the work is kept in part if a turn fails, and every object is read from the database again", s.Called())}
	d.Related = rule.At(append(d.Related, rule.Opened(s)), e.Other, "the loop goes over this")
	if e.Sure {
		d.Severity = rule.Error
		if s.Block == session.Yes {
			d.Message = fmt.Sprintf("%s commits in a loop within its begin block: the next turn raises InvalidRequestError", s.Called())
		} else {
			d.Message = fmt.Sprintf("%s commits in a loop over streamed rows: with a cursor on the server the next turn raises an error", s.Called())
		}
	}
	return d, true
})
