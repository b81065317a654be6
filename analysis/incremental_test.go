package analysis_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sessionlint/analysis"
	"sessionlint/analysis/python"
	"sessionlint/analysis/rule/all"
)

// TestFindingsAfterEditsAreThoseOfAFreshRun edits a file at random and compares
// what the document finds with what a run over the same text finds.
func TestFindingsAfterEditsAreThoseOfAFreshRun(t *testing.T) {
	engine := analysis.NewEngine(all.Default()...)
	rapid.Check(t, func(t *rapid.T) {
		d := engine.Open("service.py", service(60))
		defer d.Close()
		for range rapid.IntRange(1, 12).Draw(t, "edits") {
			text := d.Snapshot().File.Text
			start := rapid.IntRange(0, len(text)).Draw(t, "start")
			end := min(len(text), start+rapid.SampledFrom([]int{0, 0, 1, 7, 90}).Draw(t, "length"))
			piece := rapid.SampledFrom(pieces).Draw(t, "new")
			if err := d.Edit(python.Edit{Start: start, End: end, New: piece}); err != nil {
				t.Fatal(err)
			}
			if rapid.Bool().Draw(t, "look") {
				compare(t, engine, d.Snapshot())
			}
		}
		compare(t, engine, d.Snapshot())
	})
}

var pieces = []string{
	"", "x", "\n", "    ", "session.execute(q)\n", "\n    session.commit()\n", "def f():\n", "\"\"\"", "(", ")", "# c\n",
	"SessionMaker = None\n", "\n\nfrom sqlalchemy.orm import Session as SessionMaker\n", "\nclass A:\n", "with SessionMaker() as session:\n",
	"  # noqa", "# sessionlint: ignore\n", "# sessionlint: ignore[SES101]", "\n# sessionlint: ignore-file\n", "    # sessionlint: ignore[SES20]\n",
}

func compare(t *rapid.T, e *analysis.Engine, s *analysis.Snapshot) {
	if diff := cmp.Diff(listed(e.Check(s.Path, s.File.Text)), listed(s)); diff != "" {
		t.Fatalf("findings differ from a fresh run's (-fresh +edited):\n%s\ntext:\n%s", diff, s.File.Text)
	}
}

func listed(s *analysis.Snapshot) []string {
	fs, _ := s.Findings(context.Background())
	var out []string
	for _, f := range fs {
		var b strings.Builder
		fmt.Fprintf(&b, "%d-%d %s %s %s %s", f.Span.Start, f.Span.End, f.Rule.Code, f.Severity, f.Function, f.Message)
		for _, r := range f.Related {
			fmt.Fprintf(&b, "\n  %d-%d %s", r.Span.Start, r.Span.End, r.Message)
		}
		out = append(out, b.String())
	}
	return out
}

// TestEditWithinAFunctionInterpretsThatFunctionAlone holds the engine to what it
// promises: the facts of all other units are the very same ones.
func TestEditWithinAFunctionInterpretsThatFunctionAlone(t *testing.T) {
	ctx := context.Background()
	d := analysis.NewEngine(all.Default()...).Open("service.py", service(300))
	defer d.Close()
	before := d.Snapshot()
	if findings(t, before) == 0 {
		t.Fatal("the file has no findings")
	}
	at := strings.Index(before.File.Text, "rename_7(")
	at += strings.Index(before.File.Text[at:], "strip")
	if err := d.Edit(python.Edit{Start: at, End: at, New: "l"}); err != nil {
		t.Fatal(err)
	}
	after := d.Snapshot()
	findings(t, after)
	changed := 0
	for n := range after.File.Units {
		old, _ := before.Facts(ctx, n)
		now, _ := after.Facts(ctx, n)
		if len(now) > 0 && (len(old) == 0 || old[0] != now[0]) {
			changed++
			if at < after.File.Units[n].Start || at > after.File.Units[n].End {
				t.Errorf("unit %d was interpreted again", n)
			}
		}
	}
	if changed != 1 {
		t.Errorf("%d units were interpreted again, want 1", changed)
	}
}
