// Package nestedbegin reports begin blocks within begin blocks of the same
// session.
package nestedbegin

import (
	_ "embed"

	"sessionlint/analysis/rule"
)

//go:embed example.py
var example string

//go:embed instead.py
var instead string

// Rule is SES204.
var Rule = &rule.Rule{
	Code:     "SES204",
	Name:     "nested-begin",
	Severity: rule.Error,
	Since:    "0.2.0",
	Fixable:  true,
	Doc: rule.Doc{
		Title:   "a begin block stands in another of the same session",
		What:    "Reports begin() on a session, or on a connection, within the block of `with session.begin():` or `with SessionMaker.begin()`, also where a function that is called with the session begins.",
		Why:     "begin() does not nest: it raises \"A transaction is already begun on this Session\" whenever it is reached. The error leaves the outer block too, and that rolls back all it has done. A part that may fail by itself needs begin_nested(), which is a savepoint; a function that is called with a session can leave the transaction to its caller.",
		Example: example,
		Instead: instead,
		Limits:  "Functions that begin and cannot be resolved. SQLAlchemy 1.4 still allows begin(subtransactions=True), which does nest, and is not reported.",
	},
	Check: check,
}
