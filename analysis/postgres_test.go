package analysis_test

import (
	"bufio"
	_ "embed"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

//go:embed testdata/postgres/cluster.sh
var clusterScript string

// postgres starts a PostgreSQL of the test's own, and returns the folder of its
// socket. It ends with the test, or with the process of the test.
func postgres(t *testing.T) string {
	t.Helper()
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if path, err := exec.LookPath("initdb"); err == nil {
		found = append(found, path)
	}
	if len(found) == 0 {
		t.Fatal("there is no PostgreSQL: run `make test`, which installs it, or install Debian's package postgresql")
	}
	args := []string{"sh", "-c", clusterScript, "cluster", filepath.Dir(found[len(found)-1])}
	if os.Getuid() == 0 {
		args = append([]string{"runuser", "-u", "postgres", "--"}, args...) // it refuses to run as root
	}
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = "/"
	var stderr strings.Builder
	cmd.Stderr = &stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, _ := bufio.NewReader(stdout).ReadString('\n')
	t.Cleanup(func() {
		_ = stdin.Close()
		if err := cmd.Wait(); err != nil {
			t.Errorf("PostgreSQL did not end well: %v\n%s", err, stderr.String())
		}
	})
	folder, ok := strings.CutPrefix(strings.TrimSpace(line), "ready ")
	if !ok {
		t.Fatalf("PostgreSQL does not start: %s", line)
	}
	return folder
}
