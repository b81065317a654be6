// Package commitincallee reports functions that end the transaction of a
// session which belongs to their caller.
package commitincallee

import (
	_ "embed"

	"sessionlint/analysis/rule"
)

//go:embed example.py
var example string

//go:embed instead.py
var instead string

// Rule is SES209.
var Rule = &rule.Rule{
	Code:     "SES209",
	Name:     "commit-in-callee",
	Severity: rule.Off,
	Since:    "0.2.0",
	Doc: rule.Doc{
		Title:   "a function ends the transaction of a session that it was handed",
		What:    "Reports the first commit(), rollback() or close() of a session that a function gets as a parameter, from Depends or as an attribute of its object. Classes that are named repository or unit of work may do so.",
		Why:     "Whoever opened the session decides what belongs together. A commit in a function that it calls makes the caller's work durable as far as it happened to be, a rollback takes it away, and neither shows where the function is called. Within a begin block of the caller the next statement raises.",
		Example: example,
		Instead: instead,
		Limits:  "Many applications let every function commit, and do well with it: this is a convention, so the rule is off unless it is selected. Functions that open a session themselves if they get none may end that one.",
	},
	Check: check,
}
