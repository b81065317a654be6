package quickfix_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"sessionlint/analysis"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/rule/all"
	"sessionlint/quickfix"
	"sessionlint/quickfix/edit"
)

// TestSuppressions reads archives of a file, before.py, and of what the comments
// for the first finding of use-after-close make of it: line.py and file.py.
func TestSuppressions(t *testing.T) {
	paths, err := filepath.Glob("testdata/suppress/comments/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			want := map[string]string{}
			for _, f := range a.Files {
				want[f.Name] = string(f.Data)
			}
			before := want["before.py"]
			for _, how := range []struct {
				name       string
				apply, not func(string) string
			}{
				{"as it is", same, same},
				{"crlf", func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }, func(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }},
				{"cr", func(s string) string { return strings.ReplaceAll(s, "\n", "\r") }, func(s string) string { return strings.ReplaceAll(s, "\r", "\n") }},
				{"byte order mark", func(s string) string { return "\ufeff" + s }, func(s string) string { return strings.TrimPrefix(s, "\ufeff") }},
			} {
				s := analysis.NewEngine(all.Default()...).Check("page.py", how.apply(before))
				fixes, err := quickfix.Suppressions(context.Background(), s, first(t, s, "SES101"))
				if err != nil {
					t.Fatal(err)
				}
				got := map[string]string{"before.py": before}
				for _, f := range fixes {
					name := "line.py"
					if f.Title == "Ignore SES101 in this file" {
						name = "file.py"
					} else if f.Title != "Ignore SES101 for this line" {
						t.Errorf("title %q", f.Title)
					}
					if f.Preferred {
						t.Errorf("%q is preferred", f.Title)
					}
					got[name] = how.not(edit.Apply(s.File.Text, f.Edits))
				}
				if os.Getenv("UPDATE") != "" && how.name == "as it is" {
					writeSuppressed(t, path, a.Comment, got)
					return
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s:\n%s", how.name, diff)
				}
			}
		})
	}
}

func same(s string) string { return s }

func writeSuppressed(t *testing.T, path string, words []byte, files map[string]string) {
	t.Helper()
	a := &txtar.Archive{Comment: words}
	for _, name := range []string{"before.py", "line.py", "file.py"} {
		if text, ok := files[name]; ok {
			a.Files = append(a.Files, txtar.File{Name: name, Data: []byte(text)})
		}
	}
	if err := os.WriteFile(path, txtar.Format(a), 0o644); err != nil {
		t.Fatal(err)
	}
}

func first(t *testing.T, s *analysis.Snapshot, code string) rule.Finding {
	t.Helper()
	found, err := s.Findings(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	n := slices.IndexFunc(found, func(f rule.Finding) bool { return f.Rule.Code == code })
	if n < 0 {
		t.Fatalf("no %s among %v", code, found)
	}
	return found[n]
}

// TestEveryFindingCanBeSuppressed takes the findings of the rules' own examples.
func TestEveryFindingCanBeSuppressed(t *testing.T) {
	paths, err := filepath.Glob("../analysis/rule/*/testdata/*.py")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	tried := 0
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		s := analysis.NewEngine(all.Rules()...).Check(path, string(text))
		found, err := s.Findings(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		done := map[string]bool{}
		for _, f := range found {
			if done[f.Rule.Code] {
				continue // one of each kind in a file: they take time
			}
			done[f.Rule.Code] = true
			tried++
			fixes, err := quickfix.Suppressions(context.Background(), s, f)
			if err != nil {
				t.Fatal(err)
			}
			if len(fixes) != 2 {
				t.Errorf("%s:%d: %s has %d suppressions", path, s.File.Lines.Of(f.Span.Start)+1, f.Rule.Code, len(fixes))
			}
		}
	}
	t.Logf("%d findings of %d files", tried, len(paths))
}
