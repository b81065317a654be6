package commitinloop

import "sessionlint/analysis/rule"

// Rule is SES202.
var Rule = &rule.Rule{Code: "SES202", Name: "commit-in-loop", Severity: rule.Info, Since: "0.2.0", Check: check}
