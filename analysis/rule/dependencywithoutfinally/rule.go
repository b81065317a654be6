// Package dependencywithoutfinally reports generators that lend out a session
// and do not close it where they are left by an exception.
package dependencywithoutfinally

import (
	_ "embed"

	"sessionlint/analysis/rule"
)

//go:embed example.py
var example string

//go:embed instead.py
var instead string

// Rule is SES104.
var Rule = &rule.Rule{
	Code:     "SES104",
	Name:     "dependency-without-finally",
	Severity: rule.Warning,
	Since:    "0.2.0",
	Fixable:  true,
	Doc: rule.Doc{
		Title:   "a generator closes its session only if nothing goes wrong",
		What:    "Reports a generator, such as a FastAPI dependency or a @contextmanager function, that yields a session of its own and closes it behind the yield without try/finally or with.",
		Why:     "Whoever runs the generator throws the error of the request, or of the with block, in at the yield: what stands behind it never runs. Nor does it where the consumer stops early. The session stays open with its connection until the garbage collector finds it, exactly on the requests that failed.",
		Example: example,
		Instead: instead,
		Limits:  "Fixtures of pytest, which resumes them whether the test passed or not; generators that yield something else than the session; a session that was handed to the generator, which is its caller's to close.",
	},
	Check: check,
}
