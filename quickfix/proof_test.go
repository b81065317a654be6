package quickfix_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"sessionlint/analysis"
	"sessionlint/analysis/rule/all"
)

// An outcome is what came of a call over a fresh stock.
type outcome struct {
	Returned any
	Raised   any
	Rows     any  // what others find in the database
	Changed  bool // whether that is something else than before the call
	Out      int  // connections that are not back in the pool
}

// TestFixesRun fixes the files of testdata/run, and runs them before and after
// under the real SQLAlchemy. The files name the calls:
//
//	SAME       give the same value, or exception, and leave the same rows
//	MENDED     fail alike; before, something of the work is left, and after nothing
//	REPAIRED   lose a connection or a write, or fail, before; and after nothing of it
//	DIFFERENT  are what makes a fix unsafe
func TestFixesRun(t *testing.T) {
	files, err := filepath.Glob("testdata/run/*safe_*.py")
	if err != nil || len(files) == 0 {
		t.Fatalf("nothing to run: %v", err)
	}
	engine := analysis.NewEngine(all.Default()...)
	for n, python := range interpreters(t) {
		for _, path := range files {
			name := strings.TrimSuffix(filepath.Base(path), ".py")
			t.Run(fmt.Sprintf("python %d/%s", n, name), func(t *testing.T) {
				t.Parallel()
				before, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				s := engine.Check(path, string(before))
				mends := findings(t, s, "")
				safe := strings.HasPrefix(name, "safe_")
				if _, n := fixAll(t, s, false); !safe && n != 0 {
					t.Errorf("%d fixes are safe", n)
				}
				after, n := fixAll(t, s, !safe)
				for _, f := range findings(t, engine.Check(path, after), "") {
					_, reason := fixesOf(t, s, f)
					t.Errorf("%s in %s is not fixed: %s", f.Rule.Code, f.Function, reason)
				}
				if n < len(mends) { // what an unsafe fix leads to is mended too
					t.Errorf("%d of %d findings were fixed", n, len(mends))
				}
				leaks := 0
				for _, r := range compare(t, python, path, after) {
					if r.Before.Out > 0 {
						leaks++
					}
					if reason := r.wrong(); reason != "" {
						t.Errorf("%s: %s\nbefore: %+v\nafter:  %+v", r.Call, reason, r.Before, r.After)
					}
				}
				if strings.Contains(name, "move") && leaks == 0 {
					t.Error("nothing leaked before")
				}
				if t.Failed() {
					t.Logf("after:\n%s", after)
				}
			})
		}
	}
}

type comparison struct {
	Kind, Call    string
	Before, After outcome
}

// wrong says what is wrong with the outcomes of a call, "" if nothing is.
func (c comparison) wrong() string {
	alike := reflect.DeepEqual(c.Before.Returned, c.After.Returned) && reflect.DeepEqual(c.Before.Raised, c.After.Raised)
	rows := reflect.DeepEqual(c.Before.Rows, c.After.Rows)
	switch {
	case c.After.Out != 0:
		return "a connection is lost after the fix"
	case c.Kind == "SAME" && !(alike && rows):
		return "the fix changes what the call does"
	case c.Kind == "MENDED" && !(alike && c.After.Raised != nil):
		return "the call does not fail as before"
	case c.Kind == "MENDED" && !(c.Before.Changed && !c.After.Changed):
		return "the fix does not make it all or nothing"
	case c.Kind == "REPAIRED" && c.After.Raised != nil:
		return "the call fails after the fix"
	case c.Kind == "REPAIRED" && c.Before.Out == 0 && c.Before.Raised == nil && (c.Before.Changed || !c.After.Changed):
		return "there was nothing to repair"
	case c.Kind == "DIFFERENT" && alike && rows:
		return "the call does the same, so it shows no risk"
	}
	return ""
}

func compare(t *testing.T, python, before, after string) []comparison {
	t.Helper()
	fixed := filepath.Join(t.TempDir(), "after.py")
	if err := os.WriteFile(fixed, []byte(after), 0o644); err != nil {
		t.Fatal(err)
	}
	support, err := filepath.Abs("../analysis/testdata/proof")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, python, "testdata/run/compare.py", before, fixed)
	cmd.Env = append(os.Environ(), "PYTHONPATH="+support, "PYTHONDONTWRITEBYTECODE=1", "TMPDIR="+t.TempDir())
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	var cs []comparison
	if err := json.Unmarshal(out, &cs); err != nil || len(cs) == 0 {
		t.Fatalf("no outcomes: %v\n%s", err, out)
	}
	return cs
}

// interpreters returns the Pythons that have SQLAlchemy: those that
// SESSIONLINT_PYTHON lists, else those of the virtual environments at the top
// of the checkout.
func interpreters(t *testing.T) []string {
	t.Helper()
	list := filepath.SplitList(os.Getenv("SESSIONLINT_PYTHON"))
	if len(list) == 0 {
		list, _ = filepath.Glob("../.venv*/bin/python")
	}
	if len(list) == 0 {
		t.Fatal("no Python with SQLAlchemy: run `make test`, which prepares one, or name it in SESSIONLINT_PYTHON")
	}
	for n, python := range list {
		path, err := filepath.Abs(python)
		if err != nil {
			t.Fatal(err)
		}
		list[n] = path
	}
	return list
}
