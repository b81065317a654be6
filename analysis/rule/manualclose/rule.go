// Package manualclose reports sessions that are closed by hand where a with
// block could do it.
package manualclose

import (
	_ "embed"

	"sessionlint/analysis/rule"
)

//go:embed example.py
var example string

//go:embed instead.py
var instead string

// Rule is SES113.
var Rule = &rule.Rule{
	Code:     "SES113",
	Name:     "manual-close",
	Severity: rule.Off,
	Since:    "0.2.0",
	Fixable:  true,
	Doc: rule.Doc{
		Title:   "a session is closed by hand, or left open after its last commit",
		What:    "Reports a session that a function opens and closes itself without a with block, and one that is left open when its last transaction was committed or rolled back.",
		Why:     "It is right as it stands: the connection goes back to the pool. But it stays right only as long as every way out passes the close or the commit; the next early return or the next read after the commit makes a leak of it. A with block closes on every way out.",
		Example: example,
		Instead: instead,
		Limits:  "Where the close or the commit can already be missed the finding is unclosed-session instead, and this rule says nothing. Sessions that are returned, yielded or kept by an object cannot be in a with block of this function.",
	},
	Check: check,
}
