package resultafterclose

import "sessionlint/analysis/rule"

// Rule is SES301.
var Rule = &rule.Rule{Code: "SES301", Name: "result-after-close", Severity: rule.Error, Since: "0.2.0", Check: check}
