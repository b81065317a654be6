// Package all lists every rule.
package all

import (
	"sessionlint/analysis/rule"
	"sessionlint/analysis/rule/multiplecommits"
	"sessionlint/analysis/rule/useafterclose"
)

// Rules returns the rules in the order of their codes. The slice is the caller's.
func Rules() []*rule.Rule {
	return []*rule.Rule{
		useafterclose.Rule,
		multiplecommits.Rule,
	}
}
