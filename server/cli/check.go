package cli

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"sessionlint/analysis/config"
	"sessionlint/analysis/rule"
	"sessionlint/server/disk"
	"sessionlint/server/report"
)

// check is one run of the check command.
type check struct {
	newChecker func(Workspace) Checker
	checker    Checker
	loader     *config.Loader
	texts      *texts
	force      bool   // leave out what is named and excluded
	cache      *cache // nil for none
	in         io.Reader
	out, err   io.Writer

	fix, unsafe, diff bool
	howToFix          string // how the user asks for the safe fixes
	showSuppressed    bool
	color             bool
	format            report.Format
	asker             *asker // asks about each fix; nil for none

	// read returns the text of a disk.Source, concurrently, and write changes it on
	// disk.
	read  func(disk.Source) (disk.Content, error)
	write func(disk.Source, report.Change) error
}

// checkFlags are the flags as they were given.
type checkFlags struct {
	fix, unsafe, diff, noCache   bool
	interactive                  bool
	howToFix                     string
	showSuppressed, forceExclude bool
	color, format, stdinFilename string
	cacheDir                     string
	jobs                         int
	rules                        rule.Choice
	config                       configFlags
}

const checkHelp = `Check Python files for SQLAlchemy sessions that leak and transactions that come apart.

A path is a file, which is checked whatever its name is, a folder, or - for the
standard input; without a path the current folder is checked. In folders the
files *.py are checked, except those that .gitignore files, .git/info/exclude or
the configuration exclude; if that says nothing, those in folders that tools make,
such as .venv, node_modules, build or dist. Links to folders are not followed.

The configuration is the nearest sessionlint.toml, .sessionlint.toml or
pyproject.toml with a section [tool.sessionlint], of each file's folder or one
above it; 'sessionlint config show' tells what holds. What is wrong in it is
reported as findings, and the rest of it counts.

The comment # sessionlint: ignore[use-after-close] behind a statement suppresses
what is found in it; on a line of its own, what is found in the statement,
function or class below. # sessionlint: ignore-file[SES101] suppresses it in the
whole file, and # noqa: SES101 works as in flake8 and ruff.

Fixes are safe, the program does the same without the defect, or unsafe, its
behaviour may change as the fix says. With - as the path, --fix writes the mended
text to the standard output and the findings to the standard error.

The JSON output is an array of objects, one for each finding. Lines and columns
count from 1, columns in Unicode characters; end_line and end_column are the
place after the last character.

What was found is kept in the folder .sessionlint_cache of the project, and used
again as long as neither the file nor any other that counts has changed;
'sessionlint clean' removes it.

Exit code: 0 nothing was found, or all of it was fixed; 1 something was found;
2 wrong usage or a file that could not be analysed, which is named on the
standard error while the others are still checked.`

