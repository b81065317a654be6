package conformance_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// make soak runs more.
var (
	soakEdits  = flag.Int("edits", 2_000, "how many edits are made")
	soakCycles = flag.Int("cycles", 20, "how many files are opened and closed")
)

// flat is by how many bytes memory may grow after the warm-up.
const flat = 1 << 20

// TestSoak edits a file and opens and closes another one, on and on, and measures the
// memory that is in use after a collection: it stays what it was after the warm-up.
func TestSoak(t *testing.T) {
	root := t.TempDir()
	for name, text := range map[string]string{"app/__init__.py": "", "app/db.py": models, "app/routes.py": routes} {
		if err := os.MkdirAll(filepath.Join(root, "app"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	e := launch(t, root)
	e.initialize("testdata/initialize/neovim-0.7.json", root, nil)
	uri, other := "file://"+root+"/app/routes.py", "file://"+root+"/app/other.py"
	e.open(uri, routes)
	e.wantCodes(uri, "SES101", "SES201")

	const rounds = 11
	var first int64
	for round := range rounds {
		for n := range max(1, *soakEdits/(rounds-1)) {
			e.typeLetter(uri, n)
			if n%max(1, *soakEdits / *soakCycles) == 0 {
				e.open(other, routes)
				e.wantCodes(other, "SES101", "SES201")
				e.close(other)
			}
		}
		e.change(uri, routes)
		e.wantCodes(uri, "SES101", "SES201")
		heap, resident := e.memory()
		t.Logf("round %2d: %d bytes in use, %s resident", round, heap, resident)
		if round == 0 { // the warm-up
			first = heap
		}
		if heap > first+flat {
			t.Errorf("round %d: %d bytes in use, %d after the warm-up", round, heap, first)
		}
	}
	e.close(uri)
	e.end()
}

// typeLetter makes one edit: letters of a line come and go, in the one function or the other.
func (e *editor) typeLetter(uri string, n int) {
	e.t.Helper()
	const line = "    session.execute(text(\"select 3\"))\n"
	before := []string{"    return rows", "        session.commit()\n        session"}[n/len(line)%2]
	e.change(uri, strings.Replace(routes, before, line[:n%len(line)]+"\n"+before, 1))
	e.diagnostics(uri)
}

// memory returns how many bytes of the heap are in use, and what the system says of
// the process.
func (e *editor) memory() (heap int64, resident string) {
	e.t.Helper()
	info := e.call("workspace/executeCommand", object{"command": "sessionlint.debugInformation"})
	n, _ := get(info, "memory.heapBytes").(json.Number)
	heap, err := n.Int64()
	if err != nil {
		e.t.Fatalf("the debug information: %v", info)
	}
	resident = "an unknown number of kB"
	if status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", e.process.Process.Pid)); err == nil {
		_, resident, _ = strings.Cut(string(status), "VmRSS:")
		resident, _, _ = strings.Cut(strings.TrimSpace(resident), "\n")
	}
	return heap, resident
}
