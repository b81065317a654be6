package oracle_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sessionlint/analysis"
	"sessionlint/analysis/oracle"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/rule/all"
)

var (
	programs = flag.Int("programs", 200, "how many random programs are compared")
	seed     = flag.Uint64("seed", 1, "where the random programs start")
	keep     = flag.String("keep", "", "directory to which disagreements are written")
	shown    = flag.Int("shown", 20, "how many disagreements are cut down and shown")
)

// ways is how many ways of a program are run. A program with more is left out.
const ways = 48

// lab compares programs.
type lab struct {
	runner *oracle.Runner
	engine *analysis.Engine
	rules  []*rule.Rule
}

func newLab(t *testing.T, python string) *lab {
	t.Helper()
	r, err := oracle.NewRunner(python, "testdata")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	rules := all.Default()
	return &lab{runner: r, engine: analysis.NewEngine(rules...), rules: rules}
}

// compare runs a program and the engine over it.
func (l *lab) compare(text string) (*oracle.Verdict, []rule.Finding, []oracle.Disagreement, error) {
	v, err := l.runner.Run(text, faults, ways)
	if err != nil {
		return nil, nil, nil, err
	}
	if v.Invalid != "" || !v.Complete {
		return v, nil, nil, nil
	}
	found, err := l.engine.Check("program.py", text).Findings(context.Background())
	if err != nil {
		return nil, nil, nil, err
	}
	return v, found, oracle.Compare(l.rules, v, found), nil
}

// faults is how many calls fail in a run: after one that is handled, another.
const faults = 2

func (l *lab) fails(kind string) func(*oracle.Program) bool {
	return func(p *oracle.Program) bool {
		_, _, ds, err := l.compare(p.Text())
		if err != nil {
			return false
		}
		for _, d := range ds {
			if d.Kind == kind {
				return true
			}
		}
		return false
	}
}

