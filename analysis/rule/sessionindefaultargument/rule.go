// Package sessionindefaultargument reports sessions that are made once, where a
// function or a class is defined.
package sessionindefaultargument

import (
	_ "embed"

	"sessionlint/analysis/rule"
)

//go:embed example.py
var example string

//go:embed instead.py
var instead string

// Rule is SES106.
var Rule = &rule.Rule{
	Code:     "SES106",
	Name:     "session-in-default-argument",
	Severity: rule.Error,
	Since:    "0.2.0",
	Fixable:  true,
	Doc: rule.Doc{
		Title:   "a default value or a class attribute is a session",
		What:    "Reports a session that is made in the default value of a parameter, in the body of a class, or as the default of a field of a dataclass.",
		Why:     "Python evaluates it once, when the module is imported, so that all calls and all objects share one session: one transaction that never ends, one connection that never comes back, and threads that change each other's objects. What one call leaves uncommitted, the commit of another call writes; what one call fails at, the next has to roll back.",
		Example: example,
		Instead: instead,
		Limits:  "Sessions that a function makes which cannot be seen, unless its name is that of a session factory.",
	},
	Check: check,
}
