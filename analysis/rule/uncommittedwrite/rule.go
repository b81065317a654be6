// Package uncommittedwrite reports writes that are rolled back because nobody
// commits them.
package uncommittedwrite

import (
	_ "embed"

	"sessionlint/analysis/rule"
)

//go:embed example.py
var example string

//go:embed instead.py
var instead string

// Rule is SES206.
var Rule = &rule.Rule{
	Code:     "SES206",
	Name:     "uncommitted-write",
	Severity: rule.Error,
	Since:    "0.2.0",
	Doc: rule.Doc{
		Title:   "a write is never committed",
		What:    "Reports what a function writes with a session that it opened itself (new and deleted objects, changed attributes, INSERT, UPDATE and DELETE statements) where the session is closed, without an exception, before anything commits. The same for connections of an engine.",
		Why:     "`with Session() as session` closes the session and never commits; closing rolls back. There is no exception and no warning, and within the session everything looked saved: flush() sends the statements, and queries see the rows. A savepoint, begin_nested(), does not commit either, and what follows the block of `with session.begin():` is a transaction of its own.",
		Example: example,
		Instead: instead,
		Limits:  "Sessions that were handed in, that are returned or handed to functions that cannot be resolved, since somebody else may commit; what is rolled back by a call of rollback(); engines, sessions and connections in AUTOCOMMIT; tests. Statements on connections are taken for what SQLAlchemy 2.0 makes of them: 1.4 without future=True commits each by itself.",
	},
	Check: check,
}
