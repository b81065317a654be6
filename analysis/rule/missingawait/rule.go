// Package missingawait reports coroutine methods of asynchronous sessions and
// connections that are called and never awaited.
package missingawait

import (
	_ "embed"

	"sessionlint/analysis/rule"
)

//go:embed example.py
var example string

//go:embed instead.py
var instead string

// Rule is SES401.
var Rule = &rule.Rule{
	Code:     "SES401",
	Name:     "missing-await",
	Severity: rule.Error,
	Since:    "0.2.0",
	Fixable:  true,
	Doc: rule.Doc{
		Title:   "a coroutine of a session is never awaited",
		What:    "Reports a call of a coroutine method of an AsyncSession, an async_scoped_session or an AsyncConnection, such as commit(), delete(), execute() or close(), whose coroutine nobody awaits.",
		Why:     "Without await the method does not run. A commit that did not run loses what was written, a delete that did not run deletes nothing, a close that did not run keeps the connection: all of that without an exception, only with a RuntimeWarning somewhere in the log. It is easy to get wrong, since add() must not be awaited and delete() must.",
		Example: example,
		Instead: instead,
		Limits:  "Coroutines that are returned, stored in an object or passed to a function that cannot be resolved, which may await them; sessions of which nothing says that they are asynchronous.",
	},
	Check: check,
}
