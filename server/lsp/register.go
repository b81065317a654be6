package lsp

import (
	"context"
	"encoding/json"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// watched are the files on disk that findings can hang on.
const watched = `{"watchers":[{"globPattern":"**/*.py"},{"globPattern":"**/*.{toml,lock}"},{"globPattern":"**/{requirements.txt,setup.cfg,.gitignore}"}]}`

// workspaceOptions is what the server wants to be told of the client's folders and
// of what the user does to files in the client.
func workspaceOptions() *protocol.WorkspaceOptions {
	file, folder := protocol.FileOperationPatternKindFile, protocol.FileOperationPatternKindFolder
	filters := protocol.FileOperationRegistrationOptions{Filters: []protocol.FileOperationFilter{
		{Scheme: new("file"), Pattern: protocol.FileOperationPattern{Glob: "**/*.{py,toml,lock}", Matches: file}},
		{Scheme: new("file"), Pattern: protocol.FileOperationPattern{Glob: "**/{requirements.txt,setup.cfg,.gitignore}", Matches: file}},
		{Scheme: new("file"), Pattern: protocol.FileOperationPattern{Glob: "**", Matches: folder}},
	}}
	return &protocol.WorkspaceOptions{
		WorkspaceFolders: &protocol.WorkspaceFoldersServerCapabilities{Supported: new(true), ChangeNotifications: protocol.Boolean(true)},
		FileOperations:   &protocol.FileOperationOptions{DidCreate: filters, DidRename: filters, DidDelete: filters},
	}
}

// notebookSync is which notebooks the server wants to be told of: those with Python
// cells, of which it is told alone.
func notebookSync() *protocol.NotebookDocumentSyncOptions {
	return &protocol.NotebookDocumentSyncOptions{NotebookSelector: []protocol.NotebookSelector{
		&protocol.NotebookDocumentFilterWithCells{Cells: []protocol.NotebookCellLanguage{{Language: "python"}}},
	}}
}

// register asks the client to tell of changes of files that are not open, and of the
// settings.
func (s *server) register(ctx context.Context) {
	var list []protocol.Registration
	if s.peer.watches {
		list = append(list, protocol.Registration{
			ID: "python-files", Method: protocol.MethodWorkspaceDidChangeWatchedFiles, RegisterOptions: protocol.LSPAny(json.RawMessage(watched)),
		})
	}
	if s.peer.announces {
		list = append(list, protocol.Registration{
			ID: "settings", Method: protocol.MethodWorkspaceDidChangeConfiguration, RegisterOptions: protocol.LSPAny(json.RawMessage(`{"section":"` + section + `"}`)),
		})
	}
	if len(list) == 0 || s.client == nil {
		return
	}
	ctx = jsonrpc2.DetachContext(ctx) // the notification's own is recycled
	go func() {                       // the answer comes through the loop that has called
		s.ask(ctx, "tell of changed files and settings", func(ctx context.Context) error {
			return s.client.RegisterCapability(ctx, &protocol.RegistrationParams{Registrations: list})
		})
	}()
}
