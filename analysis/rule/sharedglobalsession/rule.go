package sharedglobalsession

import "sessionlint/analysis/rule"

// Rule is SES107.
var Rule = &rule.Rule{Code: "SES107", Name: "shared-global-session", Severity: rule.Warning, Since: "0.2.0", Check: check}
