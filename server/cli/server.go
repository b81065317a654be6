package cli

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"

	"github.com/spf13/cobra"
)

// ServerOptions are what the command line says of the language server.
type ServerOptions struct {
	Log    *slog.Logger
	Record io.Writer // takes the conversation; nil for none
}

// serverFlags are the flags of the server command.
type serverFlags struct {
	record, logFile string
	logLevel        slog.Level
}

func (a *app) serverCommand() *cobra.Command {
	var f serverFlags
	cmd := &cobra.Command{
		Use:   "server",
		Short: "Run the language server on the standard input and output",
		Long: `Run the language server. Editors start it: it speaks the Language Server Protocol
on the standard input and output, and logs to the standard error.`,
		Args: usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			opts, end, err := a.serverOptions(f)
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, end()) }()
			a.code = a.Serve(cmd.Context(), a.In, a.Out, opts)
			return nil
		},
	}
	cmd.Flags().StringVar(&f.logFile, "log-file", "", "append the log to a file in place of the standard error")
	cmd.Flags().TextVar(&f.logLevel, "log-level", slog.LevelInfo, "what is logged: debug, info, warn or error, and what is graver")
	cmd.Flags().StringVar(&f.record, "record", "", "write the conversation with the editor into a file; it has the text of the files that are open")
	// Some clients pass these on their own: the first is what happens anyway, the
	// second comes again with the first request.
	cmd.Flags().Bool("stdio", true, "use the standard input and output")
	cmd.Flags().Int("clientProcessId", 0, "the process of the editor")
	_ = cmd.Flags().MarkHidden("clientProcessId") // the flag exists
	return cmd
}

// serverOptions opens the files that flags name; end closes them.
func (a *app) serverOptions(f serverFlags) (opts ServerOptions, end func() error, err error) {
	var files []*os.File
	end = func() (err error) {
		for _, f := range files {
			err = errors.Join(err, f.Close())
		}
		return err
	}
	open := func(path, what string, mode int) (*os.File, error) {
		// What is written may show the user's code.
		file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|mode, 0o600)
		if err != nil {
			return nil, fmt.Errorf("open the file for the %s: %w", what, err)
		}
		files = append(files, file)
		return file, nil
	}
	log := a.Err
	if f.logFile != "" {
		file, err := open(f.logFile, "log", os.O_APPEND)
		if err != nil {
			return opts, nil, err
		}
		log = file
	}
	opts.Log = slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: f.logLevel}))
	if f.record != "" {
		file, err := open(f.record, "recording", os.O_TRUNC)
		if err != nil {
			return opts, nil, errors.Join(err, end())
		}
		opts.Record = file
	}
	return opts, end, nil
}
