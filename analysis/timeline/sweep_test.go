package timeline_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sessionlint/analysis"
	"sessionlint/analysis/rule/all"
	"sessionlint/analysis/session"
	"sessionlint/analysis/timeline"
)

// TestSweep tells the lives in all examples of the rules: each is in the order of
// the page, stands where the source has it, agrees with how the interpreter says
// that it ends, and is the same every time.
func TestSweep(t *testing.T) {
	files, err := filepath.Glob("../rule/*/testdata/*.py")
	if err != nil || len(files) < 50 {
		t.Fatalf("%d examples: %v", len(files), err)
	}
	lives := 0
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		first, again := sweep(t, path, string(text)), sweep(t, path, string(text))
		if diff := cmp.Diff(first, again, cmpopts.IgnoreUnexported(timeline.Life{})); diff != "" {
			t.Errorf("%s: two runs differ:\n%s", path, diff)
		}
		lives += len(first)
	}
	if lives < 1000 {
		t.Errorf("only %d lives were told", lives)
	}
}

var variable = regexp.MustCompile(`^[\pL_][\pL\pN_]*(\s*\.\s*[\pL_][\pL\pN_]*)*$`)

func sweep(t *testing.T, path, text string) []timeline.Life {
	t.Helper()
	s := analysis.NewEngine(all.Rules()...).Check(path, text)
	var out []timeline.Life
	for n, unit := range s.File.Units {
		facts, err := s.Facts(context.Background(), n)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range facts {
			for _, l := range timeline.Of(f) {
				for _, p := range l.Places {
					if at := unit.Abs(p.Site); !variable.MatchString(s.File.Text[at.Start:at.End]) {
						t.Errorf("%s: %s: a place is %q", path, f.Name, s.File.Text[at.Start:at.End])
					}
				}
				check(t, path, f, l)
				out = append(out, l)
			}
		}
	}
	return out
}

func check(t *testing.T, path string, f *session.Facts, l timeline.Life) {
	t.Helper()
	if !sort.SliceIsSorted(l.Steps, func(a, b int) bool { return l.Steps[a].At < l.Steps[b].At }) {
		t.Errorf("%s: %s: the steps of %s are not in order: %+v", path, f.Name, l.Name, l.Steps)
	}
	has := map[timeline.Kind]bool{}
	for _, s := range l.Steps {
		has[s.Kind] = true
		if l.Tell(s) == "" || s.At < s.Site.Start {
			t.Errorf("%s: %s: a step is %+v", path, f.Name, s)
		}
	}
	if has[timeline.Opened] == has[timeline.HandedIn] || l.Owned && !has[timeline.Opened] {
		t.Errorf("%s: %s: %s has no beginning: %+v", path, f.Name, l.Name, l.Steps)
	}
	for _, e := range f.Ends {
		switch {
		case e.Session.Made != l.Made:
		case e.Session.NCommits > 0 && !has[timeline.Committed]:
			t.Errorf("%s: %s: the commit of %s is missing: %+v", path, f.Name, l.Name, l.Steps)
		case e.Session.Life == session.Closed && !has[timeline.Closed]:
			t.Errorf("%s: %s: the close of %s is missing: %+v", path, f.Name, l.Name, l.Steps)
		}
	}
}
