package quickfix_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"sessionlint/analysis"
	"sessionlint/analysis/oracle"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/rule/all"
	"sessionlint/analysis/session"
	"sessionlint/quickfix"
	"sessionlint/quickfix/edit"
)

var (
	programs = flag.Int("programs", 400, "how many random programs are fixed")
	seed     = flag.Uint64("seed", 1, "where the random programs start")
	keep     = flag.String("keep", "", "directory to which programs that a fix changed are written")
)

// TestRandomPrograms applies each fix of each finding of random programs, and runs
// the programs before and after under the real SQLAlchemy, along all ways that the
// application can go. A safe fix changes no way on which nothing was wrong, and no
// fix brings anything that was not wrong before.
func TestRandomPrograms(t *testing.T) {
	tally := &tally{count: map[string]int{}}
	var wg sync.WaitGroup
	cores := uint64(min(runtime.NumCPU(), 8))
	for core := range cores {
		r, err := oracle.NewRunner(interpreters(t)[0], "../analysis/oracle/testdata")
		if err != nil {
			t.Fatal(err)
		}
		engine := analysis.NewEngine(all.Default()...)
		wg.Go(func() {
			for n := core; n < uint64(*programs); n += cores {
				if err := tally.program(engine, r, *seed*1_000_000+n); err != nil {
					t.Error(err)
					break
				}
			}
			if err := r.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, k := range slices.Sorted(func(yield func(string) bool) {
		for k := range tally.count {
			if !yield(k) {
				return
			}
		}
	}) {
		t.Logf("%-40s %6d", k, tally.count[k])
	}
	for _, w := range tally.wrong {
		t.Error(w)
	}
	if tally.count["programs with findings"] < *programs/4 || tally.count["compared"] == 0 {
		t.Error("there was too little to fix")
	}
}

// tally counts what the fixes did. Its methods may be called by several goroutines.
type tally struct {
	mu    sync.Mutex
	count map[string]int
	wrong []string
}

func (y *tally) add(what string) {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.count[what]++
}

// program fixes one program in each way that is offered.
func (y *tally) program(engine *analysis.Engine, r *oracle.Runner, seed uint64) error {
	p := oracle.Generate(seed)
	text := p.Text()
	if !p.Sound() {
		return nil
	}
	s := engine.Check("program.py", text)
	found, err := s.Findings(context.Background())
	if err != nil || len(found) == 0 {
		return err
	}
	y.add("programs with findings")
	for _, f := range found {
		// Where a scope does not close its session if its body raises, each thing that
		// comes into the body can leak it; and where a function leaves one open, an
		// unsafe fix may let it hold a connection for longer.
		leaky := slices.ContainsFunc(found, func(o rule.Finding) bool {
			return o.Rule.Code == "SES104" || o.Function == f.Function && (o.Rule.Code == "SES102" || o.Rule.Code == "SES101")
		})
		fixes, err := quickfix.For(context.Background(), s, f)
		if err != nil {
			return err
		}
		y.add(f.Rule.Code + " findings")
		if len(fixes) == 0 {
			y.add(f.Rule.Code + " without a fix")
		}
		for _, fix := range fixes {
			if err := y.fix(r, text, f, fix, seed, leaky); err != nil {
				return err
			}
		}
	}
	return nil
}

// fix compares a program before and after a fix.
func (y *tally) fix(r *oracle.Runner, text string, f rule.Finding, fix quickfix.Fix, seed uint64, leaky bool) error {
	after := edit.Apply(text, fix.Edits)
	twins, err := r.Compare(text, after, 1, 64)
	if err != nil {
		return err
	}
	kind := map[bool]string{true: " safe", false: " unsafe"}[fix.Safe]
	switch {
	case strings.HasPrefix(twins.Invalid, "after: ") && !strings.Contains(twins.Invalid, "too many ways") && !strings.Contains(twins.Invalid, "'NoneType'"): // behind what raised before, anything may be wrong
		y.report(text, after, f, fix, seed, twins.Invalid)
		return nil
	case twins.Invalid != "":
		return nil // the program means nothing, or too much
	}
	y.add("compared")
	y.add(f.Rule.Code + kind)
	changed := false
	for _, d := range twins.Differences {
		alike := reflect.DeepEqual(d.Before, d.After)
		changed = changed || len(d.Noted) == 0 && !alike
		if e, ok := f.Evidence.(session.Event); ok && f.Rule.Code == "SES203" && !e.Session.Owned {
			// The caller may have begun: where it raises is no news.
			d.NotedAfter = slices.DeleteFunc(d.NotedAfter, func(n string) bool { return n == "begin-twice" || n == "leak" })
		}
		if leaky && (!fix.Safe || f.Rule.Code == "SES101") || strings.Contains(fix.Title, "the session that stays open") {
			d.NotedAfter = slices.DeleteFunc(d.NotedAfter, func(n string) bool { return strings.HasPrefix(n, "leak") })
		}
		if strings.Contains(fix.Title, "no longer load") || strings.Contains(fix.Title, "expires the objects that live on") { // that is what it says
			d.NotedAfter = slices.DeleteFunc(d.NotedAfter, func(n string) bool { return n == "detached" })
		}
		if slices.Contains(d.Noted, "closed-inside") {
			d.NotedAfter = slices.DeleteFunc(d.NotedAfter, func(n string) bool { return n == "closed-transaction" || n == "leak" })
		}
		if strings.Contains(fix.Title, "its end commits nothing") || strings.Contains(fix.Title, "the turns before it are undone") {
			d.NotedAfter = slices.DeleteFunc(d.NotedAfter, func(n string) bool { return strings.HasPrefix(n, "lost") })
		}
		if brings(d, alike) {
			y.report(text, after, f, fix, seed, fmt.Sprintf("%v: something new is wrong: %v, was %v", d.Way, d.NotedAfter, d.Noted))
			return nil
		}
		if fix.Safe && len(d.Noted) == 0 && !alike {
			y.report(text, after, f, fix, seed, fmt.Sprintf("%v: %v became %v", d.Way, d.Before, d.After))
			return nil
		}
	}
	if changed && !fix.Safe {
		y.add(f.Rule.Code + " unsafe, something changed")
	}
	return nil
}

// brings reports whether something is wrong after a fix that was not before. What
// comes behind the place where the program raised before is no news of the fix,
// nor that the same loss has another name, as is a leak of what leaked; and a
// database that is locked by what leaked before says nothing.
func brings(d oracle.Difference, alike bool) bool {
	raised := slices.ContainsFunc(d.Noted, func(n string) bool { return slices.Contains(oracle.Raising, n) })
	if raised || slices.Contains(d.NotedAfter, "unplanned") {
		return false
	}
	return slices.ContainsFunc(d.NotedAfter, func(n string) bool {
		leaked := strings.HasPrefix(n, "leak") && slices.ContainsFunc(d.Noted, func(o string) bool { return strings.HasPrefix(o, "leak") })
		lost := n == "dropped" || strings.HasPrefix(n, "lost") && alike
		return !slices.Contains(d.Noted, n) && !leaked && !lost
	})
}

func (y *tally) report(text, after string, f rule.Finding, fix quickfix.Fix, seed uint64, what string) {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.count["wrong"]++
	w := fmt.Sprintf("%s, %q (seed %d): %s", f.Rule.Code, fix.Title, seed, what)
	if *keep != "" {
		name := filepath.Join(*keep, fmt.Sprintf("%03d.py", len(y.wrong)+1))
		if err := os.WriteFile(name, []byte("# "+w+"\n"+text+"\n# ---------------- after\n"+after), 0o644); err != nil {
			w += ": " + err.Error()
		}
	}
	y.wrong = append(y.wrong, w)
}
