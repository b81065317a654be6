package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestEveryRuleIsListed compares the list with the folders.
func TestEveryRuleIsListed(t *testing.T) {
	want, err := list("..")
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(listFile(".."))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("analysis/rule/all does not list what there is; run `go generate ./analysis/rule/all`:\n%s", diff)
	}
}

// TestNewRuleIsListedBuildsAndSaysWhatIsMissing makes a rule in a copy of the
// module: it builds, the engine's tests run it and name each part that is still
// to be written.
func TestNewRuleIsListedBuildsAndSaysWhatIsMissing(t *testing.T) {
	module := copyModule(t)
	if out, err := goTool(module, "run", "./analysis/rule/newrule", "some-rule", "SES299"); err != nil {
		t.Fatalf("newrule: %v\n%s", err, out)
	}
	if out, err := goTool(module, "vet", "./analysis/rule/..."); err != nil {
		t.Fatalf("the new rule does not build: %v\n%s", err, out)
	}
	out, err := goTool(module, "test", "./analysis", "-run", "TestExamples|TestDocs|TestRulesAreDocumented|TestProofsHaveTheirFindings")
	if err == nil {
		t.Error("the tests pass with a rule that is not written")
	}
	for _, want := range []string{
		"SES299 has no title", "SES299 has no example", "SES299 has no version",
		"TestExamples/somerule/testdata/first", "TestProofsHaveTheirFindings/somerule/proof/defect_first", "TestDocs/SES299",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the tests do not say %q:\n%s", want, out)
		}
	}
}

// TestWrongNamesAreRefused checks that nothing is written for them.
func TestWrongNamesAreRefused(t *testing.T) {
	rules := t.TempDir()
	if _, err := makeRule(rules, "first-rule", "SES101"); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, code, want string }{
		{"SomeRule", "SES214", "lower case"},
		{"some_rule", "SES214", "lower case"},
		{"../some-rule", "SES214", "lower case"},
		{"some-rule", "214", "three digits"},
		{"some-rule", "SES101", "firstrule has it"},
		{"first-rule", "SES214", "is there already"},
	} {
		if _, err := makeRule(rules, c.name, c.code); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s %s: %v, want %q", c.name, c.code, err, c.want)
		}
	}
	if names, _ := folders(rules); len(names) != 1 {
		t.Errorf("the rules are %q, want only the first", names)
	}
}

// copyModule copies the module's Go part to a temporary folder.
func copyModule(t *testing.T) string {
	t.Helper()
	module := t.TempDir()
	for _, part := range []string{"go.mod", "go.sum", "analysis"} {
		err := filepath.WalkDir(filepath.Join("..", "..", "..", part), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			rel, err := filepath.Rel(filepath.Join("..", "..", ".."), path)
			if err != nil {
				return err
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			to := filepath.Join(module, rel)
			if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
				return err
			}
			return os.WriteFile(to, text, 0o644)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return module
}

func goTool(dir string, args ...string) (string, error) {
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-trimpath", "GOWORK=off")
	out, err := cmd.CombinedOutput()
	return string(out), err
}
