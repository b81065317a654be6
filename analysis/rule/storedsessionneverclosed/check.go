package storedsessionneverclosed

import (
	"fmt"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

var check = rule.Events(session.StoredOpen, func(e session.Event) (rule.Finding, bool) {
	d := rule.Finding{Message: fmt.Sprintf("the session that is kept as `%s` is never closed: nothing in this file closes it, and its connection stays out of the pool", e.Method)}
	d.Related = rule.At(d.Related, e.Other, "it is stored here")
	return d, true
})
