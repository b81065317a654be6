package dependencywithoutfinally

import "sessionlint/analysis/rule"

// Rule is SES104.
var Rule = &rule.Rule{Code: "SES104", Name: "dependency-without-finally", Severity: rule.Warning, Since: "0.2.0", Check: check}
