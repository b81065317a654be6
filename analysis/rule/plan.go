package rule

import (
	"fmt"
	"slices"
	"strings"
)

// A Plan says what is wanted of one file: which rules are run, and how grave
// their findings are. It is immutable.
type Plan struct {
	on     []*Rule
	grades map[*Rule]Severity
	key    string
}

// NewPlan returns the plan that runs some rules. Findings of a rule that grades
// holds have the severity there, whatever the rule says; it is not Off. Both are
// the plan's from here on.
func NewPlan(on []*Rule, grades map[*Rule]Severity) *Plan {
	var key strings.Builder
	for _, r := range on {
		key.WriteString(r.Code)
		if s, ok := grades[r]; ok {
			fmt.Fprintf(&key, "=%s", s)
		}
		key.WriteByte(' ')
	}
	return &Plan{on: on, grades: grades, key: key.String()}
}

// Rules returns the rules that are run. The slice is the plan's.
func (p *Plan) Rules() []*Rule { return p.on }

// Runs reports whether a rule is run.
func (p *Plan) Runs(r *Rule) bool { return slices.Contains(p.on, r) }

// Severity returns what the findings of a rule are whose rule says s of them.
func (p *Plan) Severity(r *Rule, s Severity) Severity {
	if to, ok := p.grades[r]; ok {
		return to
	}
	return s
}

// Grade gives findings the severities that are wanted.
func (p *Plan) Grade(fs []Finding) {
	for n := range fs {
		fs[n].Severity = p.Severity(fs[n].Rule, fs[n].Severity)
	}
}

// Key tells plans apart: of two with the same key the findings are the same.
func (p *Plan) Key() string { return p.key }
