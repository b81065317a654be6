// Package generatoradvancedbyhand reports sessions that are taken out of a
// generator which is gone before they are used.
package generatoradvancedbyhand

import (
	_ "embed"

	"sessionlint/analysis/rule"
)

//go:embed example.py
var example string

//go:embed instead.py
var instead string

// Rule is SES105.
var Rule = &rule.Rule{
	Code:     "SES105",
	Name:     "generator-advanced-by-hand",
	Severity: rule.Error,
	Since:    "0.2.0",
	Fixable:  true,
	Doc: rule.Doc{
		Title:   "a session is taken out of a generator that is gone at once",
		What:    "Reports next(), anext() or __next__() on a generator that closes its session in a finally or a with block, where nothing keeps the generator.",
		Why:     "The generator is the last that knows of itself, so it ends as soon as its first value was taken out, and its finally closes the session before the first use. The use opens the session again, takes a connection from the pool, and nobody is left who would close it. With an asynchronous generator the event loop does the same a moment later, in the middle of the first use.",
		Example: example,
		Instead: instead,
		Limits:  "A generator that a variable keeps: it ends with the variable. Generators that cannot be seen, because they are imported or handed in.",
	},
	Check: check,
}
