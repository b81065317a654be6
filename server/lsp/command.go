package lsp

import (
	"context"
	"encoding/json"
	"fmt"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"sessionlint/analysis/rule"
	"sessionlint/quickfix"
)

// The commands that clients can have executed.
const (
	applyFixAll  = "sessionlint.applyFixAll"         // of a document: {uri}
	explainRule  = "sessionlint.explainRule"         // a code or name; returns the page in Markdown
	showTimeline = "sessionlint.showSessionTimeline" // of a function: {uri, position}
	showDebug    = "sessionlint.debugInformation"    // of the server
)

// forUser is how much longer than other answers one may take that a user has to give.
const forUser = 10

// place is the argument of commands that are about a place in a document.
type place struct {
	URI      string            `json:"uri"`
	Position protocol.Position `json:"position"`
}

// ExecuteCommand implements [protocol.Server].
func (s *server) ExecuteCommand(ctx context.Context, p *protocol.ExecuteCommandParams) (protocol.LSPAny, error) {
	switch p.Command {
	case applyFixAll:
		return commanded(p, func(at place) (any, error) { return s.applyAll(ctx, uri.URI(at.URI)) })
	case explainRule:
		return commanded(p, s.page)
	case showTimeline:
		return commanded(p, func(at place) (any, error) { return s.timelineAt(ctx, at) })
	case showDebug:
		open := len(s.documents)
		return answered(detached(ctx, s, func(context.Context) (*debugInformation, error) { return s.debug(open), nil }))
	}
	return nil, jsonrpc2.Errorf(jsonrpc2.InvalidParams, "%.80q is no command of this server", p.Command)
}

// commanded executes a command with its one argument.
func commanded[T any](p *protocol.ExecuteCommandParams, do func(T) (any, error)) (protocol.LSPAny, error) {
	var argument T
	if len(p.Arguments) != 1 {
		return nil, jsonrpc2.Errorf(jsonrpc2.InvalidParams, "%s has one argument, not %d", p.Command, len(p.Arguments))
	}
	if err := json.Unmarshal(p.Arguments[0], &argument); err != nil {
		return nil, jsonrpc2.Errorf(jsonrpc2.InvalidParams, "the argument of %s: %v", p.Command, err)
	}
	return answered(do(argument))
}

// answered is a command's result on its way to the client.
func answered[T any](result T, err error) (protocol.LSPAny, error) {
	if err != nil {
		return nil, err
	}
	return json.Marshal(result)
}

// page returns the page of a rule.
func (s *server) page(name string) (any, error) {
	if r := s.ruleCalled(name); r != nil {
		return r.Page(), nil
	}
	hint := ""
	if like := rule.Nearest(name, s.opts.Rules); like != "" {
		hint = fmt.Sprintf(": did you mean %q?", like)
	}
	return nil, jsonrpc2.Errorf(jsonrpc2.InvalidParams, "no rule is called %.80q%s", name, hint)
}

// applied tells what a command did to a document.
type applied struct {
	Edits   int    `json:"edits"` // how many there were to make
	Applied bool   `json:"applied"`
	Reason  string `json:"reason,omitempty"` // why the client did not make them
}

// applyAll has the client make the edits of all safe fixes of a document.
func (s *server) applyAll(ctx context.Context, u uri.URI) (*applied, error) {
	if !s.peer.applies || s.client == nil {
		return nil, jsonrpc2.NewError(codeRequestFailed, "the client does not make edits that it has not asked for")
	}
	v := s.view(u)
	if v == nil {
		return nil, jsonrpc2.Errorf(jsonrpc2.InvalidParams, "%.200s is not open", u)
	}
	edits, err := detached(ctx, s, func(ctx context.Context) ([]quickfix.TextEdit, error) { return s.editAll(ctx, v) })
	if err != nil || len(edits) == 0 {
		return &applied{}, err
	}
	if err := stale(v); err != nil {
		return nil, err
	}
	// Outside of what is bounded: the client may ask its user first.
	edit := s.workspaceEdit(v, quickfix.Fix{Safe: true, Edits: edits})
	ctx, cancel := context.WithTimeout(ctx, forUser*s.opts.patience)
	defer cancel()
	r, err := s.client.ApplyEdit(ctx, &protocol.ApplyWorkspaceEditParams{Label: new(titleFixAll), Edit: *edit})
	if err != nil {
		return nil, fmt.Errorf("have the client make the edits: %w", err)
	}
	if r == nil { // it has answered null
		return nil, jsonrpc2.NewError(codeRequestFailed, "the client does not say whether it has made the edits")
	}
	done := &applied{Edits: len(edits), Applied: r.Applied}
	if r.FailureReason != nil {
		done.Reason = *r.FailureReason
	}
	return done, nil
}
