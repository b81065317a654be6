package handlederrorinbeginblock

import "sessionlint/analysis/rule"

// Rule is SES208.
var Rule = &rule.Rule{Code: "SES208", Name: "handled-error-in-begin-block", Severity: rule.Info, Since: "0.2.0", Check: check}
