package unclosedsession

import "sessionlint/analysis/rule"

// Rule is SES102.
var Rule = &rule.Rule{Code: "SES102", Name: "unclosed-session", Severity: rule.Error, Since: "0.2.0", Check: check}
