package beginafterautobegin

import "sessionlint/analysis/rule"

// Rule is SES203.
var Rule = &rule.Rule{Code: "SES203", Name: "begin-after-autobegin", Severity: rule.Error, Since: "0.2.0", Check: check}
