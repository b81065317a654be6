package manualclose

import (
	"fmt"
	"slices"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

// check reports the sessions of a function that are closed by hand, or left
// after their last commit, where nothing worse is wrong with them.
func check(f *session.Facts) []rule.Finding {
	if f.Function == nil {
		return nil
	}
	worse := rule.Unclosed(f, func(session.Session) bool { return true }, func(*session.Facts, session.End) string { return "" })
	var out []rule.Finding
	seen := map[session.Site]bool{}
	for _, e := range f.Ends {
		s := e.Session
		byHand := s.Life == session.Closed && !s.ClosedWith || s.Life == session.Open && s.Held == session.No && s.Used
		if e.Why != session.Returned || !byHand || !s.Owned || s.Core || s.Escaped || s.Yielded != (session.Site{}) || s.Stack != 0 || s.Manager != (session.Site{}) || seen[s.Made] {
			continue
		}
		if s.Reopened.Holds || slices.ContainsFunc(worse, func(d rule.Finding) bool { return d.Span == s.Made }) {
			continue
		}
		seen[s.Made] = true
		d := rule.Finding{Span: s.Made, Message: fmt.Sprintf("%s is closed by hand: that holds as long as nothing comes in between; a with block closes it in any case", s.Called()), Evidence: s}
		if s.Life == session.Open {
			d.Message = fmt.Sprintf("%s is left open after its last commit: that holds as long as nothing comes in between; a with block closes it in any case", s.Called())
		}
		d.Related = rule.At(d.Related, s.ClosedAt, "it is closed here")
		out = append(out, d)
	}
	return out
}
