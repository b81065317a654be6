package lsp

import (
	"context"
	"slices"
	"strings"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// The states of a session.
const (
	stateNew  int32 = iota // initialize has not come
	stateUp                // initialize was answered
	stateDown              // shutdown was answered
)

// peer is what the client said that it can do.
type peer struct {
	encoding  protocol.PositionEncodingKind
	related   bool // diagnostics may have related information
	fades     bool // it fades what a diagnostic says is unnecessary
	versioned bool // edits may name the version that they were made for
	annotates bool // it can ask whether a change may be made; versioned, too
	watches   bool // it can be asked to tell of changed files
	answers   bool // it can be asked for the user's settings
	announces bool // it can be asked to tell of changes of the settings
	progress  bool // it can show how far something is
	lazy      bool // the edits of code actions may be asked for later
	markdown  bool // it shows Markdown
	applies   bool // it makes edits that the server asks for
	disables  bool // it shows actions that cannot be taken, and why
	pulls     bool // it asks for diagnostics, and is not sent any
	links     bool // it shows where a rule's page is

	refreshesHints, refreshesLenses bool // it can be told to ask again
}

// admit returns the error that answers a request which may not come now.
func (s *server) admit(method string) error {
	state := s.state.Load()
	switch {
	case state == stateDown:
		return jsonrpc2.NewError(jsonrpc2.InvalidRequest, "the server is shutting down")
	case state == stateNew && method != protocol.MethodInitialize:
		return jsonrpc2.NewError(jsonrpc2.ServerNotInitialized, "the server is not initialized")
	case state == stateUp && method == protocol.MethodInitialize:
		return jsonrpc2.NewError(jsonrpc2.InvalidRequest, "the server is initialized already")
	}
	return nil
}

// Initialize implements [protocol.Server]. It is answered on the read loop, so
// that nothing goes out before its answer.
func (s *server) Initialize(ctx context.Context, p *protocol.InitializeParams) (*protocol.InitializeResult, error) {
	s.peer = newPeer(&p.Capabilities)
	s.out.silent = s.peer.pulls
	if p.ProcessID != nil {
		s.parents <- int(*p.ProcessID)
	}
	s.openWorkspace(p)
	s.show(ctx, p.InitializationOptions)
	s.trace.Store(new(protocol.TraceValue(strings.Clone(string(p.Trace))))) // the message is recycled
	s.link()
	s.state.Store(stateUp)
	s.log.Info("initialized", "client", p.ClientInfo.Name, "encoding", s.peer.encoding)
	return &protocol.InitializeResult{
		Capabilities: protocol.ServerCapabilities{
			PositionEncoding: s.peer.encoding,
			TextDocumentSync: &protocol.TextDocumentSyncOptions{
				OpenClose: new(true),
				Change:    new(protocol.TextDocumentSyncKindIncremental),
			},
			Workspace:            workspaceOptions(),
			NotebookDocumentSync: notebookSync(),
			CodeActionProvider: &protocol.CodeActionOptions{
				CodeActionKinds: []protocol.CodeActionKind{protocol.CodeActionKindQuickFix, kindFixAll, kindFixBook, kindRewrite},
				ResolveProvider: new(true),
			},
			DiagnosticProvider:        s.pullOptions(),
			HoverProvider:             protocol.Boolean(true),
			DocumentHighlightProvider: protocol.Boolean(true),
			InlayHintProvider:         protocol.Boolean(true),
			CodeLensProvider:          &protocol.CodeLensOptions{},
			ExecuteCommandProvider: protocol.ExecuteCommandOptions{
				Commands: []string{applyFixAll, explainRule, showTimeline, showDebug},
			},
		},
		ServerInfo: protocol.ServerInfo{Name: source, Version: protocol.NewOptional(s.opts.Version)},
	}, nil
}

// Shutdown implements [protocol.Server].
func (s *server) Shutdown(context.Context) error {
	s.state.Store(stateDown)
	s.out.close()
	close(s.down)
	return nil
}

func newPeer(c *protocol.ClientCapabilities) peer {
	p := peer{encoding: protocol.PositionEncodingKindUTF16, pulls: pulls(c)}
	if c.General != nil {
		p.encoding = negotiate(c.General.PositionEncodings)
	}
	if c.Workspace != nil && c.Workspace.WorkspaceEdit != nil {
		p.versioned = isTrue(c.Workspace.WorkspaceEdit.DocumentChanges)
		p.annotates = p.versioned && c.Workspace.WorkspaceEdit.ChangeAnnotationSupport != nil
	}
	if c.Workspace != nil && c.Workspace.DidChangeWatchedFiles != nil {
		p.watches = isTrue(c.Workspace.DidChangeWatchedFiles.DynamicRegistration)
	}
	if w := c.Workspace; w != nil {
		p.answers = isTrue(w.Configuration)
		p.announces = w.DidChangeConfiguration != nil && isTrue(w.DidChangeConfiguration.DynamicRegistration)
		p.applies = isTrue(w.ApplyEdit)
		p.refreshesHints = w.InlayHint != nil && isTrue(w.InlayHint.RefreshSupport)
		p.refreshesLenses = w.CodeLens != nil && isTrue(w.CodeLens.RefreshSupport)
	}
	if c.Window != nil {
		p.progress = isTrue(c.Window.WorkDoneProgress)
	}
	if c.TextDocument == nil {
		return p
	}
	var known []protocol.DiagnosticsCapabilities // of diagnostics that are sent, and that are asked for
	if d := c.TextDocument.PublishDiagnostics; d != nil {
		known = append(known, d.DiagnosticsCapabilities)
	}
	if d := c.TextDocument.Diagnostic; d != nil && p.pulls {
		known = append(known, d.DiagnosticsCapabilities)
	}
	for _, d := range known {
		p.related = p.related || isTrue(d.RelatedInformation)
		p.fades = p.fades || slices.Contains(d.TagSupport.ValueSet, protocol.DiagnosticTagUnnecessary)
		p.links = p.links || isTrue(d.CodeDescriptionSupport)
	}
	if h := c.TextDocument.Hover; h != nil {
		p.markdown = slices.Contains(h.ContentFormat, protocol.MarkupKindMarkdown)
	}
	if a := c.TextDocument.CodeAction; a != nil {
		// What resolve needs travels in the action's data.
		keepsData := a.DataSupport == nil || *a.DataSupport
		p.disables = isTrue(a.DisabledSupport)
		p.lazy = keepsData && slices.Contains(a.ResolveSupport.Properties, "edit")
	}
	return p
}

// negotiate picks the encoding that costs the least; every client knows UTF-16.
func negotiate(offered []protocol.PositionEncodingKind) protocol.PositionEncodingKind {
	for _, e := range []protocol.PositionEncodingKind{protocol.PositionEncodingKindUTF8, protocol.PositionEncodingKindUTF32} {
		if slices.Contains(offered, e) {
			return e
		}
	}
	return protocol.PositionEncodingKindUTF16
}

func isTrue(b *bool) bool { return b != nil && *b }
