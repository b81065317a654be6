// Package sessionsharedacrosstasks reports sessions that several tasks or
// threads use at the same time.
package sessionsharedacrosstasks

import (
	_ "embed"

	"sessionlint/analysis/rule"
)

//go:embed example.py
var example string

//go:embed instead.py
var instead string

// Rule is SES403.
var Rule = &rule.Rule{
	Code:     "SES403",
	Name:     "session-shared-across-tasks",
	Severity: rule.Error,
	Since:    "0.2.0",
	Fixable:  false,
	Doc: rule.Doc{
		Title:   "a session is used by several tasks at once",
		What:    "Reports a session that is handed to several tasks, threads or workers of a pool that run side by side, or to one while the function that made the session goes on using or closing it.",
		Why:     "A session is one transaction on one connection, for one task. Tasks that share it commit and roll back each other's work: a rollback in one throws away what the other has written. When their calls overlap, one of them raises, and the session cannot even be closed properly; or nothing raises at all, and it shows in production only. It is not faster either, since the connection runs one statement after the other.",
		Example: example,
		Instead: instead,
		Limits:  "Tasks that only get objects or results of the session; sessions that tasks find by themselves, in a global or a context variable; hand-overs to functions of other files that start the tasks; tasks that a lock lets in one at a time.",
	},
	Check: check,
}
