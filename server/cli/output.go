package cli

import (
	"fmt"
	"strings"

	"sessionlint/server/report"
)

func formatNames() []string { return []string{"text", "json"} }

// formatFor returns the output format of a name.
func formatFor(name string, color bool) (report.Format, error) {
	switch name {
	case "text":
		return report.Text{Color: color}, nil
	case "json":
		return report.JSON{}, nil
	}
	return nil, usageError{fmt.Errorf("--output-format %q: choose one of %s", name, strings.Join(formatNames(), ", "))}
}

// color tells whether to use colours: as the flag says, else as the variables
// say that many programs know (no-color.org, force-color.org), else on a
// terminal.
func (a *app) color(flag string) (bool, error) {
	switch flag {
	case "always":
		return true, nil
	case "never":
		return false, nil
	case "auto":
		if a.Getenv("NO_COLOR") != "" {
			return false, nil
		}
		if force := a.Getenv("FORCE_COLOR"); force != "" {
			return force != "0", nil
		}
		return a.Terminal && a.Getenv("TERM") != "dumb", nil
	}
	return false, usageError{fmt.Errorf("--color %q: choose one of auto, always, never", flag)}
}
