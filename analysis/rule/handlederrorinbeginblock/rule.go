// Package handlederrorinbeginblock reports exceptions that are handled within
// a begin block.
package handlederrorinbeginblock

import (
	_ "embed"

	"sessionlint/analysis/rule"
)

//go:embed example.py
var example string

//go:embed instead.py
var instead string

// Rule is SES208.
var Rule = &rule.Rule{
	Code:     "SES208",
	Name:     "handled-error-in-begin-block",
	Severity: rule.Info,
	Since:    "0.2.0",
	Covers:   []string{"SES207"},
	Doc: rule.Doc{
		Title:   "an exception is handled within a begin block",
		What:    "Reports an except within `with session.begin():` that does not raise, where the try has changed something through the session. It is an error where the try holds a flush or a commit whose failure the except catches.",
		Why:     "The block rolls back only what leaves it as an exception. One that is handled inside is none, so the block commits whatever the try had done before it failed. A failed flush is worse: it has rolled back the whole transaction already, and the block then ends without an exception and without having saved anything, not even what was done before the try.",
		Example: example,
		Instead: instead,
		Limits:  "A savepoint in the try, `with session.begin_nested():`, confines the failure and is not reported, and neither is an except that raises or rolls back. After a statement that failed in execute() SQLite goes on, while PostgreSQL discards everything at the end of the block; that is an info here.",
	},
	Check: check,
}
