package python_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sessionlint/analysis/python"
)

var update = flag.Bool("update", false, "write the dumps of testdata/lower anew")

// fixtures returns the Python files of testdata/lower.
func fixtures(t testing.TB) []string {
	files, err := filepath.Glob("testdata/lower/*.py")
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	return files
}

func readFile(t testing.TB, name string) string {
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func parse(t testing.TB, text string) *python.File {
	t.Helper()
	p := python.NewParser()
	defer p.Close()
	return p.Parse(text)
}

// TestLower compares what each fixture is lowered to with the .dump beside it.
func TestLower(t *testing.T) {
	for _, name := range fixtures(t) {
		f := parse(t, readFile(t, name))
		var b strings.Builder
		for i, u := range f.Units {
			if u.Parent >= 0 {
				b.WriteString("in " + u.Unit.Path + ":\n")
			}
			b.WriteString(dump(u.Unit.Body))
			for _, e := range u.Unit.Errors {
				s := u.Abs(e)
				t.Errorf("%s: unit %d has an error at %q", name, i, f.Text[s.Start:s.End])
			}
		}
		golden := strings.TrimSuffix(name, ".py") + ".dump"
		if *update {
			if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(readFile(t, golden), b.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
