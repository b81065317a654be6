package rule

import (
	"fmt"

	"sessionlint/analysis/session"
)

// Opened says where a session comes from: the first place of most witnesses.
func Opened(s session.Session) Related {
	how := "is opened here"
	if !s.Owned {
		how = "is handed in here"
	}
	return Related{Span: s.Made, Message: s.Called() + " " + how}
}

// At adds a place to a witness, if there is one.
func At(related []Related, at session.Site, format string, args ...any) []Related {
	if at == (session.Site{}) {
		return related
	}
	return append(related, Related{Span: at, Message: fmt.Sprintf(format, args...)})
}

// Events makes a finding of each event of a kind for which make gives one. The
// event is its evidence, unless make gives another.
func Events(kind session.EventKind, make func(session.Event) (Finding, bool)) func(*session.Facts) []Finding {
	return func(f *session.Facts) []Finding {
		var out []Finding
		for _, e := range f.Events {
			if e.Kind != kind {
				continue
			}
			if d, ok := make(e); ok {
				if d.Span == (session.Site{}) {
					d.Span = e.Site
				}
				if d.Evidence == nil {
					d.Evidence = e
				}
				d.Warns = d.Warns || e.Session.Guess || e.Caught
				out = append(out, d)
			}
		}
		return out
	}
}

// Once is Events, but makes one finding of all events that go back to one place
// of one session: the first.
func Once(kind session.EventKind, make func(session.Event) (Finding, bool)) func(*session.Facts) []Finding {
	type cause struct{ made, other session.Site }
	return func(f *session.Facts) []Finding {
		seen := map[cause]bool{}
		return Events(kind, func(e session.Event) (Finding, bool) {
			c := cause{e.Session.Made, e.Other}
			if seen[c] {
				return Finding{}, false
			}
			d, ok := make(e)
			seen[c] = ok
			return d, ok
		})(f)
	}
}
