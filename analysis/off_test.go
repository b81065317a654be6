package analysis_test

import (
	"context"
	"testing"

	"sessionlint/analysis"
	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

// TestARuleThatIsOffWarnsWhereItIsRun gives the engine a rule that is off by
// default, which is to select it.
func TestARuleThatIsOffWarnsWhereItIsRun(t *testing.T) {
	habit := &rule.Rule{Code: "TST001", Name: "habit", Severity: rule.Off, Check: func(*session.Facts) []rule.Finding {
		return []rule.Finding{{Message: "a habit", Span: python.Span{Start: 0, End: 3}}, {Message: "a bad one", Severity: rule.Error}}
	}}
	if on, err := rule.Choose([]*rule.Rule{habit}, rule.Choice{}); err != nil || len(on) > 0 {
		t.Errorf("without being selected %d rules are run: %v", len(on), err)
	}
	on, err := rule.Choose([]*rule.Rule{habit}, rule.Choice{Extend: []string{"Habit"}})
	if err != nil {
		t.Fatal(err)
	}
	fs, err := analysis.NewEngine(on...).Check("habits.py", "from sqlalchemy.orm import Session\n\ndef f(session: Session):\n    session.commit()\n").Findings(context.Background())
	if err != nil || len(fs) != 2 {
		t.Fatalf("%d findings, want 2: %v", len(fs), err)
	}
	for _, f := range fs {
		want := rule.Warning
		if f.Message == "a bad one" {
			want = rule.Error
		}
		if f.Severity != want {
			t.Errorf("%s is a %s, want %s", f.Message, f.Severity, want)
		}
	}
}
