package detachedaccess

import "sessionlint/analysis/rule"

// Rule is SES302.
var Rule = &rule.Rule{Code: "SES302", Name: "detached-access", Severity: rule.Error, Since: "0.2.0", Check: check}
