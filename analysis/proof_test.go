package analysis_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

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
	folder := filepath.Base(filepath.Dir(filepath.Dir(path)))
	for _, r := range all.Rules() {
		if strings.ReplaceAll(r.Name, "-", "") == folder {
			return r.Code
		}
	}
	t.Fatalf("%s belongs to no rule", path)
	return ""
}

// TestProofsHold runs the proofs.
func TestProofsHold(t *testing.T) {
	for _, python := range interpreters(t) {
		t.Run(version(t, python), func(t *testing.T) {
			for _, path := range proofs(t) {
				t.Run(proofName(path), func(t *testing.T) {
					t.Parallel()
					if out, err := runProof(t, python, path); err != nil || out != "proved\n" {
						t.Errorf("the proof does not hold: %v\n%s", err, out)
					}
				})
			}
		})
	}
}

// TestBrokenProofsAreNoticed runs each proof of a defect with the defect taken
// out: a proof that holds all the same proves nothing.
func TestBrokenProofsAreNoticed(t *testing.T) {
	python := interpreters(t)[0]
	for _, path := range proofs(t) {
		dir, file := filepath.Split(path)
		twin, defect := strings.CutPrefix(file, "defect_")
		if !defect {
			continue
		}
		t.Run(proofName(path), func(t *testing.T) {
			t.Parallel()
			functions, _ := halves(t, path)
			fixed, _ := halves(t, dir+"clean_"+twin)
			_, asserts := halves(t, path)
			swapped := filepath.Join(t.TempDir(), "swapped.py")
			// Both define their functions; those of the twin come last and win.
			if err := os.WriteFile(swapped, []byte(functions+"\n\n"+fixed+"\n\n"+asserts), 0o644); err != nil {
				t.Fatal(err)
			}
			if out, err := runProof(t, python, swapped); err == nil || !strings.Contains(out, "AssertionError") {
				t.Errorf("the proof of the defect holds for the clean twin too: %v\n%s", err, out)
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

func runProof(t *testing.T, python, path string) (string, error) {
	t.Helper()
	support, err := filepath.Abs("testdata/proof")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, python, "-W", "error::SyntaxWarning", path)
	cmd.Env = append(os.Environ(), "PYTHONPATH="+support, "PYTHONDONTWRITEBYTECODE=1", "TMPDIR="+t.TempDir())
	out, err := cmd.CombinedOutput()
	return string(out), err
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

// version returns which SQLAlchemy an interpreter has.
func version(t *testing.T, python string) string {
	t.Helper()
	out, err := exec.Command(python, "-c", "import aiosqlite, greenlet, sqlalchemy; print('SQLAlchemy', sqlalchemy.__version__)").CombinedOutput()
	if err != nil {
		t.Fatalf("%s has no SQLAlchemy, aiosqlite or greenlet: %v; run `make test`, which installs them\n%s", python, err, out)
	}
	return strings.TrimSpace(string(out))
}
