package cli

import (
	"errors"

	"github.com/spf13/cobra"
)

const fixHelp = `Mend what is found: the same as sessionlint check --fix.

Safe fixes are applied, after which the program does the same without the defect;
with --unsafe-fixes also those after which its behaviour may change as the fix says.
What is left is reported. Paths and settings are those of sessionlint check.

With --interactive, each fix is shown with what it would change, safe or unsafe,
and applied if you say so. One key answers:

  y  yes, apply it; where there are several, the first one
  1  apply the first one where there are several; 2, the second one
  n  no
  a  yes, and of a safe fix: to all other safe ones; of an unsafe one: to all other
     ones of the same rule
  q  stop, and keep what was accepted

Each fix is made for the text that the ones before it left. A file is written when
all of its findings were gone through, unless it changed meanwhile. Ctrl-C leaves
the file as it is that is being gone through.

Exit code: 0 nothing is left; 1 something is; 2 wrong usage or a file that could
not be analysed or written.`

func (a *app) fixCommand() *cobra.Command {
	f := checkFlags{fix: true, format: "text", howToFix: "sessionlint fix"}
	cmd := &cobra.Command{
		Use:   "fix [path...]",
		Short: "Mend Python files, and ask first with --interactive",
		Long:  fixHelp,
		Example: `  sessionlint fix
  sessionlint fix --interactive app
  sessionlint fix --select SES2 --unsafe-fixes`,
		RunE: func(cmd *cobra.Command, args []string) error {
			code, err := a.check(cmd.Context(), f, args)
			a.code = code
			return err
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.BoolVarP(&f.interactive, "interactive", "i", false, "ask about each fix, safe or unsafe")
	flags.BoolVar(&f.unsafe, "unsafe-fixes", false, "apply unsafe fixes too")
	flags.BoolVar(&f.diff, "diff", false, "print what would change and write nothing")
	f.add(flags)
	return cmd
}

// asker returns who asks about fixes, if somebody can answer.
func (a *app) asker(f checkFlags, stdin, color bool) (*asker, error) {
	switch {
	case stdin:
		return nil, usageError{errors.New("--interactive reads your answers from the standard input: name files instead of -")}
	case f.unsafe:
		return nil, usageError{errors.New("--interactive asks about unsafe fixes too: leave out --unsafe-fixes")}
	case f.diff:
		return nil, usageError{errors.New("--interactive shows what each fix would change: leave out --diff")}
	case a.Keyboard == nil || !a.Terminal:
		return nil, errors.New("--interactive needs a terminal; use check --diff to see the fixes, check --fix to apply the safe ones")
	}
	return &asker{keys: keys{in: a.In, keyboard: a.Keyboard}, out: a.Out, color: color, rules: map[string]bool{}}, nil
}
