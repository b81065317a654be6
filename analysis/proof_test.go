package analysis_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sessionlint/analysis/rule/all"
)

// proofs returns the proofs of the rules. A proof is a script that shows what
// happens under the real SQLAlchemy: defect_*.py that the marked lines leak or
// lose something, clean_*.py that the same without them does not.
func proofs(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("rule/*/proof/*.py")
	if err != nil || len(files) == 0 {
		t.Fatalf("no proofs found: %v", err)
	}
	return files
}

func proofName(path string) string {
	return strings.TrimSuffix(strings.TrimPrefix(filepath.ToSlash(path), "rule/"), ".py")
}

// TestProofsHaveTheirFindings checks that what is found in the proofs is what
// they prove, and that each defect has a clean twin.
func TestProofsHaveTheirFindings(t *testing.T) {
	for _, path := range proofs(t) {
		t.Run(proofName(path), func(t *testing.T) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			want := marked(string(text))
			if diff := cmp.Diff(want, found(t, engineFor(path), string(text))); diff != "" {
				t.Errorf("findings differ (-want +got):\n%s", diff)
			}
			dir, file := filepath.Split(path)
			twin, defect := strings.CutPrefix(file, "defect_")
			own := codeOf(t, path)
			if marks := strings.Count(strings.Join(want, "\n"), own); defect != (marks > 0) {
				t.Errorf("the proof of a defect has marks of %s, and no other has: %d", own, marks)
			}
			if _, err := os.Stat(dir + "clean_" + twin); defect && err != nil {
				t.Errorf("the defect has no clean twin: %v", err)
			}
		})
	}
}

// codeOf returns the code of the rule that a proof lies with.
func codeOf(t *testing.T, path string) string {
	t.Helper()
	name := filepath.Base(filepath.Dir(filepath.Dir(path)))
	for _, r := range all.Rules() {
		if folder(r) == name {
			return r.Code
		}
	}
	t.Fatalf("%s belongs to no rule", path)
	return ""
}

// TestProofsHold runs the proofs under each version of SQLAlchemy.
func TestProofsHold(t *testing.T) {
	about := map[string]conditions{}
	for _, path := range proofs(t) {
		about[path] = readConditions(t, path)
	}
	hold(t, about)
}

// TestPostgresFacts runs what is true of a server and not of SQLite, and which
// rules build on.
func TestPostgresFacts(t *testing.T) {
	files, err := filepath.Glob("testdata/postgres/*.py")
	if err != nil || len(files) == 0 {
		t.Fatalf("no facts found: %v", err)
	}
	about := map[string]conditions{}
	for _, path := range files {
		about[path] = readConditions(t, path)
		if !about[path].postgres {
			t.Errorf("%s does not need PostgreSQL: make a proof of it", path)
		}
	}
	hold(t, about)
}

// hold runs each proof under all versions that it is about, of which there must
// be one.
func hold(t *testing.T, about map[string]conditions) {
	t.Helper()
	ran := map[string]bool{}
	server := sync.OnceValue(func() string { return postgres(t) })
	for _, python := range interpreters(t) {
		v := version(t, python)
		t.Run("SQLAlchemy "+v, func(t *testing.T) {
			var light, heavy []string
			for path, c := range about {
				switch {
				case !c.includes(v):
					t.Run(proofName(path), func(t *testing.T) {
						t.Skipf("it is about SQLAlchemy %s only", c.versions)
					})
					continue
				case c.postgres:
					heavy = append(heavy, path)
				default:
					light = append(light, path)
				}
				ran[path] = true
			}
			ended := runProofs(t, python, "", light)
			if len(heavy) > 0 {
				maps.Copy(ended, runProofs(t, python, server(), heavy))
			}
			for _, path := range slices.Sorted(maps.Keys(ended)) {
				t.Run(proofName(path), func(t *testing.T) {
					if e := ended[path]; !e.Held {
						t.Errorf("the proof does not hold:\n%s", e.Output)
					}
				})
			}
		})
	}
	for path := range about {
		if !ran[path] {
			ranNowhere(t, path)
		}
	}
}

// TestBrokenProofsAreNoticed runs each proof of a defect with the defect taken
// out: a proof that holds all the same proves nothing.
func TestBrokenProofsAreNoticed(t *testing.T) {
	python := interpreters(t)[0]
	v := version(t, python)
	dir := t.TempDir()
	var light, heavy []string
	for n, path := range proofs(t) {
		folder, file := filepath.Split(path)
		twin, defect := strings.CutPrefix(file, "defect_")
		c := readConditions(t, path)
		if !defect || !c.includes(v) {
			continue
		}
		functions, asserts := halves(t, path)
		fixed, _ := halves(t, folder+"clean_"+twin)
		swapped := filepath.Join(dir, fmt.Sprintf("%d_%s", n, file))
		// Both define their functions; those of the twin come last and win.
		if err := os.WriteFile(swapped, []byte(functions+"\n\n"+fixed+"\n\n"+asserts), 0o644); err != nil {
			t.Fatal(err)
		}
		if c.postgres {
			heavy = append(heavy, swapped)
		} else {
			light = append(light, swapped)
		}
	}
	ended := runProofs(t, python, "", light)
	if len(heavy) > 0 {
		maps.Copy(ended, runProofs(t, python, postgres(t), heavy))
	}
	for _, swapped := range slices.Sorted(maps.Keys(ended)) {
		t.Run(filepath.Base(swapped), func(t *testing.T) {
			if e := ended[swapped]; e.Held || !strings.Contains(e.Output, "AssertionError") {
				t.Errorf("the proof of the defect holds for the clean twin too:\n%s", e.Output)
			}
		})
	}
}

// halves cuts a proof where its functions end and what is said of them begins.
func halves(t *testing.T, path string) (functions, asserts string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, head := range []string{"\ndef proof():", "\nasync def proof():"} {
		if n := strings.Index(string(text), head); n >= 0 {
			return string(text[:n]), string(text[n:])
		}
	}
	t.Fatalf("%s has no proof", path)
	return "", ""
}
