package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"sessionlint/analysis/config"
	"sessionlint/analysis/rule"
	"sessionlint/server/disk"
	"sessionlint/server/report"
)

// configFlags say which configuration files are read.
type configFlags struct {
	file     string
	isolated bool
}

func (f *configFlags) add(flags *pflag.FlagSet) {
	flags.StringVar(&f.file, "config", "", "the configuration file for all folders, instead of the nearest of each")
	flags.BoolVar(&f.isolated, "isolated", false, "read no configuration file")
}

// loader returns the configuration as the command line wants it.
func (a *app) loader(source config.Source, f configFlags, choice rule.Choice) (*config.Loader, error) {
	over := config.Overrides{Isolated: f.isolated, Choice: choice}
	if _, err := rule.Choose(a.Rules, choice); err != nil {
		return nil, usageError{fmt.Errorf("%w; 'sessionlint explain' lists the rules", err)}
	}
	if f.file != "" {
		if f.isolated {
			return nil, usageError{errors.New("--isolated reads no configuration file: leave out --config")}
		}
		path, err := filepath.Abs(f.file)
		if err != nil {
			return nil, fmt.Errorf("find the current folder: %w", err)
		}
		if info, err := os.Stat(path); err != nil || info.IsDir() {
			return nil, usageError{fmt.Errorf("--config %s: there is no such file", f.file)}
		}
		over.File = path
	}
	return config.NewLoader(source, a.Rules, over), nil
}

func (a *app) configCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Show the configuration, or what it can hold",
		Args:  usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a.code = ExitError
			return cmd.Help()
		},
	}
	var f configFlags
	show := &cobra.Command{
		Use:   "show [path]",
		Short: "Show the settings that hold for a file or folder, and where they come from",
		Args:  usageArgs(cobra.MaximumNArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			path := "."
			if len(args) > 0 {
				path = args[0]
			}
			return a.showConfig(f, path)
		},
	}
	f.add(show.Flags())
	schema := &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON schema of configuration files",
		Args:  usageArgs(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			text, err := config.Schema(a.Rules)
			if err != nil {
				return err
			}
			return writeAll(a.Out, string(text))
		},
	}
	cmd.AddCommand(show, schema)
	return cmd
}

// showConfig prints the settings that hold for a path, and what is wrong with them
// on the standard error.
func (a *app) showConfig(f configFlags, path string) error {
	cwd, err := os.Getwd()
	if err != nil {
		return fmt.Errorf("find the current folder: %w", err)
	}
	loader, err := a.loader(disk.NewTree(), f, rule.Choice{})
	if err != nil {
		return err
	}
	abs := disk.Within(cwd, path)
	settings := loader.For(abs)
	if info, err := os.Stat(abs); err == nil && info.IsDir() {
		settings = loader.Folder(abs)
	}
	display := func(path string) string { return disk.Shown(cwd, path) }
	text, err := settings.Show(abs, display)
	if err != nil {
		return err
	}
	if err := writeAll(a.Out, text); err != nil {
		return err
	}
	for _, m := range settings.Mistakes() {
		line, column := m.Position()
		say(a.Err, "warning: %s:%d:%d: %s\n", report.OneLine(display(m.Path)), line, column, report.OneLine(m.Message))
	}
	return nil
}
