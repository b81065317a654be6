// Package storedsessionneverclosed reports sessions that an object keeps and
// that nothing closes.
package storedsessionneverclosed

import (
	_ "embed"

	"sessionlint/analysis/rule"
)

//go:embed example.py
var example string

//go:embed instead.py
var instead string

// Rule is SES110.
var Rule = &rule.Rule{
	Code:     "SES110",
	Name:     "stored-session-never-closed",
	Severity: rule.Warning,
	Since:    "0.2.0",
	Fixable:  false,
	Doc: rule.Doc{
		Title:   "an object opens a session and has no way to close it",
		What:    "Reports a session that a class opens and keeps in an attribute, where no method of the class or of a class derived from it closes that attribute or hands it on, nor does the code that uses the class.",
		Why:     "The first read begins a transaction that lasts as long as the object, and its connection is missing from the pool for that time; objects that were loaded go stale. When the object is dropped the connection does not come back either: the garbage collector has to find it first.",
		Example: example,
		Instead: instead,
		Limits:  "Classes whose users or derived classes stand in other files; sessions that are given to the object, which belong to whoever made them; scoped sessions.",
	},
	Check: check,
}
