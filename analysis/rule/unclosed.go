package rule

import (
	"slices"

	"sessionlint/analysis/session"
)

// Unclosed makes a finding of each session that a function made, and leaves
// open while it holds a connection. It is an error where a way out surely leaks
// it, and a warning where an exception out of a call has to come first or a
// function that cannot be seen was given the session. Its evidence is the
// [session.End] that it tells of.
func Unclosed(f *session.Facts, wanted func(session.Session) bool, message func(*session.Facts, session.End) string) []Finding {
	if f.Function == nil {
		return nil // a script's session ends with the script
	}
	var out []Finding
	for n := 0; n < len(f.Ends); {
		from, made := n, f.Ends[n].Session.Made
		for n < len(f.Ends) && f.Ends[n].Session.Made == made {
			n++
		}
		worst, grade := worstEnd(f.Ends[from:n], wanted)
		if grade == Off {
			continue
		}
		d := Finding{Span: made, Severity: grade, Message: message(f, worst), Warns: worst.Session.Guess, Evidence: worst}
		d.Related = At(d.Related, worst.Session.HeldAt, "it takes a connection here")
		switch worst.Why {
		case session.Threw:
			d.Related = At(d.Related, worst.At, "an exception can leave the function here")
		case session.Returned:
			d.Related = At(d.Related, worst.At, "the function returns here, without closing it")
		case session.Raised:
			d.Related = At(d.Related, worst.At, "the function is left here, without closing it")
		}
		out = append(out, d)
	}
	return out
}

// worstEnd returns the gravest of the ways in which one session is left open.
func worstEnd(ends []session.End, wanted func(session.Session) bool) (worst session.End, grade Severity) {
	var returns, closed, kept, reopened, dependency bool
	for _, e := range ends {
		s := e.Session
		reopened = reopened || s.Reopened.Holds && e.Why != session.Threw && e.Why != session.Closing
		dependency = dependency || s.Resumed && s.Life == session.Open
		closed = closed || s.Life == session.Closed && (e.Why == session.Returned || e.Why == session.Raised && s.Yielded == (session.Site{}))
		if e.Why == session.Returned {
			returns = true
			kept = kept || s.Escaped && s.Life == session.Open
		}
	}
	for _, e := range ends {
		if closed {
			e.Session.Escaped = e.Session.Escaped && e.Why != session.Threw // who closes it has not handed it over
		}
		g := leaks(e)
		if !wanted(e.Session) || g <= grade {
			continue
		}
		// A use after close, or a generator's yield, is the graver one. What is
		// kept, or left after its last commit, is not the exception's fault.
		if g == Warning && (reopened || dependency || e.Plausible && returns && !closed && (kept || !open(ends))) {
			continue
		}
		// Who was given or lent it may close it: the function has asked whether to do that itself.
		given := g == Warning && e.Session.HandedOut || e.Session.Yielded != (session.Site{})
		if given && e.Why == session.Returned && closedAt(ends, e.At) {
			continue
		}
		worst, grade = e, g
	}
	return worst, grade
}

// closedAt reports whether a session comes closed to a way out, too.
func closedAt(ends []session.End, at session.Site) bool {
	return slices.ContainsFunc(ends, func(e session.End) bool {
		return e.Why == session.Returned && e.At == at && e.Session.Life == session.Closed
	})
}

// open reports whether a session is left open on a normal way too.
func open(ends []session.End) bool {
	for _, e := range ends {
		if e.Why == session.Returned && leaks(e) != Off {
			return true
		}
	}
	return false
}

// leaks tells how surely a session is left open with a connection.
func leaks(e session.End) Severity {
	s := e.Session
	switch {
	case e.Why > session.Replaced, !s.Owned, s.Escaped, s.Joined, s.Scope, s.Life != session.Open, s.Held == session.No:
		return Off
	case s.Held == session.Maybe && (!s.HandedOut || s.Guess), s.Yielded != (session.Site{}) && s.Resumed:
		return Off
	case s.Inside && e.Plausible, s.Name == "" && s.HandedOut && !s.Core:
		return Off
	case e.Plausible || s.HandedOut || s.Held == session.Maybe:
		return Warning
	}
	return Error
}
