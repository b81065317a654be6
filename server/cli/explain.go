package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"sessionlint/analysis/rule"
)

func (a *app) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain [code|name]",
		Short: "Explain a rule, or list all of them",
		Example: `  sessionlint explain
  sessionlint explain SES101
  sessionlint explain use-after-close`,
		Args: usageArgs(cobra.MaximumNArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return listRules(a.Out, a.Rules)
			}
			for _, r := range a.Rules {
				if r.Called(args[0]) {
					return writeAll(a.Out, r.Page())
				}
			}
			if like := rule.Nearest(args[0], a.Rules); like != "" {
				return usageError{fmt.Errorf("no rule is called %q: did you mean %q?", args[0], like)}
			}
			return usageError{fmt.Errorf("no rule is called %q: 'sessionlint explain' lists them", args[0])}
		},
	}
}

func listRules(w io.Writer, rules []*rule.Rule) error {
	var b strings.Builder
	for _, r := range rules {
		fmt.Fprintf(&b, "%s  %-28s %-8s %s\n", r.Code, r.Name, r.Severity, r.Doc.Title)
	}
	return writeAll(w, b.String())
}

func writeAll(w io.Writer, text string) error {
	if _, err := io.WriteString(w, text); err != nil {
		return fmt.Errorf("write the answer: %w", err)
	}
	return nil
}
