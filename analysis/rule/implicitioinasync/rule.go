// Package implicitioinasync reports attributes of an asynchronous session's
// objects whose reading would need a query, which cannot be awaited there.
package implicitioinasync

import (
	_ "embed"

	"sessionlint/analysis/rule"
)

//go:embed example.py
var example string

//go:embed instead.py
var instead string

// Rule is SES303.
var Rule = &rule.Rule{
	Code:     "SES303",
	Name:     "implicit-io-in-async",
	Severity: rule.Error,
	Since:    "0.2.0",
	Fixable:  true,
	Doc: rule.Doc{
		Title:   "an attribute is read that would have to be loaded, under asyncio",
		What:    "Reports an attribute of an object of an open AsyncSession that has to be loaded to be read: any attribute after a commit, a rollback or the end of a begin block expired the object, and a relationship that was never loaded.",
		Why:     "Reading an attribute cannot be awaited, so SQLAlchemy cannot run the query: it raises MissingGreenlet, from 2.1 on wrapped in a StatementError. The same code works with a synchronous session, and works here until the first commit, which is how it gets in.",
		Example: example,
		Instead: instead,
		Limits:  "Sessions that were handed to the function, as far as the commit is concerned, since whoever made them may have said expire_on_commit=False; relationships of mapped classes of other files; what methods and properties of a mapped class read. Code that run_sync() runs may load what it likes. After the session is closed it is another error (SES302).",
	},
	Check: check,
}
