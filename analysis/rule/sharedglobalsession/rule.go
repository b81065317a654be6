// Package sharedglobalsession reports sessions that a module makes once, for all
// of its functions.
package sharedglobalsession

import (
	_ "embed"

	"sessionlint/analysis/rule"
)

//go:embed example.py
var example string

//go:embed instead.py
var instead string

// Rule is SES107.
var Rule = &rule.Rule{
	Code:     "SES107",
	Name:     "shared-global-session",
	Severity: rule.Warning,
	Since:    "0.2.0",
	Fixable:  false,
	Doc: rule.Doc{
		Title:   "the functions of a module share one session",
		What:    "Reports a plain session that is made at the top of a module and used in functions of that module.",
		Why:     "There is one transaction for all threads, tasks and requests: a commit in one of them writes the half-done work of the others, a rollback takes it away, and after one failed flush everybody gets PendingRollbackError until somebody rolls back. A session is not made to be used by two threads at once.",
		Example: example,
		Instead: instead,
		Limits:  "A scoped_session, which gives each thread its own; sessions below `if __name__ == \"__main__\":`; test modules; functions of other modules that import the session.",
	},
	Check: check,
}
