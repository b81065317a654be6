package implicitioinasync

import "sessionlint/analysis/rule"

// Rule is SES303.
var Rule = &rule.Rule{Code: "SES303", Name: "implicit-io-in-async", Severity: rule.Error, Since: "0.2.0", Check: check}
