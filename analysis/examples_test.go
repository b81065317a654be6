package analysis_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sessionlint/analysis"
	"sessionlint/analysis/rule/all"
)

// A line of an example that must carry a finding ends in "# want CODE", with
// the severity behind it where it is not the rule's own: "# want SES201 info".
var want = regexp.MustCompile(`# want (SES\d+(?: \w+)?(?:, SES\d+(?: \w+)?)*)`)

// TestExamples runs the rules over the examples that lie beside them: every
// marked line has exactly the marked findings, and no other line has any.
func TestExamples(t *testing.T) {
	files, err := filepath.Glob("rule/*/testdata/*.py")
	if err != nil || len(files) == 0 {
		t.Fatalf("no examples found: %v", err)
	}
	engine := analysis.NewEngine(all.Rules()...)
	for _, path := range files {
		t.Run(strings.TrimSuffix(strings.TrimPrefix(filepath.ToSlash(path), "rule/"), ".py"), func(t *testing.T) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(marked(string(text)), found(t, engine, string(text))); diff != "" {
				t.Errorf("findings differ (-want +got):\n%s", diff)
			}
		})
	}
}

func marked(text string) []string {
	var out []string
	for n, line := range strings.Split(text, "\n") {
		if m := want.FindStringSubmatch(line); m != nil {
			for f := range strings.SplitSeq(m[1], ", ") {
				if !strings.Contains(f, " ") {
					f += " " + ruleSeverity(f)
				}
				out = append(out, fmt.Sprintf("%d %s", n+1, f))
			}
		}
	}
	sort.Strings(out)
	return out
}

func ruleSeverity(code string) string {
	for _, r := range all.Rules() {
		if r.Code == code {
			return r.Severity.String()
		}
	}
	return "unknown rule"
}

func found(t *testing.T, e *analysis.Engine, text string) []string {
	t.Helper()
	s := e.Check("example.py", text)
	fs, err := s.Findings(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range fs {
		line, _ := s.File.Lines.Position(f.Span.Start)
		out = append(out, fmt.Sprintf("%d %s %s", line+1, f.Rule.Code, f.Severity))
		t.Logf("%d: %s: %s", line+1, f.Rule.Code, f.Message)
	}
	sort.Strings(out)
	return out
}
