package contextmanagernotentered

import (
	"fmt"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

var check = rule.Events(session.NotEntered, func(e session.Event) (rule.Finding, bool) {
	s := e.Session
	d := rule.Finding{Message: fmt.Sprintf("%s() makes a context manager that nothing enters: no transaction begins, and no error says so", e.Method)}
	d.Related = rule.At(d.Related, s.Made, "%s", "of this session")
	return d, e.Sure
})
