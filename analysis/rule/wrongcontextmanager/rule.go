// Package wrongcontextmanager reports with statements of the wrong kind for
// what they enter.
package wrongcontextmanager

import (
	_ "embed"

	"sessionlint/analysis/rule"
)

//go:embed example.py
var example string

//go:embed instead.py
var instead string

// Rule is SES402.
var Rule = &rule.Rule{
	Code:     "SES402",
	Name:     "wrong-context-manager",
	Severity: rule.Error,
	Since:    "0.2.0",
	Fixable:  true,
	Doc: rule.Doc{
		Title:   "a session is entered by the wrong kind of with",
		What:    "Reports `with` on an AsyncSession, an AsyncConnection or a transaction of theirs, `async with` on their synchronous counterparts, and either of them on a scoped session itself.",
		Why:     "It raises TypeError before the block begins: an asynchronous session can only be entered with await, a synchronous one only without, and a scoped session is a registry of sessions and no context manager itself. Calling the registry gives the session that is one.",
		Example: example,
		Instead: instead,
		Limits:  "Sessions from imported factories of which nothing says which kind they make, and sessions that are entered by an ExitStack.",
	},
	Check: check,
}
