// Package cli is the command line: it finds files, has them analysed, and
// reports or mends what was found.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"sessionlint/analysis"
	"sessionlint/analysis/rule"
)

// The exit codes.
const (
	ExitClean    = 0 // nothing was found
	ExitFindings = 1 // something was found
	ExitError    = 2 // wrong usage, or a file could not be analysed
)

// Options are the command line's dependencies.
type Options struct {
	Rules   []*rule.Rule                             // all there are
	Checker func(analysis.Policy, Workspace) Checker // of what is wanted of each file
	Version string
	Build   func() string // tells two builds of one version apart

	// Serve runs the language server until its client ends it, logs what goes
	// wrong, and returns the exit code of the process.
	Serve func(ctx context.Context, in io.Reader, out io.Writer, opts ServerOptions) int

	In       io.Reader
	Out, Err io.Writer
	Getenv   func(string) string
	Terminal bool // Out is a terminal

	// Keyboard lets single keys be read from In, until restore is called; nil if
	// In is no terminal.
	Keyboard func() (restore func(), err error)
}

// app is one run of the command line.
type app struct {
	Options
	code int // what the command returns if it has no error
}

// Run runs the command line with the arguments after the program's name and
// returns the exit code of the process.
func Run(ctx context.Context, args []string, opts Options) int {
	a := &app{Options: opts}
	root := a.root()
	root.SetArgs(args)
	root.SetIn(opts.In)
	root.SetOut(opts.Out)
	root.SetErr(opts.Err)
	cmd, err := root.ExecuteContextC(ctx)
	switch {
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		say(opts.Err, "error: interrupted\n")
		return ExitError
	case err != nil:
		say(opts.Err, "error: %v\n", err)
		var usage usageError
		if errors.As(err, &usage) {
			say(opts.Err, "run '%s --help' for what it takes\n", cmd.CommandPath())
		}
		return ExitError
	}
	return a.code
}

// usageError is a mistake in how the program was called.
type usageError struct{ error }

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "sessionlint",
		Short: "Find SQLAlchemy sessions that leak and transactions that come apart",
		Long: `sessionlint finds SQLAlchemy sessions that leak and transactions that come apart.

  sessionlint check            check the Python files of this folder
  sessionlint check --diff     show how they can be mended
  sessionlint fix              mend them
  sessionlint explain SES101   what a rule is about
  sessionlint config show      which settings are in force

Exit code: 0 nothing was found, 1 something was found, 2 wrong usage or a file
that could not be analysed.`,
		Version:       a.Version,
		Args:          cobra.ArbitraryArgs,
		SilenceErrors: true,
		SilenceUsage:  true,

		SuggestionsMinimumDistance: 2,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				a.code = ExitError
				return cmd.Help()
			}
			if like := cmd.SuggestionsFor(args[0]); len(like) > 0 {
				return usageError{fmt.Errorf("unknown command %q: did you mean %q?", args[0], like[0])}
			}
			return usageError{fmt.Errorf("unknown command %q: to check a file or folder, run 'sessionlint check %s'", args[0], args[0])}
		},
	}
	root.SetVersionTemplate("sessionlint {{.Version}}\n")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.AddCommand(a.checkCommand(), a.cleanCommand(), a.configCommand(), a.explainCommand(), a.fixCommand(), a.serverCommand(), a.versionCommand())
	return root
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  usageArgs(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			return writeAll(a.Out, "sessionlint "+a.Version+"\n")
		},
	}
}

// usageArgs marks the errors of an argument check as mistakes in usage.
func usageArgs(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return usageError{err}
		}
		return nil
	}
}
