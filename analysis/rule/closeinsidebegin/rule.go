package closeinsidebegin

import "sessionlint/analysis/rule"

// Rule is SES211.
var Rule = &rule.Rule{Code: "SES211", Name: "close-inside-begin", Severity: rule.Error, Since: "0.2.0", Check: check}
