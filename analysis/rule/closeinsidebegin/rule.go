// Package closeinsidebegin reports sessions that are closed in their begin
// block.
package closeinsidebegin

import (
	_ "embed"

	"sessionlint/analysis/rule"
)

//go:embed example.py
var example string

//go:embed instead.py
var instead string

// Rule is SES211.
var Rule = &rule.Rule{
	Code:     "SES211",
	Name:     "close-inside-begin",
	Severity: rule.Error,
	Since:    "0.2.0",
	Fixable:  true,
	Doc: rule.Doc{
		Title:   "a session is closed in its begin block",
		What:    "Reports close() on a session in the block of `with session.begin():` or `with SessionMaker.begin()`, before the block has committed.",
		Why:     "close() rolls back the transaction of the block. The block then ends as if all were well: there is nothing left to commit, and no exception says so. Everything that it did is gone. Anything else that is done with the session in the block raises \"Can't operate on closed transaction inside context manager\".",
		Example: example,
		Instead: instead,
		Limits:  "A close() that follows a commit() in the block comes too late to do harm, and one in a function that cannot be resolved is not seen.",
	},
	Check: check,
}
