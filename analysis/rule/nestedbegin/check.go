package nestedbegin

import (
	"fmt"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

var check = rule.Events(session.BeginInBlock, func(e session.Event) (rule.Finding, bool) {
	s := e.Session
	d := rule.Finding{Message: fmt.Sprintf("begin() within a begin block of %s raises InvalidRequestError, and the outer block rolls back", s.Called())}
	d.Related = rule.At(append(d.Related, rule.Opened(s)), e.Other, "the outer block begins here")
	return d, e.Sure
})
