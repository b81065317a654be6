package uncommittedwrite

import (
	"fmt"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

var check = rule.Events(session.WritesLost, func(e session.Event) (rule.Finding, bool) {
	s := e.Session
	if !s.Owned || s.Escaped || !e.Sure || s.HandedOut || s.Inside {
		return rule.Finding{}, false
	}
	d := rule.Finding{Message: fmt.Sprintf("what %s writes here is never committed: it is rolled back when the session is closed, without an exception", s.Called())}
	if e.Elsewhere {
		d.Message = fmt.Sprintf("what %s writes here is not committed on every way: it is rolled back when the session is closed without a commit", s.Called())
	}
	if s.Maker != "" {
		d.Provided = func(file []*session.Facts) bool { return commitsItself(file, s.Maker) }
	}
	d.Related = rule.At(append(d.Related, rule.Opened(s)), e.Other, "here it ends without a commit")
	return d, true
})

// commitsItself reports whether the functions of a file commit the sessions of a
// factory that cannot be seen. Where most do not, the factory does it for them.
func commitsItself(file []*session.Facts, maker string) bool {
	commits, loses := 0, 0
	for _, f := range file {
		switch use := f.Makers[maker]; {
		case use.Commits:
			commits++
		case use.Loses:
			loses++
		}
	}
	return commits >= loses && commits > 0
}
