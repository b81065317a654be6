// Package commitinloop reports commits in loops over rows.
package commitinloop

import (
	_ "embed"

	"sessionlint/analysis/rule"
)

//go:embed example.py
var example string

//go:embed instead.py
var instead string

// Rule is SES202.
var Rule = &rule.Rule{
	Code:     "SES202",
	Name:     "commit-in-loop",
	Severity: rule.Info,
	Since:    "0.2.0",
	Doc: rule.Doc{
		Title:   "each turn of a loop over rows commits",
		What:    "Reports a commit in a for loop, of a session that was opened outside of it. It is an error where the loop stands in `with session.begin():`, or reads its rows in portions (yield_per, stream).",
		Why:     "If a turn fails, the turns before it stay and those after it are not done. A commit also expires every loaded object, so that each turn reads its row again: one SELECT, one UPDATE and one COMMIT for each row, where one commit after the loop needs one of each. In a begin block the first commit ends the transaction and the second turn raises; on a server-side cursor, as PostgreSQL's drivers use for yield_per, the commit closes what the loop reads from.",
		Example: example,
		Instead: instead,
		Limits:  "Commits in portions (`if n % 500 == 0:`), loops that open a session in each turn or mark each turn with `with session.begin():`, attempts that are repeated, and while loops, which say themselves what a piece of work is.",
	},
	Check: check,
}
