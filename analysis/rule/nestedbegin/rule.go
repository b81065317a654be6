package nestedbegin

import "sessionlint/analysis/rule"

// Rule is SES204.
var Rule = &rule.Rule{Code: "SES204", Name: "nested-begin", Severity: rule.Error, Since: "0.2.0", Check: check}
