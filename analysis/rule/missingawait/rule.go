package missingawait

import "sessionlint/analysis/rule"

// Rule is SES401.
var Rule = &rule.Rule{Code: "SES401", Name: "missing-await", Severity: rule.Error, Since: "0.2.0", Check: check}
