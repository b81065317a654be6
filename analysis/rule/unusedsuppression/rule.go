// Package unusedsuppression describes the rule about comments that suppress
// nothing. Package suppress, which reads the comments, makes its findings.
package unusedsuppression

import (
	_ "embed"

	"sessionlint/analysis/rule"
)

//go:embed example.py
var example string

//go:embed instead.py
var instead string

// Rule is SES901.
var Rule = &rule.Rule{
	Code:     "SES901",
	Name:     "unused-suppression",
	Severity: rule.Warning,
	Since:    "0.2.0",
	Doc: rule.Doc{
		Title:   "a comment suppresses findings that are not there",
		What:    "Reports a `# sessionlint: ignore` or `# sessionlint: ignore-file` that suppresses no finding, and each rule in its brackets that is not found there.",
		Why:     "What the comment was written for is gone, or it stands in the wrong place. Left alone it hides the next defect that somebody makes there.",
		Example: example,
		Instead: instead,
		Limits:  "`# noqa`, which other tools read too; rules that are not run, and comments without brackets if not all of the default rules are; functions that do not parse.",
	},
}
