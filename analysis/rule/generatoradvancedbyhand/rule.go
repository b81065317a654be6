package generatoradvancedbyhand

import "sessionlint/analysis/rule"

// Rule is SES105.
var Rule = &rule.Rule{Code: "SES105", Name: "generator-advanced-by-hand", Severity: rule.Error, Since: "0.2.0", Check: check}
