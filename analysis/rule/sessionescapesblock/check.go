package sessionescapesblock

import (
	"fmt"
	"strings"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

var check = rule.Events(session.OutOfBlock, func(e session.Event) (rule.Finding, bool) {
	s := e.Session
	d := rule.Finding{Message: fmt.Sprintf("a %s leaves the with block of %s: the block closes it, and whoever uses it opens it again", after(e.Method), s.Called())}
	d.Related = append(d.Related, rule.Opened(s))
	if s.Life == session.Closed && !s.ClosedWith {
		d.Message = fmt.Sprintf("a query that has not run is returned after %s was closed: whoever runs it opens it again", s.Called())
		d.Related = rule.At(d.Related, e.Other, "it is closed here")
		return d, e.Sure
	}
	d.Related = rule.At(d.Related, e.Other, "it is closed at the end of this with block")
	return d, e.Sure
})

// after turns "returned query" into what the sentence says.
func after(method string) string {
	if method == "handed session" {
		return "session that a task or thread has"
	}
	if how, what, ok := strings.Cut(method, " "); ok && what == "query" {
		return how + " query that has not run"
	}
	return method
}
