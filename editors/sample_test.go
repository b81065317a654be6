package editors_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sessionlint/analysis/rule/all"
)

// TestSample checks that the sample has the findings that its README names, and
// no others. A rule that does not exist yet is expected to find nothing.
func TestSample(t *testing.T) {
	if diff := cmp.Diff(documented(t), check(t, build(t), "sample")); diff != "" {
		t.Errorf("findings in the sample differ from its README (-want +got):\n%s", diff)
	}
}

// TestMendedSample fixes a copy of the sample and runs it: every route does its
// work, the fixed defects are gone, and the others are as they were.
func TestMendedSample(t *testing.T) {
	python := interpreter(t)
	sessionlint := build(t)
	before := documented(t)
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("sample")); err != nil {
		t.Fatal(err)
	}
	if out, err := run(dir, python, "-m", "unittest"); err != nil {
		t.Fatalf("the sample does not run before it is mended: %v\n%s", err, out)
	}

	out, err := run(dir, sessionlint, "check", "--fix", "--unsafe-fixes", ".")
	if !checked(err) {
		t.Fatalf("check --fix --unsafe-fixes: %v\n%s", err, out)
	}

	after := check(t, sessionlint, dir)
	for _, f := range after {
		if !slices.Contains(before, f) {
			t.Errorf("after the fixes there is a new finding: %s", f)
		}
	}
	if out, err := run(dir, python, "-m", "unittest", "tests.test_routes"); err != nil {
		t.Errorf("the mended routes do not do their work: %v\n%s", err, out)
	}
	for _, code := range []string{"SES101", "SES201"} {
		if slices.ContainsFunc(after, func(f string) bool { return strings.Contains(f, code) }) {
			t.Errorf("%s has a fix, and is still found", code)
		}
		// Each of its tests shows the defect, so each has to fail now.
		out, err := run(dir, python, "-m", "unittest", "tests.test_defects."+code)
		ran, failed := ranTests.FindStringSubmatch(out), failedTests.FindStringSubmatch(out)
		if err == nil || ran == nil || failed == nil || ran[1] != failed[1] {
			t.Errorf("the defect of %s is still there:\n%s", code, out)
		}
	}
}

var (
	ranTests    = regexp.MustCompile(`(?m)^Ran (\d+) tests? in`)
	failedTests = regexp.MustCompile(`(?m)^FAILED \(failures=(\d+)\)`)
)

// documented returns the findings that the sample's README names, of the rules
// that there are.
func documented(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("sample/README.md")
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, row := range regexp.MustCompile("(?m)^\\| `(.+)` \\| (\\d+) \\| (SES\\d+) \\| .+ \\| `(.+)` \\|$").FindAllSubmatch(text, -1) {
		for _, r := range all.Rules() {
			if r.Code == string(row[3]) {
				want = append(want, fmt.Sprintf("%s:%s: %s: %s", row[1], row[2], r.Code, row[4]))
			}
		}
	}
	if len(want) < 2 {
		t.Fatalf("the README of the sample names %d findings of rules that there are", len(want))
	}
	slices.Sort(want)
	return want
}

// check returns the findings in a folder, each as the file, the line, the code and
// the blamed text.
func check(t *testing.T, sessionlint, dir string) []string {
	t.Helper()
	out, err := exec.Command(sessionlint, "check", "--no-cache", "--output-format", "json", dir).Output()
	if !checked(err) {
		t.Fatalf("sessionlint check: %v", err)
	}
	var list []struct {
		Path, Code string
		Line       int
		Column     int
		EndLine    int `json:"end_line"`
		EndColumn  int `json:"end_column"`
	}
	if err := json.Unmarshal(out, &list); err != nil {
		t.Fatalf("sessionlint check: %v\n%s", err, out)
	}
	var got []string
	for _, f := range list {
		text, err := os.ReadFile(f.Path)
		if err != nil {
			t.Fatal(err)
		}
		name, err := filepath.Rel(dir, f.Path)
		if err != nil {
			t.Fatal(err)
		}
		line := bytes.Split(text, []byte("\n"))[f.Line-1][f.Column-1:]
		if f.EndLine == f.Line {
			line = line[:f.EndColumn-f.Column]
		}
		got = append(got, fmt.Sprintf("%s:%d: %s: %s", filepath.ToSlash(name), f.Line, f.Code, line))
	}
	slices.Sort(got)
	return got
}

// checked reports whether a check came to its end: it says with the exit code 1
// that it found something.
func checked(err error) bool {
	exit := (*exec.ExitError)(nil)
	return err == nil || errors.As(err, &exit) && exit.ExitCode() == 1
}

// build returns the path of a program built from the sources as they are.
func build(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sessionlint")
	if out, err := run("..", "go", "build", "-o", path, "./server/cmd/sessionlint"); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return path
}

// interpreter returns the Python that has SQLAlchemy.
func interpreter(t *testing.T) string {
	t.Helper()
	path, err := filepath.Abs("../.venv/bin/python")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("no Python with SQLAlchemy: %v; run make test, which sets it up", err)
	}
	return path
}

func run(dir, program string, args ...string) (string, error) {
	cmd := exec.Command(program, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1", "NO_COLOR=1")
	out, err := cmd.CombinedOutput()
	return string(out), err
}
