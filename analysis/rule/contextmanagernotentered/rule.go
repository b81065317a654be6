// Package contextmanagernotentered reports context managers that are made and
// never entered.
package contextmanagernotentered

import (
	_ "embed"

	"sessionlint/analysis/rule"
)

//go:embed example.py
var example string

//go:embed instead.py
var instead string

// Rule is SES112.
var Rule = &rule.Rule{
	Code:     "SES112",
	Name:     "context-manager-not-entered",
	Severity: rule.Error,
	Since:    "0.2.0",
	Fixable:  true,
	Doc: rule.Doc{
		Title:   "a context manager is made and never entered",
		What:    "Reports the begin() of a session factory or of an engine, the call of a @contextmanager function that gives a session, and begin() or begin_nested() of an asynchronous session or connection, where the result is neither entered with with nor awaited.",
		Why:     "Nothing happens: no transaction begins, no connection is taken, and no warning is given. What follows runs outside of the transaction that it was meant to be in, or uses a context manager as if it were the session and fails with an AttributeError.",
		Example: example,
		Instead: instead,
		Limits:  "begin() and begin_nested() of a synchronous session or connection, which begin at once; context managers that are returned, stored or handed on.",
	},
	Check: check,
}
