package cli

import "github.com/spf13/cobra"

func (a *app) serverCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "server",
		Short: "Run the language server on the standard input and output",
		Long: `Run the language server. Editors start it: it speaks the Language Server Protocol
on the standard input and output, and logs to the standard error.`,
		Args: usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a.code = a.Serve(cmd.Context(), a.In, a.Out)
			return nil
		},
	}
	// Some clients pass these on their own: the first is what happens anyway, the
	// second comes again with the first request.
	cmd.Flags().Bool("stdio", true, "use the standard input and output")
	cmd.Flags().Int("clientProcessId", 0, "the process of the editor")
	_ = cmd.Flags().MarkHidden("clientProcessId") // the flag exists
	return cmd
}
