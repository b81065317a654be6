package quickfix

import (
	"context"
	"fmt"
	"slices"

	"sessionlint/analysis"
	"sessionlint/analysis/project"
	"sessionlint/analysis/python"
	"sessionlint/analysis/session"
	"sessionlint/quickfix/edit"
)

// Refactoring is another form of the same code, which nothing says is wrong as it is.
type Refactoring struct {
	Fix
	Reason string // why it cannot be had, "" if it can; then there are no edits
}

// Refactorings returns the refactorings for a place of the file: a session that is
// closed by hand into a with block, and the body of a with block into a function
// that is lent the session. Like a fix, each was tried.
func Refactorings(ctx context.Context, s *analysis.Snapshot, at python.Span) ([]Refactoring, error) {
	place, err := around(ctx, s, at.Start)
	if place == nil || err != nil {
		return nil, err
	}
	where := at.Shift(-place.placed.Start)
	var out []Refactoring
	for _, refactor := range []func(*site, python.Span) *attempt{intoWith, extractBody} {
		a := refactor(place.again(), where)
		if a == nil {
			continue
		}
		r := Refactoring{Fix: Fix{Title: a.title, Safe: len(a.risks) == 0, Risks: a.risks}, Reason: a.reason}
		if r.Reason == "" {
			if r.Reason, err = unharmed(ctx, s, a.proposal); err != nil {
				return nil, err
			}
		}
		if r.Reason == "" {
			r.Edits = a.edits
		}
		out = append(out, r)
	}
	return out, nil
}

// An attempt is a refactoring that was not tried yet.
type attempt struct {
	proposal
	reason string // why there are no edits
}

// around returns the innermost function with sessions around an offset of the
// file, nil if there is none.
func around(ctx context.Context, s *analysis.Snapshot, offset int) (*site, error) {
	for n, p := range s.File.Units {
		if offset < p.Start || offset > p.End {
			continue
		}
		facts, err := s.Facts(ctx, n)
		if err != nil {
			return nil, err
		}
		var best *session.Facts
		for _, f := range facts {
			if f.Function != nil && f.Function.Contains(python.Span{Start: offset - p.Start, End: offset - p.Start}) && (best == nil || best.Function.Contains(f.Function.Span)) {
				best = f
			}
		}
		if best != nil {
			at := &site{snap: s, index: n, placed: p, facts: best, body: best.Function.Body, module: project.NewModule(s.File)}
			return at.again(), nil
		}
	}
	return nil, nil
}

// intoWith opens a session that is closed by hand in a with block.
func intoWith(at *site, where python.Span) *attempt {
	for _, e := range at.facts.Ends {
		s := e.Session
		byHand := e.Why == session.Returned && s.Life == session.Closed && !s.ClosedWith && s.Owned && s.Manager == (session.Site{}) && s.Name != ""
		if !byHand || !at.concerned(s, where) {
			continue
		}
		w := &wrap{site: at, s: s, makes: func(st python.Stmt) *python.Call { return made(st, s) }}
		a := &attempt{proposal: proposal{title: fmt.Sprintf("Open `%s` in a with block", s.Name)}}
		if a.reason = w.choose(); a.reason == "" && w.isDBAPI() {
			a.reason = "a connection of the driver is no context manager"
		}
		if a.reason == "" {
			a.proposal = w.with()
		}
		return a
	}
	return nil
}

// concerned reports whether a place is about a session: it is the statement that
// makes it, or where something is done with it.
func (s *site) concerned(o session.Session, where python.Span) bool {
	line := func(at python.Span) int { return s.snap.File.Lines.Of(s.placed.Abs(at).Start) }
	return line(o.Made) == line(where) || slices.ContainsFunc(s.opsIn(o.Made, s.facts.Function.Span), func(op session.Op) bool {
		return op.Site.Start <= where.Start && where.Start <= op.Site.End
	})
}

// unharmed says what the edits of a proposal would break, "" if nothing.
func unharmed(ctx context.Context, s *analysis.Snapshot, p proposal) (string, error) {
	before, err := s.Findings(ctx)
	if err != nil {
		return "", err
	}
	fixed := s.Check(edit.Apply(s.File.Text, p.edits))
	after, err := fixed.Findings(ctx)
	if err != nil {
		return "", err
	}
	return broken(s, fixed, count(before), after, p.adds), nil
}
