package rule

import "sessionlint/analysis/session"

// Unclosed makes a finding of each session that a function made, and leaves
// open while it holds a connection. It is an error where a way out surely leaks
// it, and a warning where an exception out of a call has to come first or a
// function that cannot be seen was given the session.
func Unclosed(f *session.Facts, wanted func(session.Session) bool, message func(*session.Facts, session.End) string) []Finding {
	if f.Function == nil {
		return nil // a script's session ends with the script
	}
	var out []Finding
	for n := 0; n < len(f.Ends); {
		made := f.Ends[n].Session.Made
		var worst session.End
		grade, reopened := Off, false
		for ; n < len(f.Ends) && f.Ends[n].Session.Made == made; n++ {
			reopened = reopened || f.Ends[n].Session.Resumed && f.Ends[n].Session.Life == session.Open || f.Ends[n].Session.Reopened.Holds
			if e := f.Ends[n]; wanted(e.Session) && leaks(e) > grade {
				worst, grade = e, leaks(e)
			}
		}
		if grade == Off || grade == Warning && reopened { // its use after close is the graver one
			continue
		}
		d := Finding{Span: made, Severity: grade, Message: message(f, worst)}
		d.Related = At(d.Related, worst.Session.HeldAt, "it takes a connection here")
		switch {
		case worst.Why == session.Threw:
			d.Related = At(d.Related, worst.At, "an exception can leave the function here")
		case worst.Why == session.Returned:
			d.Related = At(d.Related, worst.At, "the function returns here, without closing it")
		case worst.Why == session.Raised:
			d.Related = At(d.Related, worst.At, "the function is left here, without closing it")
		}
		out = append(out, d)
	}
	return out
}

// leaks tells how surely a session is left open with a connection.
func leaks(e session.End) Severity {
	s := e.Session
	switch {
	case e.Why > session.Replaced, !s.Owned, s.Escaped, s.Joined, s.Life != session.Open, s.Held == session.No:
		return Off
	case s.Held == session.Maybe && (!s.HandedOut || s.Guess), s.Yielded != (session.Site{}) && s.Resumed:
		return Off
	case e.Plausible || s.HandedOut || s.Guess || s.Held == session.Maybe:
		return Warning
	}
	return Error
}
