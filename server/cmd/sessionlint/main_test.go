package main

import (
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"sessionlint": main})
}

// run runs the program and returns what it printed and its exit code.
func run(t *testing.T, stdin string, args ...string) (out string, code int) {
	t.Helper()
	cmd := exec.Command("sessionlint", args...)
	cmd.Stdin = strings.NewReader(stdin)
	data, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return string(data), cmd.ProcessState.ExitCode()
}

func TestCheckUsesTheRealRules(t *testing.T) {
	const source = `from sqlalchemy.orm import Session

def f(engine):
    with Session(engine) as session:
        pass
    session.execute("select 1")
`
	out, code := run(t, source, "check", "-")
	if code != 1 || !strings.Contains(out, "SES101") || !strings.Contains(out, "<stdin>:6:5") {
		t.Errorf("exit code %d, output\n%s", code, out)
	}
	if out, code := run(t, "", "explain", "SES201"); code != 0 || !strings.HasPrefix(out, "# SES201 multiple-commits\n") {
		t.Errorf("exit code %d, output\n%s", code, out)
	}
}

func TestServerSpeaksOnTheStandardStreams(t *testing.T) {
	initialize := `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}`
	shutdown, exit := `{"jsonrpc":"2.0","id":2,"method":"shutdown"}`, `{"jsonrpc":"2.0","method":"exit"}`

	out, code := run(t, framed(initialize, `{"jsonrpc":"2.0","method":"initialized","params":{}}`, shutdown, exit), "server", "--stdio")
	if code != 0 || !strings.HasPrefix(out, "Content-Length: ") || !strings.Contains(out, `"capabilities":`) {
		t.Errorf("exit code %d, output\n%s", code, out)
	}
	if _, code := run(t, framed(initialize, exit), "server"); code != 1 {
		t.Errorf("exit code %d of a client that exits without shutdown", code)
	}
}

// framed returns messages as they stand on the wire.
func framed(messages ...string) string {
	var b strings.Builder
	for _, m := range messages {
		fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n%s", len(m), m)
	}
	return b.String()
}
