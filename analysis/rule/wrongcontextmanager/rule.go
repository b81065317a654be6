package wrongcontextmanager

import "sessionlint/analysis/rule"

// Rule is SES402.
var Rule = &rule.Rule{Code: "SES402", Name: "wrong-context-manager", Severity: rule.Error, Since: "0.2.0", Check: check}
