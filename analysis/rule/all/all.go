// Package all lists every rule.
package all

import "sessionlint/analysis/rule"

// Rules returns the rules in the order of their codes.
func Rules() []*rule.Rule { return nil }
