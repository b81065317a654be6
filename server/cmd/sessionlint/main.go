// Sessionlint finds SQLAlchemy sessions that leak and transactions that come
// apart.
package main

import (
	"context"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

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
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	engine := analysis.NewEngine(all.Default()...)
	os.Exit(cli.Run(ctx, os.Args[1:], cli.Options{
		Rules:   all.Rules(),
		Checker: cli.NewChecker,
		Version: version(),
		Serve: func(ctx context.Context, in io.Reader, out io.Writer) int {
			code, _ := lsp.Serve(ctx, in, out, lsp.Options{Engine: engine, Log: log, Version: version()}) // the error was logged
			return code
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
