// Package beginafterautobegin reports calls of begin() on sessions that are in
// a transaction already.
package beginafterautobegin

import (
	_ "embed"

	"sessionlint/analysis/rule"
)

//go:embed example.py
var example string

//go:embed instead.py
var instead string

// Rule is SES203.
var Rule = &rule.Rule{
	Code:     "SES203",
	Name:     "begin-after-autobegin",
	Severity: rule.Error,
	Since:    "0.2.0",
	Doc: rule.Doc{
		Title:   "begin() is called when a transaction has begun already",
		What:    "Reports begin() on a session, or on a connection, that something before it has put into a transaction.",
		Why:     "A session begins its transaction by itself, at the first thing that needs one: a query, add(), delete(), setting an attribute of one of its objects, or reading one that a commit has expired. begin() then raises \"A transaction is already begun on this Session\", always, and not only under load. Where an except swallows that error, the block is simply never run.",
		Example: example,
		Instead: instead,
		Limits:  "What puts a session into a transaction in functions that cannot be resolved. Directly after a commit, a rollback or a close, and after calls that need no transaction (building a query, flush() with nothing to flush, expire_all()), begin() is right.",
	},
	Check: check,
}
