package sessionindefaultargument

import "sessionlint/analysis/rule"

// Rule is SES106.
var Rule = &rule.Rule{Code: "SES106", Name: "session-in-default-argument", Severity: rule.Error, Since: "0.2.0", Check: check}
