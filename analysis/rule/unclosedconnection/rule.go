// Package unclosedconnection reports connections that are not given back to the
// pool, and those that are used after they were.
package unclosedconnection

import (
	_ "embed"

	"sessionlint/analysis/rule"
)

//go:embed example.py
var example string

//go:embed instead.py
var instead string

// Rule is SES109.
var Rule = &rule.Rule{
	Code:     "SES109",
	Name:     "unclosed-connection",
	Severity: rule.Error,
	Since:    "0.2.0",
	Fixable:  true,
	Doc: rule.Doc{
		Title:   "a connection is not closed, or is used after it was",
		What:    "Reports a connection that a function takes from an engine and that is still in a transaction where the function is left, one that is used for a single statement and thrown away, and one that is used after it was closed. Where only an exception out of a call between opening and closing gets past the close, it is a warning.",
		Why:     "The first statement begins a transaction, also a SELECT, and a connection and its transaction refer to each other: they live on until the cyclic garbage collector finds them. Until then the connection is missing from the pool and the database sees a transaction that is idle. Unlike a session, a closed connection does not open again: it raises ResourceClosedError, \"This Connection is closed\".",
		Example: example,
		Instead: instead,
		Limits:  "A connection whose last transaction was committed or rolled back, or that was never used, goes back to the pool with its last reference and is not reported. Connections that are returned, yielded, stored on an object or handed to something that takes them over are left to whoever has them then.",
	},
	Check: check,
}
