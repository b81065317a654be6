// Package syncsessioninasyncfunction reports synchronous sessions that run SQL
// in coroutines, and keep the event loop waiting.
package syncsessioninasyncfunction

import (
	_ "embed"

	"sessionlint/analysis/rule"
)

//go:embed example.py
var example string

//go:embed instead.py
var instead string

// Rule is SES404.
var Rule = &rule.Rule{
	Code:     "SES404",
	Name:     "sync-session-in-async-function",
	Severity: rule.Off,
	Since:    "0.2.0",
	Fixable:  false,
	Doc: rule.Doc{
		Title:   "a synchronous session keeps the event loop waiting",
		What:    "Reports the first SQL that a synchronous session runs in an `async def`, outside of a function that a thread runs.",
		Why:     "While the database works nothing else does: no other task of the event loop gets a turn, health checks included. A session that is open across an await keeps its connection for as long as the task waits, and a few slow tasks empty the pool.",
		Example: example,
		Instead: instead,
		Limits:  "SQL in functions that the coroutine calls, and attributes that are loaded when they are read. It is off because it is a matter of taste: with quick queries, or in scripts and tests of one task, it does no harm.",
	},
	Check: check,
}
