// Sessionlint finds SQLAlchemy sessions that leak and transactions that come
// apart.
package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"golang.org/x/term"

	"sessionlint/analysis"
	"sessionlint/analysis/rule/all"
	"sessionlint/server/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// A second signal ends the program at once.
	context.AfterFunc(ctx, stop)
	rules := all.Rules()
	engine := analysis.NewEngine(rules...)
	os.Exit(cli.Run(ctx, os.Args[1:], cli.Options{
		Checker: cli.NewChecker(engine),
		Rules:   rules,
		Version: version(),
		Serve: func(context.Context, io.Reader, io.Writer) (int, error) {
			return cli.ExitError, errors.New("the language server is not built in yet")
		},
		In:       os.Stdin,
		Out:      os.Stdout,
		Err:      os.Stderr,
		Getenv:   os.Getenv,
		Terminal: term.IsTerminal(int(os.Stdout.Fd())),
	}))
}

// version returns the version of the module as the Go tool recorded it.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
