package suppress

import (
	"fmt"
	"slices"
	"strings"

	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/rule/unknownruleinsuppression"
	"sessionlint/analysis/rule/unusedsuppression"
)

// unknown returns the findings about words that name no rule.
func (s *Suppressor) unknown(a *applied) []rule.Finding {
	var out []rule.Finding
	for _, u := range a.all {
		if u.kind == noqa {
			continue // other tools have codes of their own
		}
		for _, w := range u.Directive.words {
			if s.rule(w.text) != nil {
				continue
			}
			message := fmt.Sprintf("no rule is called `%s`", w.text)
			if like := rule.Nearest(w.text, s.known); like != "" {
				message += fmt.Sprintf("; did you mean `%s`?", like)
			}
			out = append(out, a.finding(unknownruleinsuppression.Rule, u, w.span, message))
		}
	}
	return out
}

// rule returns the rule that a word names, nil if there is none.
func (s *Suppressor) rule(word string) *rule.Rule {
	for _, r := range s.known {
		if r.Called(word) {
			return r
		}
	}
	return nil
}

// unused returns the findings about directives that suppressed nothing.
func (s *Suppressor) unused(a *applied) []rule.Finding {
	var out []rule.Finding
	for _, u := range a.all {
		where := "here"
		if u.kind == ofFile {
			where = "in this file"
		}
		switch {
		case u.kind == noqa:
		case u.fault != "":
			out = append(out, a.finding(unusedsuppression.Rule, u, u.span, "this comment suppresses nothing: "+u.fault))
		case a.unsure(u):
		case u.bare && !u.whole && s.complete:
			out = append(out, a.finding(unusedsuppression.Rule, u, u.span, "this comment suppresses nothing: nothing is found "+where))
		case !u.bare:
			for _, w := range s.idle(u) {
				out = append(out, a.finding(unusedsuppression.Rule, u, w.span, fmt.Sprintf("this comment suppresses nothing: %s is not found %s", w.text, where)))
			}
		}
	}
	return out
}

// idle returns the words of a directive that were of no use though their rules
// are run: as one with the directive's span if that are all.
func (s *Suppressor) idle(u *use) []word {
	var out []word
	for n, w := range u.Directive.words {
		r := s.rule(w.text)
		// What is suppressed of these two is known only afterwards.
		about := r == unusedsuppression.Rule || r == unknownruleinsuppression.Rule
		if !u.words[n] && s.on[r] && !about {
			out = append(out, w)
		}
	}
	if len(out) < len(u.Directive.words) {
		return out
	}
	var names []string
	for _, w := range out {
		names = append(names, w.text)
	}
	return []word{{u.span, strings.Join(names, " or ")}}
}

// unsure reports whether what a directive covers, or what is known of the whole
// file, may be about to change: while something is being typed, its findings
// are gone.
func (a *applied) unsure(u *use) bool {
	for n, p := range a.file.Units {
		if !a.units[n].Unsure {
			continue
		}
		module := p.Parent < 0 && p.Unit.Kind != python.FunctionUnit
		if module || n == u.unit || u.kind == ofFile || u.kind == ofClass && a.within(n, u.unit) {
			return true
		}
	}
	return false
}

// within reports whether a unit is in the class whose head is another one.
func (a *applied) within(unit, class int) bool {
	for unit >= 0 && unit != class {
		unit = a.file.Units[unit].Parent
	}
	return unit == class
}

// finding makes a finding about a directive.
func (a *applied) finding(r *rule.Rule, u *use, span python.Span, message string) rule.Finding {
	p := a.file.Units[u.unit]
	d := rule.Finding{Rule: r, Severity: r.Reports(), Message: message, Span: p.Abs(span), Unit: u.unit}
	if f := p.Unit.Function(); f != nil {
		d.Function = strings.Join(slices.DeleteFunc([]string{p.Unit.Path, f.Name.ID}, func(s string) bool { return s == "" }), ".")
	}
	return d
}
