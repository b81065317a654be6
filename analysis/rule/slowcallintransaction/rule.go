package slowcallintransaction

import "sessionlint/analysis/rule"

// Rule is SES210.
var Rule = &rule.Rule{Code: "SES210", Name: "slow-call-in-transaction", Severity: rule.Warning, Since: "0.2.0", Check: check}
