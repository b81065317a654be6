package beginafterautobegin

import (
	"fmt"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

var check = rule.Events(session.BeginTwice, func(e session.Event) (rule.Finding, bool) {
	s := e.Session
	d := rule.Finding{Message: fmt.Sprintf("begin() raises InvalidRequestError: %s is already in a transaction, which %s began", s.Called(), by(s))}
	d.Related = rule.At(append(d.Related, rule.Opened(s)), e.Other, "the transaction begins here, by itself")
	return d, e.Sure
})

func by(s session.Session) string {
	if s.TxBy == "" || s.TxBy[0] == 'a' && len(s.TxBy) > 8 { // "an attribute set"
		return s.TxBy
	}
	return s.TxBy + "()"
}
