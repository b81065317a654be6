// Package multiplecommits reports units of work that are committed in parts.
package multiplecommits

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

// Rule is SES201.
var Rule = &rule.Rule{
	Code:     "SES201",
	Name:     "multiple-commits",
	Severity: rule.Warning,
	Since:    "0.1.0",
	Fixable:  true,
	Doc: rule.Doc{
		Title:   "a unit of work is committed in parts",
		What:    "Reports a session that commits twice or more on one path, where each commit makes changes durable. For a session that was handed to the function it is an info.",
		Why:     "What was committed stays when something fails later: half of the work is in the database, and nothing takes it back. Each commit also expires every loaded object, so that the next read of each one is another SELECT.",
		Example: example,
		Instead: instead,
		Limits:  "Commits in functions that cannot be resolved; commits of different turns of a loop, or one before a loop and one in each turn; parts that each stand in a `with session.begin():` of their own, which says that they are independent.",
	},
	Check: check,
}

// Evidence is the evidence of a finding of this rule.
type Evidence struct {
	Session session.Session // its state on the path that passes the most commits
	Commits []session.Site  // the calls of commit() on paths that pass two or more, in source order
}

func check(f *session.Facts) []rule.Finding {
	var out []rule.Finding
	for n := 0; n < len(f.Ends); {
		made := f.Ends[n].Session.Made
		most := n
		sites := map[session.Site]bool{}
		for ; n < len(f.Ends) && f.Ends[n].Session.Made == made; n++ {
			s := &f.Ends[n].Session
			if s.NCommits < 2 || s.Core || s.Commits[0] == s.Commits[s.NCommits-1] { // all in one call: reported there
				continue
			}
			if s.NCommits > f.Ends[most].Session.NCommits {
				most = n
			}
			for _, c := range s.Commits[:s.NCommits] {
				sites[c] = true
			}
		}
		if s := f.Ends[most].Session; len(sites) >= 2 {
			out = blame(out, finding(s, sites))
		}
	}
	return out
}

// blame adds a finding. A variable that holds the function's own session on one
// path and the caller's on another has one finding: the graver one.
func blame(out []rule.Finding, d rule.Finding) []rule.Finding {
	for n, o := range out {
		if o.Span == d.Span {
			if d.Severity > o.Severity {
				out[n] = d
			}
			return out
		}
	}
	return append(out, d)
}

func finding(s session.Session, sites map[session.Site]bool) rule.Finding {
	ev := Evidence{Session: s, Commits: sorted(sites)}
	first, second := s.Commits[0], s.Commits[1]
	name := s.Called()
	d := rule.Finding{
		Span:     second,
		Severity: rule.Warning,
		Evidence: ev,
		Message:  fmt.Sprintf("%s commits %d times in one unit of work: what was committed stays in the database if something fails before this commit", name, s.NCommits),
	}
	if s.NCommits > 2 {
		d.Message = fmt.Sprintf("%s commits %d times in one unit of work: what was committed stays in the database if something fails before this commit or a later one", name, s.NCommits)
	}
	if !s.Owned {
		d.Severity = rule.Info
	}
	opened := name + " is opened here"
	if !s.Owned {
		opened = name + " is handed in here"
	}
	d.Related = append(d.Related,
		rule.Related{Span: s.Made, Message: opened},
		rule.Related{Span: first, Message: "the first commit makes the work up to here durable"})
	for _, c := range ev.Commits {
		if c != first && c != second {
			d.Related = append(d.Related, rule.Related{Span: c, Message: "another commit"})
		}
	}
	return d
}

func sorted(sites map[session.Site]bool) []session.Site {
	var out []session.Site
	for c := range sites {
		n := len(out)
		out = append(out, c)
		for ; n > 0 && out[n].Start < out[n-1].Start; n-- {
			out[n], out[n-1] = out[n-1], out[n]
		}
	}
	return out
}
