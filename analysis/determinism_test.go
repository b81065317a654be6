package analysis_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sessionlint/analysis"
	"sessionlint/analysis/rule/all"
)

// TestFindingsAreTheSameEveryTime analyses the examples over and over, each time
// anew: places, messages and witnesses do not depend on the order of any map.
func TestFindingsAreTheSameEveryTime(t *testing.T) {
	files, err := filepath.Glob("rule/*/testdata/*.py")
	if err != nil || len(files) == 0 {
		t.Fatalf("no examples found: %v", err)
	}
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		first := told(t, path, string(text))
		for range 3 {
			if diff := cmp.Diff(first, told(t, path, string(text))); diff != "" {
				t.Fatalf("%s: two runs differ (-first +later):\n%s", path, diff)
			}
		}
	}
}

// told returns all that a user is told about a file.
func told(t *testing.T, path, text string) []string {
	t.Helper()
	s := analysis.NewEngine(all.Rules()...).Check(path, text)
	fs, err := s.Findings(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	place := func(offset int) int { l, _ := s.File.Lines.Position(offset); return l + 1 }
	for _, f := range fs {
		out = append(out, fmt.Sprintln(f.Rule.Code, f.Severity, place(f.Span.Start), f.Message))
		for _, r := range f.Related {
			out = append(out, fmt.Sprintln(place(r.Span.Start), r.Message))
		}
	}
	return out
}
