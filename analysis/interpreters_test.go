package analysis_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// conditions say where a proof runs. They are comments of their own lines:
//
//	# only: SQLAlchemy >= 2.0, < 2.1
//	# needs: PostgreSQL
type conditions struct {
	versions string // of SQLAlchemy, as written; all when empty
	postgres bool
}

func readConditions(t *testing.T, path string) conditions {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var c conditions
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if what, ok := strings.CutPrefix(line, "# only: "); ok {
			if c.versions, ok = strings.CutPrefix(what, "SQLAlchemy "); !ok {
				t.Fatalf("%s: %q is no version of SQLAlchemy", path, what)
			}
			for _, bound := range c.bounds() {
				if len(bound) != 2 || bound[0] != ">=" && bound[0] != "<" || number(bound[1]) == nil {
					t.Fatalf("%s: %q is not like >= 2.0, < 2.1", path, c.versions)
				}
			}
		}
		if what, ok := strings.CutPrefix(line, "# needs: "); ok {
			if what != "PostgreSQL" {
				t.Fatalf("%s: it needs %s, which no test starts", path, what)
			}
			c.postgres = true
		}
	}
	return c
}

// bounds are pairs of an operator and a version.
func (c conditions) bounds() [][]string {
	var pairs [][]string
	if c.versions != "" {
		for bound := range strings.SplitSeq(c.versions, ",") {
			pairs = append(pairs, strings.Fields(bound))
		}
	}
	return pairs
}

func (c conditions) includes(version string) bool {
	for _, bound := range c.bounds() {
		if below := slices.Compare(number(version), number(bound[1])) < 0; below != (bound[0] == "<") {
			return false
		}
	}
	return true
}

// number returns the numbers of a version, or nil if it is none.
func number(version string) []int {
	var parts []int
	for part := range strings.SplitSeq(version, ".") {
		n, err := strconv.Atoi(part)
		if err != nil {
			return nil
		}
		parts = append(parts, n)
	}
	return parts
}

// An ending is what came of a proof.
type ending struct {
	Path   string
	Held   bool
	Output string
}

// runProofs runs proofs, and returns how each ended. The server is the socket's
// folder of a PostgreSQL, if they need one.
func runProofs(t *testing.T, python, server string, paths []string) map[string]ending {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, python, append([]string{"-W", "error::SyntaxWarning", "testdata/proof/runner.py"}, paths...)...)
	cmd.Env = append(os.Environ(), "STOCK_SERVER="+server, "PYTHONDONTWRITEBYTECODE=1", "TMPDIR="+t.TempDir())
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("the proofs do not run: %v\n%s", err, stderr.String())
	}
	ended := map[string]ending{}
	for d := json.NewDecoder(bytes.NewReader(out)); d.More(); {
		var e ending
		if err := d.Decode(&e); err != nil {
			t.Fatalf("%v in\n%s", err, out)
		}
		ended[e.Path] = e
	}
	if len(ended) != len(paths) {
		t.Fatalf("%d of %d proofs ended\n%s", len(ended), len(paths), stderr.String())
	}
	return ended
}

// ranNowhere is called for what none of the interpreters ran. That is wrong where
// they are those that make test prepares.
func ranNowhere(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("SESSIONLINT_PYTHON") == "" {
		t.Errorf("%s ran nowhere: it is about other versions of SQLAlchemy", what)
	} else {
		t.Logf("%s ran nowhere: it is about other versions of SQLAlchemy than SESSIONLINT_PYTHON has", what)
	}
}

// interpreters returns the Pythons that have SQLAlchemy: those that
// SESSIONLINT_PYTHON lists, else those of the virtual environments at the top
// of the checkout.
func interpreters(t *testing.T) []string {
	t.Helper()
	list := filepath.SplitList(os.Getenv("SESSIONLINT_PYTHON"))
	if len(list) == 0 {
		for _, venv := range []string{".venv", ".venv-2.1", ".venv-1.4"} {
			list = append(list, filepath.Join("..", venv, "bin", "python"))
		}
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
	out, err := exec.Command(python, "-c", "import aiosqlite, asyncpg, greenlet, psycopg2, sqlalchemy; print(sqlalchemy.__version__)").CombinedOutput()
	if err != nil {
		t.Fatalf("%s lacks SQLAlchemy or a driver: %v; run `make test`, which installs them, or name others in SESSIONLINT_PYTHON\n%s", python, err, out)
	}
	return strings.TrimSpace(string(out))
}
