package useafterendinsidebegin

import "sessionlint/analysis/rule"

// Rule is SES205.
var Rule = &rule.Rule{Code: "SES205", Name: "use-after-end-inside-begin", Severity: rule.Error, Since: "0.2.0", Check: check}
