// Package rule says what is a defect. A rule reads the facts that the
// interpreter found out about a function and makes findings of them; it never
// walks a syntax tree.
package rule

import "sessionlint/analysis/session"

// Rule is one kind of defect, with its documentation.
type Rule struct {
	Code     string   // "SES101"
	Name     string   // "use-after-close"
	Severity Severity // Off for a rule that is not run unless it is asked for
	Since    string   // version that brought the rule
	Fixable  bool
	Doc      Doc

	// Covers holds the codes of the rules that have nothing to add where this
	// one reports: one cause has one finding.
	Covers []string

	// Check makes the findings of one function. Their spans count from the
	// start of the function's unit. It is nil for a rule that is not about
	// what functions do.
	Check func(*session.Facts) []Finding
}

// Reports returns the severity of the rule's findings that name none of their
// own. A rule that is off warns when it is asked for.
func (r *Rule) Reports() Severity {
	if r.Severity == Off {
		return Warning
	}
	return r.Severity
}

// Doc is a rule's page.
type Doc struct {
	Title    string // one line, lower case, no full stop
	What     string // what it does
	Why      string // why it is bad
	Language string // of the example; "" is Python
	Example  string // text that has the defect
	Instead  string // the same without it
	Limits   string // what it does not see
}
