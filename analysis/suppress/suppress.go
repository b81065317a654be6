package suppress

import (
	"slices"
	"strings"

	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/rule/all"
	"sessionlint/analysis/rule/unknownruleinsuppression"
	"sessionlint/analysis/rule/unusedsuppression"
)

// Suppressor leaves out suppressed findings, for a run of some rules. It is
// immutable.
type Suppressor struct {
	known    []*rule.Rule
	on       map[*rule.Rule]bool
	complete bool // all default rules are on
}

// New returns the suppressor for a run of the given rules.
func New(on []*rule.Rule) *Suppressor {
	s := &Suppressor{known: all.Rules(), on: map[*rule.Rule]bool{}, complete: true}
	for _, r := range on {
		s.on[r] = true
		if !slices.Contains(s.known, r) {
			s.known = append(s.known, r)
		}
	}
	for _, r := range all.Default() {
		s.complete = s.complete && s.on[r]
	}
	return s
}

// Unit is what the suppressor has to know of a unit.
type Unit struct {
	Directives []Directive
	Unsure     bool // it may have findings that cannot be told now: it did not parse, say
}

// Apply splits the findings of a file into those that are left and those that
// are suppressed. Those that are left have the findings about the directives
// themselves among them, at the end. units are those of the file, by index.
func (s *Suppressor) Apply(f *python.File, units []Unit, findings []rule.Finding) (left, suppressed []rule.Finding) {
	a := newApplied(f, units)
	if len(a.all) == 0 {
		return findings, nil
	}
	sift := func(fs []rule.Finding, byName bool) {
		for _, d := range fs {
			if a.suppress(d, byName) {
				suppressed = append(suppressed, d)
			} else {
				left = append(left, d)
			}
		}
	}
	sift(findings, false)
	// A comment that suppresses everything does not hide that it is of no use.
	if s.on[unknownruleinsuppression.Rule] {
		sift(s.unknown(a), true)
	}
	if s.on[unusedsuppression.Rule] {
		sift(s.unused(a), true)
	}
	return left, suppressed
}

// applied are the directives of one version of a file, and which of their words
// were of use.
type applied struct {
	file   *python.File
	units  []Unit
	all    []*use
	byUnit map[int][]*use
	files  []*use // those for the whole file
}

// use is what became of a directive.
type use struct {
	*Directive
	unit  int
	whole bool   // a directive without rules suppressed something
	words []bool // which of the rules did
}

func newApplied(f *python.File, units []Unit) *applied {
	a := &applied{file: f, units: units, byUnit: map[int][]*use{}}
	for n, u := range units {
		for i := range u.Directives {
			d := &use{Directive: &u.Directives[i], unit: n, words: make([]bool, len(u.Directives[i].words))}
			a.all = append(a.all, d)
			if d.kind == ofFile {
				a.files = append(a.files, d)
			} else {
				a.byUnit[n] = append(a.byUnit[n], d)
			}
		}
	}
	return a
}

// suppress reports whether a directive is about a finding, and notes for all
// that are that they were of use. byName leaves out those that name no rules.
func (a *applied) suppress(d rule.Finding, byName bool) bool {
	hit := false
	try := func(u *use) {
		if u.fault == "" && u.means(d.Rule, byName) {
			hit = true
		}
	}
	for _, u := range a.files {
		try(u)
	}
	at := d.Span.Start - a.file.Units[d.Unit].Start
	for _, u := range a.byUnit[d.Unit] {
		if u.covers.Start <= at && at < u.covers.End {
			try(u)
		}
	}
	for n := a.file.Units[d.Unit].Parent; n >= 0; n = a.file.Units[n].Parent {
		for _, u := range a.byUnit[n] {
			if u.kind == ofClass {
				try(u)
			}
		}
	}
	return hit
}

// means reports whether a directive means a rule, and notes its use.
func (u *use) means(r *rule.Rule, byName bool) bool {
	if u.bare {
		u.whole = u.whole || !byName
		return !byName
	}
	hit := false
	for n, w := range u.Directive.words {
		if u.named(w.text, r) {
			u.words[n], hit = true, true
		}
	}
	return hit
}

// named reports whether a word of the directive means a rule. As in flake8, the
// codes of a noqa are beginnings.
func (d *Directive) named(word string, r *rule.Rule) bool {
	if d.kind == noqa {
		return len(word) > len("SES") && len(word) <= len(r.Code) && strings.EqualFold(word, r.Code[:len(word)])
	}
	return r.Called(word)
}
