// Package slowcallintransaction reports calls that wait for others while a
// session holds a connection.
package slowcallintransaction

import (
	_ "embed"

	"sessionlint/analysis/rule"
)

//go:embed example.py
var example string

//go:embed instead.py
var instead string

// Rule is SES210.
var Rule = &rule.Rule{
	Code:     "SES210",
	Name:     "slow-call-in-transaction",
	Severity: rule.Warning,
	Since:    "0.2.0",
	Doc: rule.Doc{
		Title:   "a call that may take long is made while a connection is held",
		What:    "Reports calls that wait for another machine or process, or just wait (HTTP clients, sleep(), subprocesses, mail, queues, cloud and language model services), between the first SQL of a transaction and the commit, rollback or close that ends it. Of several in one transaction, the first is reported.",
		Why:     "A session keeps its connection from its first statement until the transaction ends, and a transaction keeps its locks. The pool has few connections: when the other service is slow, that many requests wait for it, and every further one fails with \"QueuePool limit reached\", also where it needs nothing of that service. Read first, end the transaction, call, and write in a transaction of its own.",
		Example: example,
		Instead: instead,
		Limits:  "Calls of functions that cannot be resolved, and of libraries that it does not know. A session that has only had add() holds no connection yet. After a commit the first read of an expired attribute takes one again, unless expire_on_commit is False.",
	},
	Check: check,
}
