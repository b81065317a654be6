package analysis_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sessionlint/analysis"
	"sessionlint/analysis/rule"
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
	for _, path := range files {
		t.Run(strings.TrimSuffix(strings.TrimPrefix(filepath.ToSlash(path), "rule/"), ".py"), func(t *testing.T) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(marked(string(text)), found(t, engineFor(path), string(text))); diff != "" {
				t.Errorf("findings differ (-want +got):\n%s", diff)
			}
		})
	}
}

// engineFor returns the engine that the examples of a rule are for: the rules
// that are on by default, and that one.
func engineFor(path string) *analysis.Engine {
	return analysis.NewEngine(slices.DeleteFunc(all.Rules(), func(r *rule.Rule) bool {
		return r.Severity == rule.Off && !strings.Contains(filepath.ToSlash(path), "rule/"+folder(r)+"/")
	})...)
}

// folder returns the name of a rule's folder.
func folder(r *rule.Rule) string { return strings.ReplaceAll(r.Name, "-", "") }

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
			return r.Reports().String()
		}
	}
	return "unknown rule"
}

func found(t *testing.T, e *analysis.Engine, text string) []string {
	t.Helper()
	return foundIn(t, e, "example.py", text)
}

// TestDocs checks what the rules say about themselves: the example has the
// rule's finding, what to write instead has none.
func TestDocs(t *testing.T) {
	// What the examples leave out, as readers know it.
	const preamble = `from sqlalchemy import func, select
from sqlalchemy.orm import sessionmaker

from app.db import engine
from app.models import Event, Task, Worker

SessionMaker = sessionmaker(engine)


`
	for _, r := range all.Rules() {
		if r.Doc.Language != "" {
			continue // who finds its defects tries its examples
		}
		t.Run(r.Code, func(t *testing.T) {
			engine := engineFor("rule/" + folder(r) + "/example.py")
			got := found(t, engine, preamble+r.Doc.Example)
			if len(got) != 1 || !strings.HasSuffix(got[0], " "+r.Code+" "+r.Reports().String()) {
				t.Errorf("the example has the findings %q, want one of %s", got, r.Code)
			}
			if got := found(t, engine, preamble+r.Doc.Instead); len(got) != 0 {
				t.Errorf("what is to be written instead has the findings %q", got)
			}
		})
	}
}

// TestRulesAreDocumented checks that every rule is complete and told apart from
// the others.
func TestRulesAreDocumented(t *testing.T) {
	codes, names := map[string]bool{}, map[string]bool{}
	for _, r := range all.Rules() {
		for part, text := range map[string]string{
			"name": r.Name, "version": r.Since, "title": r.Doc.Title, "what": r.Doc.What, "why": r.Doc.Why,
			"example": r.Doc.Example, "instead": r.Doc.Instead, "limits": r.Doc.Limits,
		} {
			if strings.TrimSpace(text) == "" {
				t.Errorf("%s has no %s", r.Code, part)
			}
		}
		if !regexp.MustCompile(`^SES\d{3}$`).MatchString(r.Code) || codes[r.Code] {
			t.Errorf("the code %q is not one, or stands twice", r.Code)
		}
		if !regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`).MatchString(r.Name) || names[r.Name] {
			t.Errorf("the name %q is not one, or stands twice", r.Name)
		}
		if title := r.Doc.Title; title != strings.ToLower(title) || strings.HasSuffix(title, ".") || strings.Contains(title, "\n") {
			t.Errorf("the title %q of %s is not one line in lower case without a full stop", title, r.Code)
		}
		codes[r.Code], names[r.Name] = true, true
		if files, _ := filepath.Glob("rule/" + folder(r) + "/testdata/*.py"); len(files) == 0 && r.Doc.Language == "" {
			t.Errorf("%s has no testdata", r.Code)
		}
		for _, kind := range []string{"defect", "clean"} {
			if files, _ := filepath.Glob("rule/" + folder(r) + "/proof/" + kind + "_*.py"); len(files) == 0 && r.Check != nil {
				t.Errorf("%s has no proof of a %s program", r.Code, kind)
			}
		}
	}
}
