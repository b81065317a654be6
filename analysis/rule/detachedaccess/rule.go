// Package detachedaccess reports attributes that are read after the session of
// their object was closed, and cannot be loaded any more.
package detachedaccess

import (
	_ "embed"

	"sessionlint/analysis/rule"
)

//go:embed example.py
var example string

//go:embed instead.py
var instead string

// Rule is SES302.
var Rule = &rule.Rule{
	Code:     "SES302",
	Name:     "detached-access",
	Severity: rule.Error,
	Since:    "0.2.0",
	Fixable:  true,
	Doc: rule.Doc{
		Title:   "an attribute is read that needs a session, and the session is closed",
		What:    "Reports an attribute of a mapped object that is read after its session was closed, where a commit, a rollback or the end of a begin block expired the object before that and nothing loaded it again, or where it is a relationship that was never loaded. It is a warning where that holds on some of the paths only.",
		Why:     "An expired attribute is loaded again when it is read, the primary key like any other, and an unloaded relationship likewise. Without a session there is nothing to load it with: SQLAlchemy raises DetachedInstanceError.",
		Example: example,
		Instead: instead,
		Limits:  "Relationships of mapped classes that cannot be resolved, deferred columns, and what methods and properties of a mapped class read. Closing a session does not expire objects: columns that were loaded before it, and not expired by a commit or a rollback, stay readable and are not reported. With expire_on_commit=False a commit expires nothing, a rollback still does.",
	},
	Check: check,
}
