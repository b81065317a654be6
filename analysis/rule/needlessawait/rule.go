// Package needlessawait reports methods that are awaited and give nothing to
// await.
package needlessawait

import (
	_ "embed"

	"sessionlint/analysis/rule"
)

//go:embed example.py
var example string

//go:embed instead.py
var instead string

// Rule is SES405.
var Rule = &rule.Rule{
	Code:     "SES405",
	Name:     "needless-await",
	Severity: rule.Error,
	Since:    "0.2.0",
	Fixable:  true,
	Doc: rule.Doc{
		Title:   "what is awaited is no coroutine",
		What:    "Reports an await of a plain method: add(), add_all(), expire(), expunge() and the like of an AsyncSession, any method of a synchronous Session, and what is fetched from the results of execute() and scalars().",
		Why:     "The method runs, and then the await raises TypeError: the object is in the session, and the code behind it is not reached. Only some methods of an AsyncSession are coroutines: those that talk to the database, and delete() and merge().",
		Example: example,
		Instead: instead,
		Limits:  "Sessions of which nothing says which kind they are, and functions that take sessions of both kinds.",
	},
	Check: check,
}
