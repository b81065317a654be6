package discardedsession

import "sessionlint/analysis/rule"

// Rule is SES103.
var Rule = &rule.Rule{Code: "SES103", Name: "discarded-session", Severity: rule.Error, Since: "0.2.0", Check: check}
