package storedsessionneverclosed

import "sessionlint/analysis/rule"

// Rule is SES110.
var Rule = &rule.Rule{Code: "SES110", Name: "stored-session-never-closed", Severity: rule.Warning, Since: "0.2.0", Check: check}
