package needlessawait

import "sessionlint/analysis/rule"

// Rule is SES405.
var Rule = &rule.Rule{Code: "SES405", Name: "needless-await", Severity: rule.Error, Since: "0.2.0", Check: check}
