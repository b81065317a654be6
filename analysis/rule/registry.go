package rule

import (
	"slices"
	"sort"

	"sessionlint/analysis/session"
)

// Report runs the rules over one function's facts. The findings' spans count
// from the start of the function's unit.
func Report(rules []*Rule, f *session.Facts) []Finding {
	var out []Finding
	for _, r := range rules {
		if r.Check == nil {
			continue
		}
		for _, d := range r.Check(f) {
			d.Rule = r
			if d.Severity == Off {
				d.Severity = r.Reports()
			}
			if d.Warns {
				d.Severity = min(d.Severity, Warning)
			}
			d.Function = f.Name
			out = append(out, d)
		}
	}
	return uncovered(out)
}

// uncovered leaves out what another finding at the same place has said. Of two
// of one rule, such as for a session that may be one of two, the graver is left.
func uncovered(fs []Finding) []Finding {
	return deleteEach(fs, func(n int, d Finding) bool {
		return slices.ContainsFunc(fs[:n], func(o Finding) bool {
			return o.Rule == d.Rule && o.Span == d.Span && o.Severity >= d.Severity
		}) || slices.ContainsFunc(fs[n+1:], func(o Finding) bool {
			return o.Rule == d.Rule && o.Span == d.Span && o.Severity > d.Severity
		}) || slices.ContainsFunc(fs, func(o Finding) bool {
			return o.Span == d.Span && o.Severity >= d.Severity && o.Rule != nil && d.Rule != nil && slices.Contains(o.Rule.Covers, d.Rule.Code)
		})
	})
}

// deleteEach returns the findings of which a condition does not hold.
func deleteEach(fs []Finding, is func(n int, d Finding) bool) []Finding {
	var out []Finding
	for n, d := range fs {
		if !is(n, d) {
			out = append(out, d)
		}
	}
	return out
}

// Sort puts findings into the order in which they are shown: by place, then by code.
func Sort(fs []Finding) {
	sort.SliceStable(fs, func(i, j int) bool {
		a, b := fs[i], fs[j]
		if a.Span != b.Span {
			if a.Span.Start != b.Span.Start {
				return a.Span.Start < b.Span.Start
			}
			return a.Span.End < b.Span.End
		}
		return a.Rule.Code < b.Rule.Code
	})
}
