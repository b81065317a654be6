package sessionsharedacrosstasks

import "sessionlint/analysis/rule"

// Rule is SES403.
var Rule = &rule.Rule{Code: "SES403", Name: "session-shared-across-tasks", Severity: rule.Error, Since: "0.2.0", Check: check}
