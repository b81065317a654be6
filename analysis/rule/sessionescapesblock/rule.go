package sessionescapesblock

import "sessionlint/analysis/rule"

// Rule is SES108.
var Rule = &rule.Rule{Code: "SES108", Name: "session-escapes-block", Severity: rule.Error, Since: "0.2.0", Check: check}
