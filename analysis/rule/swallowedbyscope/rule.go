package swallowedbyscope

import "sessionlint/analysis/rule"

// Rule is SES212.
var Rule = &rule.Rule{Code: "SES212", Name: "swallowed-by-scope", Severity: rule.Warning, Since: "0.2.0", Check: check}
