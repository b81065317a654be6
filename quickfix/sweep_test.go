package quickfix_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sessionlint/analysis"
	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/rule/all"
	"sessionlint/quickfix"
	"sessionlint/quickfix/edit"
)

// texts returns the goldens and the examples of the rules, by name.
func texts(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, g := range goldens(t) {
		out[g.name()] = g.before
	}
	files, err := filepath.Glob("../analysis/rule/*/testdata/*.py")
	if err != nil || len(files) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		out[strings.TrimPrefix(filepath.ToSlash(path), "../analysis/rule/")] = string(text)
	}
	return out
}

// ruled returns the rules for a text: those that are run by default, and the one
// that its folder is called after.
func ruled(t *testing.T, name string) []*rule.Rule {
	t.Helper()
	folder, _, _ := strings.Cut(name, "/")
	choice := rule.Choice{}
	for _, r := range all.Rules() {
		if strings.ReplaceAll(r.Name, "-", "") == strings.ReplaceAll(folder, "-", "") {
			choice.Extend = append(choice.Extend, r.Code)
		}
	}
	rules, err := rule.Choose(all.Rules(), choice)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// TestSweep applies each fix of each finding alone, and checks what holds for
// any fix whatever it is for.
func TestSweep(t *testing.T) {
	offered := map[string]int{}
	for name, text := range texts(t) {
		t.Run(name, func(t *testing.T) {
			engine := analysis.NewEngine(ruled(t, name)...)
			for _, ends := range []string{"\n", "\r\n"} {
				text := strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", ends)
				s := engine.Check(name, text)
				for _, f := range findings(t, s, "") {
					fixes, _ := fixesOf(t, s, f)
					for n, fix := range fixes {
						offered[f.Rule.Code]++
						if fix.Preferred != (n == 0) {
							t.Errorf("fix %d of %s is preferred: %v", n, f.Function, fix.Preferred)
						}
						checkFix(t, s, f, fix, ends)
					}
				}
			}
		})
	}
	for _, r := range all.Rules() {
		if r.Fixable && offered[r.Code] < 10 {
			t.Errorf("only %d fixes of %s were tried", offered[r.Code], r.Code)
		}
	}
}

// outside is what a fix may add outside the function of its finding: imports, and
// what makes a factory's sessions keep their objects.
var outside = regexp.MustCompile(`^\s*(from \S+ )?import |^(, )?expire_on_commit=False$|^(, )?\w+(, )?$`)

// commitFlag is what a function that is told not to commit gets.
var commitFlag = regexp.MustCompile(`^[\s,]*(commit(: bool)?\s?=\s?\w+,?|if commit:\s*|else:\s+(await )?[\w.]+\.flush\(\))?\s*$`)

func checkFix(t *testing.T, s *analysis.Snapshot, f rule.Finding, fix quickfix.Fix, ends string) {
	t.Helper()
	before := s.File.Text
	within := function(t, s, f)
	at := 0
	for _, e := range fix.Edits {
		if e.Start < at || e.End < e.Start || e.End > len(before) {
			t.Fatalf("the edits of %s are not in order, overlap or leave the file: %v", f.Function, fix.Edits)
		}
		at = e.End
		elsewhere := e.Start < within.Start || e.End > within.End
		told := strings.Contains(fix.Title, "not to commit") && commitFlag.MatchString(e.New)
		if elsewhere && !outside.MatchString(e.New) && !told {
			t.Errorf("an edit leaves %s: %v", f.Function, e)
		}
		if ends == "\r\n" && strings.Count(e.New, "\n") != strings.Count(e.New, "\r\n") {
			t.Errorf("an edit of %s ends lines otherwise than the file: %q", f.Function, e.New)
		}
	}
	after := edit.Apply(before, fix.Edits)
	fixed := s.Check(after)
	if old, now := broken(s.File), broken(fixed.File); now > old {
		t.Errorf("the fix of %s breaks the syntax: %d errors, before %d", f.Function, now, old)
	}
	if got, want := comments(fixed.File), comments(s.File); !slices.Equal(got, want) {
		t.Errorf("the fix of %s changes comments:\n%q\nwere\n%q", f.Function, got, want)
	}
	left := len(findings(t, fixed, ""))
	if all := len(findings(t, s, "")); left >= all {
		t.Errorf("after the fix of %s there are %d findings, before %d", f.Function, left, all)
	}
	if fix.Safe == strings.Contains(fix.Title, "unsafe:") || fix.Title == "" || strings.ContainsAny(fix.Title, "\r\n") {
		t.Errorf("the title of a fix with safe=%v is %q", fix.Safe, fix.Title)
	}
}

// function returns the lines of the function that a finding is in, to the start
// of the line behind it.
func function(t *testing.T, s *analysis.Snapshot, f rule.Finding) python.Span {
	t.Helper()
	facts, err := s.Facts(context.Background(), f.Unit)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range facts {
		if c.Name == f.Function && c.Function != nil {
			at := s.File.Units[f.Unit].Abs(c.Function.Span)
			return python.Span{
				Start: s.File.Lines.Start(s.File.Lines.Of(at.Start)),
				End:   s.File.Lines.End(s.File.Lines.Of(at.End - 1)),
			}
		}
	}
	if f.Function != "" {
		t.Fatalf("there is no function %s", f.Function)
	}
	return python.Span{End: len(s.File.Text)}
}

func broken(f *python.File) int {
	n := 0
	for _, p := range f.Units {
		n += len(p.Unit.Errors)
	}
	return n
}

// comments returns the comments of a file, sorted: a fix may move some past
// others.
func comments(f *python.File) []string {
	var out []string
	for _, p := range f.Units {
		for _, c := range p.Unit.Comments {
			at := p.Abs(c)
			out = append(out, strings.TrimSpace(f.Text[at.Start:at.End]))
		}
	}
	slices.Sort(out)
	return out
}

// TestFixedFilesAreLeftAlone checks that what quickfix.All made has no fix left
// that it would apply, and that safe fixes alone do no more than all of them.
func TestFixedFilesAreLeftAlone(t *testing.T) {
	engine := analysis.NewEngine(all.Default()...)
	total := map[bool]int{}
	for name, text := range texts(t) {
		t.Run(name, func(t *testing.T) {
			applied := map[bool]int{}
			for _, unsafe := range []bool{false, true} {
				s := engine.Check(name, text)
				fixed, n := fixAll(t, s, unsafe)
				applied[unsafe] = n
				total[unsafe] += n
				if (n == 0) != (fixed == text) {
					t.Errorf("unsafe=%v: %d fixes were applied, and the text changed: %v", unsafe, n, fixed != text)
				}
				again, more := fixAll(t, engine.Check(name, fixed), unsafe)
				if more != 0 || again != fixed {
					t.Errorf("unsafe=%v: %d more fixes were applied the second time", unsafe, more)
				}
			}
			if applied[false] > applied[true] {
				t.Errorf("%d safe fixes were applied, but only %d of any kind", applied[false], applied[true])
			}
		})
	}
	if total[false] < 100 || total[true] <= total[false] {
		t.Errorf("%d safe fixes and %d of any kind were applied in all", total[false], total[true])
	}
}

func fixAll(t *testing.T, s *analysis.Snapshot, unsafe bool) (string, int) {
	t.Helper()
	text, n, err := quickfix.All(context.Background(), s, unsafe)
	if err != nil {
		t.Fatal(err)
	}
	return text, n
}
