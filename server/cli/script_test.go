package cli_test

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"sessionlint/analysis"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/rule/all"
	"sessionlint/server/cli"
)

// The scripts run two programs: sessionlint, which is the real one, and
// wordlint, the same command line over a checker that finds words, so that what
// the scripts say of files and output does not depend on what a rule finds.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"sessionlint": func() {
			program(cli.NewChecker, all.Rules())
		},
		"wordlint": func() { program(func(p analysis.Policy, _ cli.Workspace) cli.Checker { return words{p} }, wordRules()) },
	})
}

func program(c func(analysis.Policy, cli.Workspace) cli.Checker, rules []*rule.Rule) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(cli.Run(ctx, os.Args[1:], cli.Options{
		Checker: c, Rules: rules, Version: "1.2.3", Build: func() string { return os.Getenv("TEST_BUILD") },
		Serve: func(_ context.Context, in io.Reader, out io.Writer, o cli.ServerOptions) int {
			o.Log.Debug("asked")
			o.Log.Warn("warned")
			if o.Record != nil {
				out = io.MultiWriter(out, o.Record)
			}
			if _, err := io.Copy(out, in); err != nil { // shows that the streams arrive
				return 8
			}
			return 7
		},
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		Getenv: os.Getenv, Terminal: os.Getenv("TEST_TERMINAL") != "", Keyboard: keyboard(),
	}))
}

// keyboard is a terminal's, or what a script gives in its place; it may name a
// file that somebody else writes while a key is waited for.
func keyboard() func() (func(), error) {
	name := os.Getenv("TEST_KEYS")
	if name == "" {
		return cli.Keyboard(os.Stdin)
	}
	return func() (func(), error) {
		if name == "1" {
			return func() {}, nil
		}
		return func() {}, os.WriteFile(name, []byte("new text\n"), 0o666)
	}
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE") != "",
		Setup: func(env *testscript.Env) error {
			env.Setenv("NO_COLOR", "")
			env.Setenv("FORCE_COLOR", "")
			env.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
			env.Setenv("GIT_CONFIG_SYSTEM", os.DevNull)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":  exits,
			"bytes":  writeBytes,
			"holds":  holds,
			"repeat": repeat,
			"mode":   mode,
		},
	})
}

// exits runs a program and compares its exit code: exits 1 wordlint check
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits code program [argument...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("run %s: %v", args[1], err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("%s exited with %d instead of %d", args[1], got, want)
	}
}

// writeBytes writes a file, in the escapes of a Go string: bytes a.py 'x\r\n'
func writeBytes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: bytes file text")
	}
	text, err := strconv.Unquote(`"` + args[1] + `"`)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o666))
}

// holds compares a file with a text in the escapes of a Go string.
func holds(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: holds file text")
	}
	if got := strconv.Quote(ts.ReadFile(args[0])); got != `"`+args[1]+`"` {
		ts.Fatalf("%s holds %s", args[0], got)
	}
}

// repeat writes a file of n times a text: repeat big.py 1000 'x\n'
func repeat(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: repeat file n text")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	text, err := strconv.Unquote(`"` + args[2] + `"`)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Repeat(text, n)), 0o666))
}

// mode compares the type and permissions of a file: mode a.py -rwxr-x---
func mode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: mode file mode")
	}
	info, err := os.Lstat(ts.MkAbs(args[0]))
	ts.Check(err)
	if got := info.Mode().String(); got != args[1] {
		ts.Fatalf("%s is %s instead of %s", args[0], got, args[1])
	}
}
