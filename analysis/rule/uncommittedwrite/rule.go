package uncommittedwrite

import "sessionlint/analysis/rule"

// Rule is SES206.
var Rule = &rule.Rule{Code: "SES206", Name: "uncommitted-write", Severity: rule.Error, Since: "0.2.0", Check: check}
