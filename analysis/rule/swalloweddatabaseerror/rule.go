// Package swalloweddatabaseerror reports handlers that go on with a session
// whose flush or commit has failed.
package swalloweddatabaseerror

import (
	_ "embed"

	"sessionlint/analysis/rule"
)

//go:embed example.py
var example string

//go:embed instead.py
var instead string

// Rule is SES207.
var Rule = &rule.Rule{
	Code:     "SES207",
	Name:     "swallowed-database-error",
	Severity: rule.Warning,
	Since:    "0.2.0",
	Doc: rule.Doc{
		Title:   "a failed flush or commit is handled without a rollback",
		What:    "Reports an except that can catch the failure of a flush or a commit and neither raises nor rolls back, where the session is used again afterwards: in the handler, after it, or in the next turn of a loop.",
		Why:     "After a failed flush a session refuses to work until rollback() is called: the next query, attribute that must be loaded, or commit raises PendingRollbackError, far from the error that was handled. add() does not raise, so that a loop may go on for a while and lose every row. The connection stays out of the pool all that time.",
		Example: example,
		Instead: instead,
		Limits:  "A statement that fails in execute() leaves the session usable, though PostgreSQL refuses everything in that transaction from then on; such a handler is not reported. Neither is one after which only a caller, whom this file does not show, goes on with the session. Handlers in a block of `with session.begin():` are SES208.",
	},
	Check: check,
}
