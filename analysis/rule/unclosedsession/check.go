package unclosedsession

import (
	"fmt"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

func check(f *session.Facts) []rule.Finding { return rule.Unclosed(f, wanted, describe) }

func wanted(s session.Session) bool {
	return !s.Core && !s.ByHand && (s.Name != "" || s.Yielded != (session.Site{}))
}

func describe(f *session.Facts, e session.End) string {
	name := e.Session.Called()
	switch e.Why {
	case session.Replaced:
		return fmt.Sprintf("%s is opened anew while the last one is still open: the connection of that one is out of the pool until the garbage collector comes by", name)
	case session.Threw:
		return fmt.Sprintf("%s stays open if an exception leaves `%s`: its connection is then out of the pool until the garbage collector comes by", name, f.Name)
	}
	if e.Plausible {
		return fmt.Sprintf("%s stays open where an exception is handled: its connection is then out of the pool until the garbage collector comes by", name)
	}
	return fmt.Sprintf("%s is not closed on every way out of `%s`: the connection that it holds is out of the pool until the garbage collector comes by", name, f.Name)
}
