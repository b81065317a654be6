package swalloweddatabaseerror

import "sessionlint/analysis/rule"

// Rule is SES207.
var Rule = &rule.Rule{Code: "SES207", Name: "swallowed-database-error", Severity: rule.Warning, Since: "0.2.0", Check: check}
