// Package useafterendinsidebegin reports sessions that are used in a begin
// block whose transaction has ended.
package useafterendinsidebegin

import (
	_ "embed"

	"sessionlint/analysis/rule"
)

//go:embed example.py
var example string

//go:embed instead.py
var instead string

// Rule is SES205.
var Rule = &rule.Rule{
	Code:     "SES205",
	Name:     "use-after-end-inside-begin",
	Severity: rule.Error,
	Since:    "0.2.0",
	Fixable:  true,
	Doc: rule.Doc{
		Title:   "a session is used in a begin block after its transaction ended",
		What:    "Reports the first use of a session (or of a connection) in a block of `with session.begin():` after commit() or rollback() was called in the same block, here or in a function that is called with the session.",
		Why:     "The block has one transaction, and commit() or rollback() ends it. Until the block is left the session begins no other: whatever needs one raises \"Can't operate on closed transaction inside context manager\". What was committed before stays, and what was to follow is not done. A rollback() in a handler within the block ends it in the same way.",
		Example: example,
		Instead: instead,
		Limits:  "A commit() that is the last use in its block is superfluous and harmless, and not reported. Neither are calls that need no transaction, such as expunge_all(), is_active, another rollback() or close().",
	},
	Check: check,
}
