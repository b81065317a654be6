// Package swallowedbyscope reports session scopes that hide the failure of
// what runs in them.
package swallowedbyscope

import (
	_ "embed"

	"sessionlint/analysis/rule"
)

//go:embed example.py
var example string

//go:embed instead.py
var instead string

// Rule is SES212.
var Rule = &rule.Rule{
	Code:     "SES212",
	Name:     "swallowed-by-scope",
	Severity: rule.Warning,
	Since:    "0.2.0",
	Fixable:  true,
	Doc: rule.Doc{
		Title:   "a session scope hides that its body failed",
		What:    "Reports a function with @contextmanager or @asynccontextmanager that yields a session and catches what its body raises without raising again, or that commits in a finally.",
		Why:     "An exception in the body of the with is thrown into the function at its yield. If an except there does not raise, the with ends as if nothing had happened: the caller goes on, and reports success for work that was rolled back, even where only the commit failed. A commit in a finally runs after an exception too, and saves the half that was done before it.",
		Example: example,
		Instead: instead,
		Limits:  "Scopes that are classes with __exit__, and generators that a framework drives. An except around what happens before the yield is not one around the body.",
	},
	Check: check,
}
