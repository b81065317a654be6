// Package scopedsessionnotremoved reports threads, tasks and loops that leave a
// session in its registry.
package scopedsessionnotremoved

import (
	_ "embed"

	"sessionlint/analysis/rule"
)

//go:embed example.py
var example string

//go:embed instead.py
var instead string

// Rule is SES111.
var Rule = &rule.Rule{
	Code:     "SES111",
	Name:     "scoped-session-not-removed",
	Severity: rule.Warning,
	Since:    "0.2.0",
	Fixable:  true,
	Doc: rule.Doc{
		Title:   "a thread or task leaves its scoped session in the registry",
		What:    "Reports a function that runs as a thread, as a task or as the loop of a consumer, and uses a scoped_session without a remove() on its way out.",
		Why:     "The registry keeps the session of each thread, or of each task, and the session keeps its connection: for as long as a pooled thread lives, and for ever where the registry goes by task. What one job leaves uncommitted or fails at, the next one in the same thread finds in its session.",
		Example: example,
		Instead: instead,
		Limits:  "Functions that run within a request, where the framework or a middleware removes the session; functions that are started in other files.",
	},
	Check: check,
}
