// Package resultafterclose reports results whose first row is fetched after
// the session that made them was closed.
package resultafterclose

import (
	_ "embed"

	"sessionlint/analysis/rule"
)

//go:embed example.py
var example string

//go:embed instead.py
var instead string

// Rule is SES301.
var Rule = &rule.Rule{
	Code:     "SES301",
	Name:     "result-after-close",
	Severity: rule.Error,
	Since:    "0.2.0",
	Fixable:  true,
	Doc: rule.Doc{
		Title:   "rows are fetched after the session was closed",
		What:    "Reports a result of execute(), scalars() or stream() of which nothing is fetched before its session is closed, and rows are fetched after that. For mapped objects it is an error, for plain columns, or where the statement is not known, a warning.",
		Why:     "A result makes its objects when they are fetched, and makes them for a session. Once that is closed, SQLAlchemy raises \"Object cannot be converted to 'persistent' state, as this identity map is no longer valid\". Plain columns come or do not come, as the driver and the pool see fit; with some, the connection that they are read from serves another session by then.",
		Example: example,
		Instead: instead,
		Limits:  "Results of which a first row was fetched in time, since that fetches the others too unless they come in batches (yield_per); what AsyncSession.execute() and scalars() return, which have read everything; results that are returned to functions of other files. A Query has no result yet: it runs where it is iterated, and opens the session again (SES101).",
	},
	Check: check,
}