func (a *app) checkCommand() *cobra.Command {
	f := checkFlags{howToFix: "--fix"}
	cmd := &cobra.Command{
		Use:   "check [path...]",
		Short: "Check Python files, and mend them with --fix",
		Long:  checkHelp,
		Example: `  sessionlint check
  sessionlint check app tests/conftest.py
  sessionlint check --diff --unsafe-fixes | git apply
  sessionlint check --output-format json > findings.json
  sessionlint check --select SES2 --ignore multiple-commits
  sessionlint check - --stdin-filename app/db.py < app/db.py`,
		RunE: func(cmd *cobra.Command, args []string) error {
			code, err := a.check(cmd.Context(), f, args)
			a.code = code
			return err
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.BoolVar(&f.fix, "fix", false, "apply the safe fixes")
	flags.BoolVar(&f.unsafe, "unsafe-fixes", false, "show unsafe fixes; with --fix or --diff, apply them too")
	flags.BoolVar(&f.diff, "diff", false, "print what --fix would change and write nothing")
	flags.BoolVar(&f.showSuppressed, "show-suppressed", false, "show what comments suppress too; it counts for nothing")
	flags.StringVar(&f.format, "output-format", "text", "how findings are printed: "+strings.Join(formatNames(), ", "))
	f.add(flags)
	return cmd
}

// add adds the flags that all commands have that check files.
func (f *checkFlags) add(flags *pflag.FlagSet) {
	flags.StringSliceVar(&f.rules.Select, "select", nil, "run these rules, whatever the configuration chooses: codes, names, SES1 and the like, or ALL")
	flags.StringSliceVar(&f.rules.Extend, "extend-select", nil, "run these rules too, such as those that are off by default")
	flags.StringSliceVar(&f.rules.Ignore, "ignore", nil, "do not run these rules")
	flags.BoolVar(&f.forceExclude, "force-exclude", false, "leave out what the configuration excludes also where it is named")
	f.config.add(flags)
	flags.StringVar(&f.color, "color", "auto", "use colours: auto, always, never (auto honours NO_COLOR and FORCE_COLOR)")
	flags.StringVar(&f.stdinFilename, "stdin-filename", "", "the name of the file that comes from the standard input")
	flags.IntVarP(&f.jobs, "jobs", "j", 0, "how many files are analysed at a time (default: one for each processor)")
	flags.BoolVar(&f.noCache, "no-cache", false, "neither use nor keep results")
	flags.StringVar(&f.cacheDir, "cache-dir", "", "the folder that results are kept in (default: "+disk.CacheName+" in the project's folder)")
}

func (a *app) check(ctx context.Context, f checkFlags, args []string) (int, error) {
	color, err := a.color(f.color)
	if err != nil {
		return ExitError, err
	}
	format, err := formatFor(f.format, color)
	if err != nil {
		return ExitError, err
	}
	t := newTexts()
	loader, err := a.loader(t, f.config, f.rules)
	if err != nil {
		return ExitError, err
	}
	stdin := slices.Contains(args, "-")
	switch {
	case f.jobs < 0:
		return ExitError, usageError{fmt.Errorf("--jobs %d: give a number above 0", f.jobs)}
	case f.diff && f.format != "text":
		return ExitError, usageError{errors.New("--diff prints a diff only: leave out --output-format")}
	case stdin && len(args) > 1:
		return ExitError, usageError{errors.New("- is the standard input and must be the only path")}
	case !stdin && f.stdinFilename != "":
		return ExitError, usageError{errors.New("--stdin-filename names what comes from the standard input: give - as the path")}
	}
	if f.jobs == 0 {
		f.jobs = runtime.GOMAXPROCS(0)
	}
	c := &check{
		newChecker: func(w Workspace) Checker { return a.Checker(loader, w) }, loader: loader, texts: t, force: f.forceExclude,
		in: a.In, out: a.Out, err: a.Err,
		fix: f.fix && !f.diff && !f.interactive, unsafe: f.unsafe, diff: f.diff, howToFix: f.howToFix, showSuppressed: f.showSuppressed, color: color, format: format,
	}
	if f.interactive {
		if c.asker, err = a.asker(f, stdin, color); err != nil {
			return ExitError, err
		}
		c.format = report.Summary{Color: color}
	}
	if stdin {
		return c.stdin(ctx, f.stdinFilename)
	}
	version := a.Build() + " " + strconv.FormatBool(f.showSuppressed)
	return c.files(ctx, f.jobs, args, func(root string, t *texts) (*cache, error) {
		if f.noCache {
			return nil, nil
		}
		return openCache(cmp.Or(f.cacheDir, filepath.Join(root, disk.CacheName)), root, version, a.Rules, loader, t)
	})
}

// files checks files and folders. open opens the cache of the project in a folder.
func (c *check) files(ctx context.Context, jobs int, args []string, open func(root string, t *texts) (*cache, error)) (int, error) {
	if len(args) == 0 {
		args = []string{"."}
	}
	cwd, err := os.Getwd()
	if err != nil {
		return ExitError, fmt.Errorf("find the current folder: %w", err)
	}
	sources, problems, err := disk.Collect(ctx, cwd, args, c.loader, c.force)
	if err != nil {
		return ExitError, err
	}
	if len(sources) == 0 && len(problems) == 0 {
		say(c.err, "warning: no Python files in %s; files that .gitignore names or the configuration excludes are left out\n", strings.Join(args, ", "))
	}
	w := c.workspaceOf(sources, cwd)
	c.checker = c.newChecker(w)
	c.read = c.texts.content
	c.write = func(s disk.Source, change report.Change) error {
		return replaceFile(s.Real, change.Before, change.After)
	}
	if c.cache, err = open(rootOf(w, cwd), c.texts); err != nil {
		c.uncached(err)
	}
	if c.cache != nil {
		c.cache.module = c.checker.Module
	}
	results, err := forEach(ctx, sources, jobs, c.task())
	if err != nil {
		return ExitError, err
	}
	if c.fix {
		if err := c.apply(ctx, sources, results); err != nil {
			return ExitError, err
		}
	}
	if c.asker != nil {
		if err := c.ask(ctx, sources, results); err != nil {
			return ExitError, err
		}
	}
	if c.cache != nil {
		if err := c.cache.end(); err != nil {
			c.uncached(err)
		}
	}
	return c.finish(c.out, c.configured(cwd, results), problems)
}

// configured adds what is wrong with the configurations of the sources.
func (c *check) configured(cwd string, results []analysed) []analysed {
	for _, r := range c.loader.Findings() {
		out := analysed{file: report.File{Path: disk.Shown(cwd, r.Path), Text: r.Text}, ok: true}
		for _, f := range r.Findings {
			out.file.Findings = append(out.file.Findings, report.Finding{Finding: f})
		}
		results = append(results, out)
	}
	slices.SortStableFunc(results, func(a, b analysed) int { return strings.Compare(a.file.Path, b.file.Path) })
	return results
}

// rootOf returns the folder of the project that is checked, or that of the current
// folder if there are several.
func rootOf(w Workspace, cwd string) string {
	if len(w.Tops) == 1 {
		return w.Tops[0]
	}
	return disk.Top(cwd, cwd)
}

// uncached tells that the next run will take as long as this one.
func (c *check) uncached(err error) {
	say(c.err, "warning: results cannot be kept for the next run: %s; name another folder with --cache-dir, or give --no-cache\n", report.OneLine(err.Error()))
}

// workspaceOf returns the workspace of the files that are to be checked.
func (c *check) workspaceOf(sources []disk.Source, cwd string) Workspace {
	w := Workspace{Source: c.texts}
	tops := map[string]string{} // by folder
	for _, s := range sources {
		dir := filepath.Dir(s.Path)
		if _, known := tops[dir]; !known {
			tops[dir] = disk.Top(s.Path, cwd)
		}
		w.Files = append(w.Files, s.Path)
	}
	for _, top := range tops {
		w.Tops = append(w.Tops, top)
	}
	slices.Sort(w.Tops)
	w.Tops = slices.Compact(w.Tops)
	return w
}

// stdin checks the standard input.
func (c *check) stdin(ctx context.Context, name string) (int, error) {
	cwd, err := os.Getwd()
	if err != nil {
		return ExitError, fmt.Errorf("find the current folder: %w", err)
	}
	s := disk.Source{Shown: "<stdin>", Path: disk.Within(cwd, cmp.Or(name, "<stdin>"))}
	if name != "" {
		s.Shown = disk.Shown(cwd, s.Path)
	}
	c.checker = c.newChecker(c.workspaceOf([]disk.Source{s}, cwd))
	in, readErr := disk.ReadSource(c.in)
	c.read = func(disk.Source) (disk.Content, error) { return in, readErr }
	sources := []disk.Source{s}
	if c.force && disk.Excluded(c.loader, s.Path, cwd) {
		sources = nil
	}
	results, err := forEach(ctx, sources, 1, c.task())
	if err != nil {
		return ExitError, err
	}
	to := c.out
	if c.fix && readErr == nil && !slices.ContainsFunc(results, func(a analysed) bool { return !a.ok }) {
		text := in.Whole(in.Text)
		for _, a := range results {
			if a.change.Before != a.change.After {
				text = a.change.After
			}
		}
		if _, err := io.WriteString(c.out, text); err != nil {
			return ExitError, fmt.Errorf("write the mended text: %w", err)
		}
		to = c.err
	}
	return c.finish(to, c.configured(cwd, results), nil)
}

// finish reports the results and returns the exit code.
func (c *check) finish(out io.Writer, results []analysed, problems []disk.Problem) (int, error) {
	r := &report.Report{Unsafe: c.unsafe, HowToFix: c.howToFix}
	for _, a := range results {
		problems = append(problems, a.problems...)
		if a.ok {
			r.Checked++
		}
		r.Fixed += a.fixed
		if len(a.file.Findings) > 0 {
			r.Files = append(r.Files, a.file)
		}
	}
	var err error
	if c.diff {
		err = c.writeDiff(out, results, r)
	} else {
		err = c.format.Write(out, r)
	}
	if err != nil {
		return ExitError, err
	}
	c.complain(problems)
	switch {
	case len(problems) > 0:
		return ExitError, nil
	case r.Count() > 0:
		return ExitFindings, nil
	}
	return ExitClean, nil
}

func (c *check) writeDiff(out io.Writer, results []analysed, r *report.Report) error {
	var b bytes.Buffer
	changed := 0
	for _, a := range results {
		if a.change.Before == a.change.After {
			continue
		}
		changed++
		if err := report.Diff(&b, a.change, c.color); err != nil {
			return err
		}
	}
	if _, err := out.Write(b.Bytes()); err != nil {
		return fmt.Errorf("write the diff: %w", err)
	}
	// The diff may be piped into a program: what is for people goes elsewhere.
	say(c.err, "Would apply %s to %s; found %s in %s.\n", report.Plural(r.Fixed, "fix", "fixes"),
		report.Plural(changed, "file", "files"), report.Plural(r.Count(), "finding", "findings"), report.Plural(r.Checked, "file", "files"))
	return nil
}

// complain names the files that could not be analysed, in the order of their
// paths.
func (c *check) complain(problems []disk.Problem) {
	slices.SortStableFunc(problems, func(a, b disk.Problem) int { return strings.Compare(a.Shown, b.Shown) })
	for _, p := range problems {
		say(c.err, "error: %s: %s\n", report.OneLine(p.Shown), report.OneLine(p.Message))
		for line := range strings.Lines(p.Detail) {
			say(c.err, "    %s", line)
		}
	}
}

// say tells the user something on the standard error. That it is gone is no
// reason to stop, and there is nobody to tell.
func say(w io.Writer, format string, args ...any) {
	_, _ = fmt.Fprintf(w, format, args...)
}
