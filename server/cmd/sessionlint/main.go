// Sessionlint finds SQLAlchemy sessions that leak and transactions that come
// apart.
package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"syscall"
	"time"

	"golang.org/x/term"

	"sessionlint/analysis"
	"sessionlint/analysis/rule/all"
	"sessionlint/server/cli"
	"sessionlint/server/lsp"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// A second signal ends the program at once.
	context.AfterFunc(ctx, stop)
	engine := analysis.NewEngine(all.Default()...)
	os.Exit(cli.Run(ctx, os.Args[1:], cli.Options{
		Rules:   all.Rules(),
		Checker: cli.NewChecker,
		Version: version(),
		Build:   build,
		Serve: func(ctx context.Context, in io.Reader, out io.Writer, o cli.ServerOptions) int {
			slog.SetDefault(o.Log) // the fixes say there why there is none
			code, _ := lsp.Serve(ctx, in, out, lsp.Options{
				Engine: engine, Rules: all.Rules(), Log: o.Log, Record: o.Record, Version: version(),
				Pages: pages(), LimitMemory: func(bytes int64) { debug.SetMemoryLimit(bytes) },
			}) // the error was logged
			return code
		},
		In:       os.Stdin,
		Out:      os.Stdout,
		Err:      os.Stderr,
		Getenv:   os.Getenv,
		Terminal: term.IsTerminal(int(os.Stdout.Fd())),
		Keyboard: cli.Keyboard(os.Stdin),
	}))
}

// version returns the version of the module as the Go tool recorded it.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// pages returns where editors find the rules' pages, "" if there is no place for them.
func pages() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "sessionlint", "rules")
}

// build returns what tells this program from another build of it: the version of
// a release, else the sum of the program itself.
func build() string {
	v := version()
	if released.MatchString(v) {
		return v
	}
	path, err := os.Executable()
	if err != nil {
		return v + time.Now().String() // no two runs are known to be alike
	}
	f, err := os.Open(path)
	if err != nil {
		return v + time.Now().String()
	}
	defer func() { _ = f.Close() }() // it was only read
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return v + time.Now().String()
	}
	return fmt.Sprintf("%s %x", v, h.Sum(nil))
}

// released is the version of a build from a tag, of what was committed.
var released = regexp.MustCompile(`^v\d+\.\d+\.\d+(-[a-z]+\.\d+)?$`)
