package quickfix_test

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
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

var update = flag.Bool("update", false, "write what the fixes do into testdata; read it before you commit it")

// kinds says which rule's findings the goldens of a folder are about, where the
// folder is not called as the rule is.
var kinds = map[string]string{"move": "SES101", "collapse": "SES201"}

// A golden is one file of testdata: before.py, and what the fix of its first
// finding makes of it, after.py. Above them stand words for the reader, and
//
//	title: what the fix is called
//	safety: safe, or unsafe
//	refused: why there is no fix, in place of the above and of after.py
//	text: crlf: how the lines of both files end;
//	      no-newline: how both end, or no-newline-before: how before.py ends
//	more: how many findings of the rule are left, where there is one left
//	fix: which of several fixes it is about, from 1
type golden struct {
	path          string
	words         []string
	fields        map[string]string
	before, after string
}

func readGolden(t *testing.T, path string) *golden {
	t.Helper()
	a, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	g := &golden{path: path, fields: map[string]string{}}
	for line := range strings.Lines(string(a.Comment)) {
		line = strings.TrimSpace(line)
		switch key, value, _ := strings.Cut(line, ": "); key {
		case "title", "safety", "refused", "text", "more", "fix":
			g.fields[key] = value
		default:
			g.words = append(g.words, line)
		}
	}
	for _, f := range a.Files {
		switch f.Name {
		case "before.py":
			g.before = g.ends(f)
		case "after.py":
			g.after = g.ends(f)
		default:
			t.Fatalf("%s: there is no use for a file %s", path, f.Name)
		}
	}
	if g.before == "" || strings.Join(g.words, "") == "" {
		t.Fatalf("%s has no before.py, or no words", path)
	}
	return g
}

// ends gives a file the line ends that the golden is about.
func (g *golden) ends(f txtar.File) string {
	text, how := string(f.Data), g.fields["text"]
	switch {
	case how == "crlf":
		return strings.ReplaceAll(text, "\n", "\r\n")
	case how == "no-newline", how == "no-newline-before" && f.Name == "before.py":
		return strings.TrimSuffix(text, "\n")
	}
	return text
}

// write puts what the fix did into the file.
func (g *golden) write(t *testing.T, title, safety, refused, after string, more int) {
	t.Helper()
	var b strings.Builder
	b.WriteString(strings.TrimSpace(strings.Join(g.words, "\n")) + "\n\n")
	field := func(key, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", key, value)
		}
	}
	field("title", title)
	field("safety", safety)
	field("refused", refused)
	field("text", g.fields["text"])
	field("fix", g.fields["fix"])
	if more > 0 {
		field("more", fmt.Sprint(more))
	}
	lf := func(text string) []byte {
		text = strings.ReplaceAll(text, "\r\n", "\n")
		return []byte(strings.TrimSuffix(text, "\n") + "\n")
	}
	a := &txtar.Archive{Comment: []byte(b.String()), Files: []txtar.File{{Name: "before.py", Data: lf(g.before)}}}
	if refused == "" {
		a.Files = append(a.Files, txtar.File{Name: "after.py", Data: lf(after)})
	}
	if err := os.WriteFile(g.path, txtar.Format(a), 0o644); err != nil {
		t.Fatal(err)
	}
}

func goldens(t *testing.T) []*golden {
	t.Helper()
	var out []*golden
	files, err := filepath.Glob("testdata/*/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no goldens: %v", err)
	}
	for _, path := range files {
		out = append(out, readGolden(t, path))
	}
	return out
}

func (g *golden) name() string {
	kind, file := filepath.Split(g.path)
	return filepath.Base(kind) + "/" + strings.TrimSuffix(file, ".txtar")
}

// code returns the rule that the golden is about.
func (g *golden) code() string {
	folder := filepath.Base(filepath.Dir(g.path))
	if code, ok := kinds[folder]; ok {
		return code
	}
	for _, r := range all.Rules() {
		if r.Called(folder) {
			return r.Code
		}
	}
	return ""
}

// TestGoldens compares what the fixes make of the goldens to the byte.
func TestGoldens(t *testing.T) {
	for _, g := range goldens(t) {
		t.Run(g.name(), func(t *testing.T) {
			rules, err := rule.Choose(all.Rules(), rule.Choice{Extend: []string{g.code()}})
			if err != nil {
				t.Fatal(err)
			}
			engine := analysis.NewEngine(rules...)
			s := engine.Check("golden.py", g.before)
			found := findings(t, s, g.code())
			if len(found) == 0 {
				t.Fatalf("%s is not found in before.py", g.code())
			}
			fixes, refused := fixesOf(t, s, found[0])
			if len(fixes) == 0 {
				if *update {
					g.write(t, "", "", refused, "", 0)
				} else if refused != g.fields["refused"] {
					t.Errorf("there is no fix: %s; want %q", refused, g.fields["refused"]+g.fields["title"])
				}
				return
			}
			fix := fixes[0]
			if n, err := strconv.Atoi(g.fields["fix"]); err == nil {
				if n > len(fixes) {
					t.Fatalf("there are %d fixes", len(fixes))
				}
				fix = fixes[n-1]
			}
			after := edit.Apply(g.before, fix.Edits)
			fixed := engine.Check("golden.py", after)
			left := findings(t, fixed, g.code())
			safety := map[bool]string{true: "safe", false: "unsafe"}[fix.Safe]
			if *update {
				g.write(t, fix.Title, safety, "", after, len(left))
				return
			}
			if diff := cmp.Diff(g.after, after); diff != "" {
				t.Errorf("the fix does not make after.py (-want +got):\n%s", diff)
			}
			if fix.Title != g.fields["title"] || safety != g.fields["safety"] {
				t.Errorf("the fix is %s: %q, want %s: %q", safety, fix.Title, g.fields["safety"], g.fields["title"])
			}
			if more := g.fields["more"]; more == "" && len(left) > 0 || more != "" && more != fmt.Sprint(len(left)) {
				t.Errorf("after the fix %d findings of %s are left, want %q", len(left), g.code(), more)
			}
		})
	}
}

// findings returns the findings of one rule, or of all if code is "".
func findings(t *testing.T, s *analysis.Snapshot, code string) []rule.Finding {
	t.Helper()
	fs, err := s.Findings(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var out []rule.Finding
	for _, f := range fs {
		if code == "" && f.Rule.Fixable || f.Rule.Code == code {
			out = append(out, f)
		}
	}
	return out
}

// fixesOf returns the fixes of a finding; if there are none, the reason that the
// log gives.
func fixesOf(t *testing.T, s *analysis.Snapshot, f rule.Finding) (fixes []quickfix.Fix, reason string) {
	t.Helper()
	var log reasons
	defer slog.SetDefault(slog.Default())
	slog.SetDefault(slog.New(&log))
	fixes, err := quickfix.For(context.Background(), s, f)
	if err != nil {
		t.Fatal(err)
	}
	if len(fixes) == 0 {
		reason = strings.Join(log, "; ")
	}
	return fixes, reason
}

// reasons is a log of which only the reasons are kept.
type reasons []string

func (*reasons) Enabled(context.Context, slog.Level) bool { return true }
func (l *reasons) WithAttrs([]slog.Attr) slog.Handler     { return l }
func (l *reasons) WithGroup(string) slog.Handler          { return l }

func (l *reasons) Handle(_ context.Context, r slog.Record) error {
	r.Attrs(func(a slog.Attr) bool {
		if a.Key == "reason" {
			*l = append(*l, a.Value.String())
		}
		return true
	})
	return nil
}
