package suppress_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sessionlint/analysis"
	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/rule/all"
)

// A line that must have a finding ends in "# want CODE", one with a finding
// that is suppressed in "# hidden CODE".
var mark = regexp.MustCompile(`# (want|hidden) (SES\d+(?:, SES\d+)*)`)

func TestSuppressions(t *testing.T) {
	files, err := filepath.Glob("testdata/*.py")
	if err != nil || len(files) == 0 {
		t.Fatalf("no examples found: %v", err)
	}
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(marked(string(text)), found(t, analysis.NewEngine(all.Default()...), string(text))); diff != "" {
				t.Errorf("findings differ (-want +got):\n%s", diff)
			}
		})
	}
}

func marked(text string) []string {
	var out []string
	for n, line := range strings.Split(text, "\n") {
		for _, m := range mark.FindAllStringSubmatch(line, -1) {
			for code := range strings.SplitSeq(m[2], ", ") {
				out = append(out, fmt.Sprintf("%d %s %s", n+1, m[1], code))
			}
		}
	}
	slices.Sort(out)
	return out
}

// found returns what is left and what is suppressed, in the form of the marks.
func found(t *testing.T, e *analysis.Engine, text string) []string {
	t.Helper()
	s := e.Check("example.py", text)
	left, suppressed := split(t, s)
	var out []string
	add := func(kind string, fs []rule.Finding) {
		for _, f := range fs {
			out = append(out, fmt.Sprintf("%d %s %s", lineOf(s.File, f)+1, kind, f.Rule.Code))
		}
	}
	add("want", left)
	add("hidden", suppressed)
	slices.Sort(out)
	return out
}

func split(t interface {
	Helper()
	Fatal(...any)
}, s *analysis.Snapshot) (left, suppressed []rule.Finding) {
	t.Helper()
	left, err := s.Findings(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	suppressed, err = s.Suppressed(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return left, suppressed
}

func lineOf(f *python.File, d rule.Finding) int { return f.Lines.Of(d.Span.Start) }

const reads = `from sqlalchemy.orm import sessionmaker

from shop.db import engine

SessionMaker = sessionmaker(engine)


def read(query):
    with SessionMaker() as session:
        return session.scalars(query).all()  # %s
`

// TestMessages pins what is said of each kind of mistake, and where.
func TestMessages(t *testing.T) {
	for comment, want := range map[string]string{
		"sessionlint: ignore":                            "SES901 [# sessionlint: ignore] this comment suppresses nothing: nothing is found here",
		"sessionlint: ignore[SES101]":                    "SES901 [# sessionlint: ignore[SES101]] this comment suppresses nothing: SES101 is not found here",
		"sessionlint: ignore[SES101, multiple-commits]":  "SES901 [# sessionlint: ignore[SES101, multiple-commits]] this comment suppresses nothing: SES101 or multiple-commits is not found here",
		"sessionlint: ignore[]":                          "SES901 [# sessionlint: ignore[]] this comment suppresses nothing: its brackets name no rule",
		"sessionlint: ignore[SES101":                     "SES901 [# sessionlint: ignore[SES101] this comment suppresses nothing: its bracket is not closed",
		"sessionlint: ignore SES101":                     "SES901 [# sessionlint: ignore] this comment suppresses nothing: the rules have to stand in square brackets",
		"sessionlint: ignore=use-after-close":            "SES901 [# sessionlint: ignore] this comment suppresses nothing: the rules have to stand in square brackets",
		"sessionlint: ignore-file":                       "SES901 [# sessionlint: ignore-file] this comment suppresses nothing: for a file it has to stand on a line of its own that is not indented",
		"sessionlint: ignore[use-after-closed]":          "SES902 [use-after-closed] no rule is called `use-after-closed`; did you mean `use-after-close`?",
		"sessionlint: ignore[use_after_close]":           "SES902 [use_after_close] no rule is called `use_after_close`; did you mean `use-after-close`?",
		"sessionlint: ignore[E501]":                      "SES902 [E501] no rule is called `E501`",
		"sessionlint: ignore[SES101, E501]":              "SES901 [SES101] this comment suppresses nothing: SES101 is not found here\nSES902 [E501] no rule is called `E501`",
		"sessionlint: ignored":                           "",
		"sessionlint: the report is read once a day":     "",
		"sessionlint ignore":                             "",
		"sessionlint: ignore[unused-suppression]":        "",
		"noqa: SES101":                                   "",
		"sessionlint: ignore[E501, SES902]":              "",
		"sessionlint: ignore[E501] # noqa":               "SES902 [E501] no rule is called `E501`",
		"sessionlint: ignore[SES101] # noqa: SES901":     "",
		"sessionlint: ignore [SES101] it is not here":    "SES901 [# sessionlint: ignore [SES101]] this comment suppresses nothing: SES101 is not found here",
		"sessionlint: ignore-file[SES101] of the module": "SES901 [# sessionlint: ignore-file[SES101]] this comment suppresses nothing: for a file it has to stand on a line of its own that is not indented",
	} {
		s := analysis.NewEngine(all.Default()...).Check("shop.py", fmt.Sprintf(reads, comment))
		left, _ := split(t, s)
		var got []string
		for _, f := range left {
			got = append(got, fmt.Sprintf("%s [%s] %s", f.Rule.Code, s.File.Text[f.Span.Start:f.Span.End], f.Message))
			if f.Function != "read" || f.Severity != rule.Warning {
				t.Errorf("%s: the finding is a %s in %q", comment, f.Severity, f.Function)
			}
		}
		if diff := cmp.Diff(want, strings.Join(got, "\n")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", comment, diff)
		}
	}
}

// TestRulesThatAreNotRun checks that only what could have been found is called unused.
func TestRulesThatAreNotRun(t *testing.T) {
	for _, c := range []struct {
		comment string
		choice  rule.Choice
		want    []string
	}{
		{"sessionlint: ignore[SES101]", rule.Choice{Ignore: []string{"SES101"}}, nil},
		{"sessionlint: ignore[SES101]", rule.Choice{Ignore: []string{"SES201"}}, []string{"10 want SES901"}},
		{"sessionlint: ignore[SES101, SES201]", rule.Choice{Ignore: []string{"SES101"}}, []string{"10 want SES901"}},
		{"sessionlint: ignore", rule.Choice{Ignore: []string{"SES101"}}, nil},
		{"sessionlint: ignore", rule.Choice{Extend: []string{"ALL"}}, []string{"10 want SES901"}},
		{"sessionlint: ignore[SES101, E501]", rule.Choice{Ignore: []string{"SES9"}}, nil},
		{"sessionlint: ignore[SES101, E501]", rule.Choice{Select: []string{"SES1"}}, nil},
		{"sessionlint: ignore[SES101, E501]", rule.Choice{Select: []string{"SES902"}}, []string{"10 want SES902"}},
	} {
		on, err := rule.Choose(all.Rules(), c.choice)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, found(t, analysis.NewEngine(on...), fmt.Sprintf(reads, c.comment))); diff != "" {
			t.Errorf("%s with %v (-want +got):\n%s", c.comment, c.choice, diff)
		}
	}
}
