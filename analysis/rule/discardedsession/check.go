package discardedsession

import (
	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

func check(f *session.Facts) []rule.Finding {
	return rule.Unclosed(f, func(s session.Session) bool {
		return !s.Core && (s.Name == "" || s.ByHand) && s.Yielded == (session.Site{})
	}, describe)
}

func describe(_ *session.Facts, e session.End) string {
	if e.Session.HandedOut {
		return "nothing is left that could close this session but what it is passed to: its connection may stay out of the pool"
	}
	return "this session is used and dropped, and nothing is left that could close it: its connection is out of the pool until the garbage collector comes by"
}
