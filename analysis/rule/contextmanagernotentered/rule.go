package contextmanagernotentered

import "sessionlint/analysis/rule"

// Rule is SES112.
var Rule = &rule.Rule{Code: "SES112", Name: "context-manager-not-entered", Severity: rule.Error, Since: "0.2.0", Check: check}
