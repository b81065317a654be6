package wrongcontextmanager

import (
	"fmt"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

var check = rule.Events(session.WrongManager, func(e session.Event) (rule.Finding, bool) {
	s := e.Session
	d := rule.Finding{Message: fmt.Sprintf("%s needs `%s`: as it stands, it raises TypeError", s.Called(), e.Method)}
	if e.Method == "registry" {
		d.Message = fmt.Sprintf("%s is a registry and no context manager: the with raises TypeError; call it to get a session", s.Called())
	}
	d.Related = append(d.Related, rule.Opened(s))
	return d, e.Sure
})