// TestRandomPrograms compares random programs.
func TestRandomPrograms(t *testing.T) {
	stats := &statistics{count: map[string]int{}}
	var wg sync.WaitGroup
	started := time.Now()
	cores := uint64(min(runtime.NumCPU(), 8))
	for core := range cores {
		l := newLab(t, interpreters(t)[0])
		wg.Go(func() {
			for n := core; n < uint64(*programs); n += cores {
				if err := stats.one(l, *seed*1_000_000+n); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	t.Log(stats.report(time.Since(started), all.Default()))
	for _, d := range stats.disagreements {
		t.Errorf("%s", d)
	}
	if stats.cut > *shown {
		t.Errorf("%d further disagreements", stats.cut-*shown)
	}
	if stats.count["programs"] < *programs/2 || stats.count["defective"] == 0 || stats.count["clean"] == 0 {
		t.Errorf("the generator makes too little that can be compared")
	}
}

// TestRegressions runs the programs on which the engine and the library once
// differed.
func TestRegressions(t *testing.T) {
	files, err := filepath.Glob("testdata/regressions/*.py")
	if err != nil || len(files) == 0 {
		t.Fatalf("no regressions found: %v", err)
	}
	for n, python := range interpreters(t) {
		l := newLab(t, python)
		for _, path := range files {
			t.Run(fmt.Sprintf("%d/%s", n, strings.TrimSuffix(filepath.Base(path), ".py")), func(t *testing.T) {
				l.regression(t, path)
			})
		}
	}
}

// regression checks one program with its verdict.
func (l *lab) regression(t *testing.T, path string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	v, _, ds, err := l.compare(string(text))
	if err != nil {
		t.Fatal(err)
	}
	if v.Invalid != "" || !v.Complete {
		t.Fatalf("cannot be compared: %s, %d ways", v.Invalid, v.Paths)
	}
	if diff := cmp.Diff(verdict(string(text)), notes(v)); diff != "" {
		t.Errorf("the library does something else (-written +done):\n%s", diff)
	}
	for _, d := range ds {
		t.Errorf("%s: %s", d.Kind, d.Detail)
	}
}

// verdict returns what a regression says that the library does: its comments
// "# library: leak (sure)", in order.
func verdict(text string) []string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		if note, ok := strings.CutPrefix(line, "# library: "); ok {
			out = append(out, note)
		}
	}
	return out
}

func notes(v *oracle.Verdict) []string {
	var out []string
	for _, n := range v.Notes {
		out = append(out, n.Kind+" ("+n.Level+")")
	}
	return out
}

// statistics of a run. Its methods may be called by several goroutines.
type statistics struct {
	mu            sync.Mutex
	count         map[string]int
	disagreements []string
	cut           int
}

func (s *statistics) one(l *lab, seed uint64) error {
	p := oracle.Generate(seed)
	text := p.Text()
	if !p.Sound() {
		s.note([]string{"not sound"})
		return nil
	}
	v, found, ds, err := l.compare(text)
	if err != nil {
		return fmt.Errorf("seed %d: %w", seed, err)
	}
	s.note(labels(v, found))
	for _, d := range ds {
		s.note([]string{"disagreement: " + d.Kind})
		s.mu.Lock()
		s.cut++
		full := s.cut > *shown
		s.mu.Unlock()
		if full {
			continue
		}
		small := oracle.Shrink(p, l.fails(d.Kind))
		shown, err := show(l, small, d.Kind, seed)
		if err != nil {
			return err
		}
		s.mu.Lock()
		s.disagreements = append(s.disagreements, shown)
		n := len(s.disagreements)
		s.mu.Unlock()
		if *keep != "" {
			if err := os.WriteFile(filepath.Join(*keep, fmt.Sprintf("%03d.py", n)), []byte(shown), 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}

// show writes a program with what is expected of it and what is got, as comments.
func show(l *lab, p *oracle.Program, kind string, seed uint64) (string, error) {
	text := p.Text()
	v, found, ds, err := l.compare(text)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# %s (seed %d)\n", kind, seed)
	for _, d := range ds {
		fmt.Fprintf(&b, "# %s: %s\n", d.Kind, d.Detail)
	}
	for _, n := range v.Notes {
		fmt.Fprintf(&b, "# library: %s (%s)\n", n.Kind, n.Level)
	}
	for _, f := range found {
		fmt.Fprintf(&b, "# engine: %s %s at line %d: %s\n", f.Rule.Code, f.Severity, 1+strings.Count(text[:f.Span.Start], "\n"), f.Message)
	}
	return b.String() + text, nil
}

func (s *statistics) note(labels []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range labels {
		s.count[l]++
	}
}

// labels are the lines of the statistics that a program counts for.
func labels(v *oracle.Verdict, found []rule.Finding) []string {
	switch {
	case v.Invalid != "":
		kind, _, _ := strings.Cut(v.Invalid, "(")
		return []string{"invalid: " + kind}
	case !v.Complete:
		return []string{"too many ways"}
	}
	set := map[string]bool{}
	state := "clean"
	for _, n := range v.Notes {
		set["library: "+n.Kind+" ("+n.Level+")"] = true
		if oracle.Demanded(n) {
			state = "defective"
		}
	}
	for _, f := range found {
		set["engine: "+f.Rule.Code+" "+f.Severity.String()] = true
	}
	out := []string{"programs", state}
	for range v.Paths {
		out = append(out, "ways")
	}
	for l := range set {
		out = append(out, l)
	}
	return out
}

func (s *statistics) report(took time.Duration, rules []*rule.Rule) string {
	var b strings.Builder
	keys := make([]string, 0, len(s.count))
	for k := range s.count {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	b.WriteString("statistics\n")
	for _, k := range keys {
		fmt.Fprintf(&b, "%8d  %s\n", s.count[k], k)
	}
	fmt.Fprintf(&b, "%8.0f  programs a second\n", float64(*programs)/took.Seconds())
	if not := oracle.Uncompared(rules); len(not) > 0 {
		fmt.Fprintf(&b, "not compared, since no rule is for it: %s\n", strings.Join(not, ", "))
	}
	return b.String()
}

// interpreters returns the Pythons that have SQLAlchemy 2: of those that
// SESSIONLINT_PYTHON lists, else of the virtual environments at the top of the
// checkout.
func interpreters(t *testing.T) []string {
	t.Helper()
	list := filepath.SplitList(os.Getenv("SESSIONLINT_PYTHON"))
	if len(list) == 0 {
		list, _ = filepath.Glob("../../.venv*/bin/python")
	}
	var out []string
	for _, python := range list {
		path, err := filepath.Abs(python)
		if err != nil {
			t.Fatal(err)
		}
		version, err := exec.Command(path, "-c", "import sqlalchemy; print(sqlalchemy.__version__)").Output()
		if err == nil && strings.HasPrefix(string(version), "2.") {
			out = append(out, path)
		}
	}
	if out == nil {
		t.Fatal("no Python with SQLAlchemy 2: run `make test`, which prepares one, or name it in SESSIONLINT_PYTHON")
	}
	return out
}
