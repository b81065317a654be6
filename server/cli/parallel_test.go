package cli_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sessionlint/analysis"
	"sessionlint/server/cli"
)

// TestOutputDoesNotDependOnOrder checks that workers and the order of the
// arguments leave no trace in the output, problems and panics included.
func TestOutputDoesNotDependOnOrder(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	var files []string
	for i := range 200 {
		text := strings.Repeat("OPEN\n", i%7) + strings.Repeat("x LEAK y TWICE\n", i%4)
		switch i % 50 {
		case 17:
			text = "PANIC"
		case 23:
			text = "\xff"
		}
		name := filepath.Join(fmt.Sprint("d", i%9), fmt.Sprint(i, ".py"))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		files = append(files, name)
	}
	for _, format := range [][]string{{}, {"--output-format=json"}, {"--diff"}} {
		want := output(t, append([]string{"check", "-j1"}, format...))
		if len(want) < 10_000 {
			t.Fatalf("only %d bytes of output", len(want))
		}
		for _, jobs := range []string{"-j2", "-j16", "-j1000"} {
			rand.New(rand.NewPCG(1, uint64(len(jobs)))).Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
			for _, paths := range [][]string{nil, {"."}, files} {
				if got := output(t, append(append([]string{"check", jobs}, format...), paths...)); got != want {
					t.Errorf("%s %s with %d paths: the output differs from that of one worker", format, jobs, len(paths))
				}
			}
		}
	}
}

// output returns all that a run prints, but for the stacks, which tell of
// goroutines.
func output(t *testing.T, args []string) string {
	t.Helper()
	var out, errs bytes.Buffer
	code := cli.Run(context.Background(), args, cli.Options{
		Rules: wordRules(), Checker: func(p analysis.Policy, _ cli.Workspace) cli.Checker { return words{p} }, Out: &out, Err: &errs, Getenv: func(string) string { return "" }, Build: func() string { return "" },
	})
	if code != cli.ExitError {
		t.Fatalf("exit code %d: %s", code, errs.String())
	}
	for line := range strings.Lines(errs.String()) {
		if !strings.HasPrefix(line, "    ") {
			out.WriteString(line)
		}
	}
	return out.String()
}
