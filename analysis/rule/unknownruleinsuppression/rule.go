// Package unknownruleinsuppression describes the rule about comments that
// suppress a rule which does not exist. Package suppress, which reads the
// comments, makes its findings.
package unknownruleinsuppression

import (
	_ "embed"

	"sessionlint/analysis/rule"
)

//go:embed example.py
var example string

//go:embed instead.py
var instead string

// Rule is SES902.
var Rule = &rule.Rule{
	Code:     "SES902",
	Name:     "unknown-rule-in-suppression",
	Severity: rule.Warning,
	Since:    "0.2.0",
	Doc: rule.Doc{
		Title:   "a comment suppresses a rule that does not exist",
		What:    "Reports each word in the brackets of a `# sessionlint: ignore[…]` or `# sessionlint: ignore-file[…]` that is neither the code nor the name of a rule, and says which one it is most like.",
		Why:     "A misspelt name suppresses nothing: what it was meant for is still reported, or was never there.",
		Example: example,
		Instead: instead,
		Limits:  "`# noqa`, where other tools have codes of their own.",
	},
}
