package config

import (
	"sessionlint/analysis/rule"
	"sessionlint/analysis/rule/invalidconfiguration"
)

// Report is the findings in one configuration file.
type Report struct {
	Path     string
	Text     string // the spans of the findings count its bytes
	Findings []rule.Finding
}

// Findings returns the mistakes as findings of invalid-configuration, where the
// settings of their files want that rule. The files are sorted by path.
func (l *Loader) Findings() []Report {
	var out []Report
	for _, m := range l.Mistakes() {
		r := invalidconfiguration.Rule
		plan := l.Plan(m.Path)
		if !plan.Runs(r) {
			continue
		}
		if len(out) == 0 || out[len(out)-1].Path != m.Path {
			out = append(out, Report{Path: m.Path, Text: m.Text})
		}
		last := &out[len(out)-1]
		last.Findings = append(last.Findings, rule.Finding{
			Rule: r, Severity: plan.Severity(r, r.Reports()), Message: m.Message, Span: m.Span,
		})
	}
	return out
}
