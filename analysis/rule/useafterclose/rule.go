// Package useafterclose reports sessions that are used after they were closed.
package useafterclose

import (
	_ "embed"
	"fmt"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

//go:embed example.py
var example string

//go:embed instead.py
var instead string

// Rule is SES101.
var Rule = &rule.Rule{
	Code:     "SES101",
	Name:     "use-after-close",
	Severity: rule.Error,
	Since:    "0.1.0",
	Fixable:  true,
	Covers:   []string{"SES206"},
	Doc: rule.Doc{
		Title:   "a session is used after it was closed",
		What:    "Reports a session that a function made itself and uses after the end of its with block, or after close(), by a method that opens it again, or that asks for an object which it no longer has.",
		Why:     "A closed session does not raise when it is used: it takes another connection from the pool, and nothing is left that would give it back. The connection stays out until the garbage collector happens to run; under load the pool is empty first, and requests fail with \"QueuePool limit reached\". A write after the block is lost as well: nobody commits it.",
		Example: example,
		Instead: instead,
		Limits:  "Sessions that were handed to the function, functions that never return, uses that end in a commit, a rollback or another close, and uses inside of a function that the session is passed to.",
	},
	Check: check,
}

// Evidence is the evidence of a finding of this rule.
type Evidence struct {
	Session  session.Session // its state at the end of the function
	Uses     []session.Use   // every use after ClosedAt, in source order
	ClosedAt session.Site    // the with item, or the call of close()
}

type cause struct{ made, closed session.Site }

func check(f *session.Facts) []rule.Finding {
	var out []rule.Finding
	seen := map[cause]bool{}
	for _, e := range f.Ends {
		s := e.Session
		c := cause{s.Made, s.ClosedAt}
		if s.Reopened == (session.Reopening{}) || !s.Owned || s.Escaped || e.Why == session.Threw || e.Why == session.Closing || seen[c] {
			continue
		}
		if !s.Reopened.Holds && !s.Reopened.Writes {
			continue
		}
		seen[c] = true
		out = append(out, finding(f, s))
	}
	return append(out, lost(f)...)
}

// lost reports what is asked of a closed session about an object that it had.
var lost = rule.Events(session.UsedDetached, func(e session.Event) (rule.Finding, bool) {
	s := e.Session
	d := rule.Finding{Message: fmt.Sprintf("%s() raises InvalidRequestError: %s was closed, and has the object no longer", e.Method, s.Called())}
	d.Related = rule.At(append(d.Related, rule.Opened(s)), e.Other, "it is closed here")
	return d, e.Sure
})

func finding(f *session.Facts, s session.Session) rule.Finding {
	ev := Evidence{Session: s, ClosedAt: s.ClosedAt}
	for _, u := range f.Uses {
		if u.Made == s.Made && u.ClosedAt == s.ClosedAt {
			ev.Uses = append(ev.Uses, u)
		}
	}
	d := rule.Finding{Span: s.Reopened.Site, Message: message(s), Warns: s.Guess, Evidence: ev}
	name := s.Called()
	d.Related = append(d.Related, rule.Related{Span: s.Made, Message: name + " is opened here"})
	if s.ClosedWith {
		d.Related = append(d.Related, rule.Related{Span: s.ClosedAt, Message: "it is closed at the end of this with block"})
	} else {
		d.Related = append(d.Related, rule.Related{Span: s.ClosedAt, Message: "it is closed here"})
	}
	for _, u := range ev.Uses {
		if u.Site != s.Reopened.Site {
			d.Related = append(d.Related, rule.Related{Span: u.Site, Message: "it is used here too, after it was closed"})
		}
	}
	return d
}

func message(s session.Session) string {
	when := "after it was closed"
	if s.ClosedWith {
		when = "after its with block ended"
	}
	what := fmt.Sprintf("%s is used %s", s.Called(), when)
	use := s.Reopened.Method + "()"
	if s.Reopened.Method == "iterating its query" || s.Reopened.Method == "indexing its query" {
		use = s.Reopened.Method
	}
	switch {
	case s.Reopened.Holds && s.Reopened.Writes:
		return fmt.Sprintf("%s: %s re-opens it, takes a connection that nothing gives back to the pool, and what it writes is never committed", what, use)
	case s.Reopened.Holds:
		return fmt.Sprintf("%s: %s re-opens it and takes a connection that nothing gives back to the pool", what, use)
	default:
		return fmt.Sprintf("%s: %s only queues the change, and nothing commits it", what, use)
	}
}
