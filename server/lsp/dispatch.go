package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// codeRequestFailed is the protocol's RequestFailed.
const codeRequestFailed jsonrpc2.Code = -32803

// handler returns the function that the connection calls for each message, in
// wire order and on the read loop. Neither a panic nor an error of a notification
// may come out of it: the connection would end.
func (s *server) handler(stream *stream) jsonrpc2.Handler {
	decode := protocol.ServerHandler(s, jsonrpc2.MethodNotFoundHandler)
	return func(ctx context.Context, req *jsonrpc2.Request) (result any, err error) {
		method := strings.Clone(req.Method()) // the log may keep it
		done := s.traced(ctx, req, method)
		defer func() { done(err) }()
		if !req.IsCall() {
			if err := s.recovered(method, func() error { return s.notice(ctx, req, stream) }); err != nil {
				s.log.Warn("a notification is not heeded", "method", method, "error", err)
			}
			return nil, nil
		}
		ctx, end, err := s.calls.begin(ctx, req.ID())
		if err != nil {
			return nil, err
		}
		defer end()
		err = s.recovered(method, func() error {
			result, err = s.answer(ctx, req, decode)
			return err
		})
		return result, wireError(err)
	}
}

// answer answers a request. Package protocol would also serve a notification that
// has an id.
func (s *server) answer(ctx context.Context, req *jsonrpc2.Request, decode jsonrpc2.Handler) (any, error) {
	if err := s.admit(req.Method()); err != nil {
		return nil, err
	}
	switch req.Method() {
	case protocol.MethodInitialize, protocol.MethodShutdown,
		protocol.MethodTextDocumentCodeAction, protocol.MethodCodeActionResolve,
		protocol.MethodTextDocumentHover, protocol.MethodTextDocumentDocumentHighlight,
		protocol.MethodTextDocumentInlayHint, protocol.MethodTextDocumentCodeLens,
		protocol.MethodTextDocumentDiagnostic, protocol.MethodWorkspaceDiagnostic,
		protocol.MethodWorkspaceExecuteCommand:
		return decode(ctx, req)
	}
	return nil, jsonrpc2.Errorf(jsonrpc2.MethodNotFound, "%q is not a request that this server answers", req.Method())
}

// notice heeds a notification.
func (s *server) notice(ctx context.Context, req *jsonrpc2.Request, stream *stream) error {
	if req.Method() == protocol.MethodExit {
		stream.stopped.Store(true)
		close(s.exited)
		return nil
	}
	if s.state.Load() != stateUp {
		return errors.New("the server is not initialized, or shutting down")
	}
	switch req.Method() {
	case protocol.MethodCancelRequest:
		id, err := decodeCancel(req.Params())
		if err == nil {
			s.calls.cancel(id)
		}
		return err
	case protocol.MethodSetTrace:
		return s.setTrace(req.Params())
	case protocol.MethodInitialized:
		s.confined.Do(func() { go s.confine(jsonrpc2.DetachContext(ctx)) })
		s.register(ctx)
		s.askSettings(ctx)
		s.index(ctx)
	case protocol.MethodWorkspaceDidChangeConfiguration:
		return s.settingsChanged(ctx, req.Params())
	case protocol.MethodWorkspaceDidChangeWorkspaceFolders:
		return s.foldersChanged(ctx, req.Params())
	case protocol.MethodWorkspaceDidCreateFiles, protocol.MethodWorkspaceDidRenameFiles, protocol.MethodWorkspaceDidDeleteFiles:
		return s.filesOperated(ctx, req.Params())
	case protocol.MethodWorkspaceDidChangeWatchedFiles:
		return s.filesChanged(ctx, req.Params())
	case protocol.MethodNotebookDocumentDidOpen:
		return s.bookOpened(ctx, req.Params())
	case protocol.MethodNotebookDocumentDidChange:
		return s.bookChanged(ctx, req.Params())
	case protocol.MethodNotebookDocumentDidClose:
		return s.bookClosed(ctx, req.Params())
	case protocol.MethodTextDocumentDidOpen:
		p, err := decodeOpen(req.Params())
		if err != nil {
			return err
		}
		return s.didOpen(ctx, p)
	case protocol.MethodTextDocumentDidChange:
		p, err := decodeChange(req.Params())
		if err != nil {
			return err
		}
		return s.didChange(ctx, p)
	case protocol.MethodTextDocumentDidClose:
		d, err := decodeDocument(req.Params())
		if err != nil {
			return err
		}
		return s.didClose(ctx, *d.URI)
	}
	return nil // the protocol wants others to be ignored
}

// decodeCancel returns the id of the request to cancel. Package protocol knows
// only ids of 32 bits.
func decodeCancel(raw []byte) (jsonrpc2.ID, error) {
	var p struct {
		ID json.RawMessage `json:"id"`
	}
	if err := json.Unmarshal(raw, &p); err != nil {
		return jsonrpc2.ID{}, err
	}
	var text *string
	if json.Unmarshal(p.ID, &text) == nil && text != nil {
		return jsonrpc2.NewStringID(*text), nil
	}
	var number *int64
	if json.Unmarshal(p.ID, &number) == nil && number != nil {
		return jsonrpc2.NewNumberID(*number), nil
	}
	return jsonrpc2.ID{}, fmt.Errorf("%.40q is no id of a request", p.ID)
}

// wireError gives an error the code that the protocol has for it.
func wireError(err error) error {
	var coded *jsonrpc2.Error
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.Canceled):
		return jsonrpc2.NewError(protocol.CodeRequestCancelled, "the request was cancelled")
	case errors.Is(err, context.DeadlineExceeded):
		return jsonrpc2.NewError(codeRequestFailed, "the request took too long")
	case !errors.As(err, &coded):
		return jsonrpc2.NewError(jsonrpc2.InternalError, err.Error())
	case coded.Code == jsonrpc2.ParseError:
		// The message was understood, its parameters were not.
		return jsonrpc2.NewError(jsonrpc2.InvalidParams, err.Error())
	}
	return &jsonrpc2.Error{Code: coded.Code, Message: err.Error(), Data: coded.Data}
}
