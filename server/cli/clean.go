package cli

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"sessionlint/server/disk"
	"sessionlint/server/report"
)

func (a *app) cleanCommand() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "clean [path]",
		Short: "Remove what 'check' keeps of earlier runs",
		Long: `Remove the folder .sessionlint_cache of the project that a path belongs to, or
the current folder. The next run of 'check' takes as long as the first one.`,
		Args: usageArgs(cobra.MaximumNArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			a.code = ExitError
			if dir == "" {
				cwd, err := os.Getwd()
				if err != nil {
					return fmt.Errorf("find the current folder: %w", err)
				}
				path := cwd
				if len(args) > 0 {
					path = disk.Within(cwd, args[0])
				}
				if _, err := os.Stat(path); err != nil {
					return fmt.Errorf("%s: %s; check the spelling of the path", report.OneLine(path), disk.Reason(err))
				}
				dir = filepath.Join(disk.Top(path, cwd), disk.CacheName)
			}
			found, err := disk.RemoveStore(dir)
			if err != nil {
				return fmt.Errorf("remove %s: %w", report.OneLine(dir), err)
			}
			a.code = ExitClean
			if !found {
				return writeAll(a.Out, "There is no "+report.OneLine(dir)+".\n")
			}
			return writeAll(a.Out, "Removed "+report.OneLine(dir)+".\n")
		},
	}
	cmd.Flags().StringVar(&dir, "cache-dir", "", "the folder that 'check' was given")
	return cmd
}
