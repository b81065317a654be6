// Package all lists every rule.
package all

import (
	"slices"
	"strings"

	"sessionlint/analysis/rule"
)

//go:generate go run sessionlint/analysis/rule/newrule

// Rules returns all rules in the order of their codes, also those that are off
// by default. The slice is the caller's.
func Rules() []*rule.Rule {
	rules := listed()
	slices.SortFunc(rules, func(a, b *rule.Rule) int { return strings.Compare(a.Code, b.Code) })
	return rules
}

// Default returns the rules that are on unless something else is asked for.
func Default() []*rule.Rule {
	return slices.DeleteFunc(Rules(), func(r *rule.Rule) bool { return r.Severity == rule.Off })
}
