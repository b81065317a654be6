// Package unclosedsession reports sessions that hold a connection when their
// function is left.
package unclosedsession

import (
	_ "embed"

	"sessionlint/analysis/rule"
)

//go:embed example.py
var example string

//go:embed instead.py
var instead string

// Rule is SES102.
var Rule = &rule.Rule{
	Code:     "SES102",
	Name:     "unclosed-session",
	Severity: rule.Error,
	Since:    "0.2.0",
	Fixable:  true,
	Doc: rule.Doc{
		Title:   "a session still holds its connection when the function is left",
		What:    "Reports a session that a function opens itself and that is in a transaction, with a connection taken from the pool, where the function returns, falls off its end, goes on to the next turn of a loop or binds the name anew. Where only an exception out of a call between opening and closing gets past the close, it is a warning.",
		Why:     "The end of a function does not close its session: a session and its transaction refer to each other, so that they live on until the cyclic garbage collector finds them, and say nothing about it. Until then the connection is missing from the pool and the database sees a transaction that is idle, with all its locks. Under load the pool is empty first, and requests fail with \"QueuePool limit reached\".",
		Example: example,
		Instead: instead,
		Limits:  "A session whose last transaction was committed or rolled back has given its connection back, closed or not, and is not reported. Sessions that are returned, stored on an object or handed to something that takes them over are left to whoever has them then; a generator that lends its session out is reported only if it never closes it.",
	},
	Check: check,
}
