// Package sessionescapesblock reports sessions that outlive the with block that
// closes them.
package sessionescapesblock

import (
	_ "embed"

	"sessionlint/analysis/rule"
)

//go:embed example.py
var example string

//go:embed instead.py
var instead string

// Rule is SES108.
var Rule = &rule.Rule{
	Code:     "SES108",
	Name:     "session-escapes-block",
	Severity: rule.Error,
	Since:    "0.2.0",
	Fixable:  true,
	Doc: rule.Doc{
		Title:   "a session leaves the with block that closes it",
		What:    "Reports a session that is returned, stored or handed to a thread, a task or a callback out of the with block that closes it; so too a query that has not run yet, and a generator or a function that uses the session.",
		Why:     "By the time it is used there it has been closed, and a closed session does not raise: it opens again, takes a connection from the pool, and nobody knows that it would have to be given back. If it is still in use when the block ends, the close comes in the middle of that use.",
		Example: example,
		Instead: instead,
		Limits:  "What a function that cannot be seen does with a session that it is called with; objects and results that were loaded through the session.",
	},
	Check: check,
}
