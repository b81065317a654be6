// Package invalidconfiguration describes the rule about mistakes in configuration
// files. Package config, which reads them, finds the mistakes.
package invalidconfiguration

import (
	_ "embed"

	"sessionlint/analysis/rule"
)

//go:embed example.toml
var example string

//go:embed instead.toml
var instead string

// Rule is SES903.
var Rule = &rule.Rule{
	Code:     "SES903",
	Name:     "invalid-configuration",
	Severity: rule.Warning,
	Since:    "0.3.0",
	Doc: rule.Doc{
		Title:    "a configuration file has a mistake",
		What:     "Reports what sessionlint cannot use in `sessionlint.toml`, `.sessionlint.toml` and the section `[tool.sessionlint]` of `pyproject.toml`: settings and rules that do not exist, values of the wrong kind, text that is not TOML, and files that are not read because another one stands above them.",
		Why:      "What was meant is not in force: findings are missing, or come that nobody wanted. Everything else in the file counts all the same, so nobody notices.",
		Language: "toml",
		Example:  example,
		Instead:  instead,
		Limits:   "names of functions that do not exist in the project, and globs that match no file.",
	},
}
