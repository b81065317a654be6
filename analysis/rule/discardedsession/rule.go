// Package discardedsession reports sessions that no name is left to close by.
package discardedsession

import (
	_ "embed"

	"sessionlint/analysis/rule"
)

//go:embed example.py
var example string

//go:embed instead.py
var instead string

// Rule is SES103.
var Rule = &rule.Rule{
	Code:     "SES103",
	Name:     "discarded-session",
	Severity: rule.Error,
	Since:    "0.2.0",
	Fixable:  true,
	Doc: rule.Doc{
		Title:   "a session is used for one call and thrown away",
		What:    "Reports a session that is made within a larger expression, used there for a call that takes a connection, and bound to no name: nothing can close it afterwards. So is a context manager whose __enter__() is called by hand on a temporary object.",
		Why:     "The session is in a transaction when the expression has been evaluated, and only the garbage collector will end it. Until then the connection is missing from the pool, and what was written is neither committed nor visible to anyone.",
		Example: example,
		Instead: instead,
		Limits:  "A session that is handed to a function or a class that cannot be seen, which may close it; calls on a temporary session that take no connection, such as query() without a method that runs it.",
	},
	Check: check,
}
