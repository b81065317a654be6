package unclosedconnection

import "sessionlint/analysis/rule"

// Rule is SES109.
var Rule = &rule.Rule{Code: "SES109", Name: "unclosed-connection", Severity: rule.Error, Since: "0.2.0", Check: check}
