package lsp

import (
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/quickfix"
)

// source is what diagnostics name as their origin.
const source = "sessionlint"

// diagnostic is a finding as the protocol has it.
func (s *server) diagnostic(v *view, f rule.Finding) protocol.Diagnostic {
	d := protocol.Diagnostic{
		Range:    v.mapper.rng(f.Span),
		Severity: severity(f.Severity),
		Code:     protocol.String(f.Rule.Code),
		Source:   protocol.NewOptional(source),
		Message:  protocol.String(f.Message),
	}
	if !s.peer.related {
		return d
	}
	for _, r := range f.Related {
		d.RelatedInformation = append(d.RelatedInformation, protocol.DiagnosticRelatedInformation{
			Location: protocol.Location{URI: uri.URI(v.doc.uri), Range: v.mapper.rng(r.Span)},
			Message:  r.Message,
		})
	}
	return d
}

func severity(s rule.Severity) protocol.DiagnosticSeverity {
	switch s {
	case rule.Error:
		return protocol.DiagnosticSeverityError
	case rule.Warning:
		return protocol.DiagnosticSeverityWarning
	}
	return protocol.DiagnosticSeverityInformation
}

// workspaceEdit is the edits of one document, tied to the version that they were
// made for if the client can do that.
func (s *server) workspaceEdit(v *view, edits []quickfix.TextEdit) *protocol.WorkspaceEdit {
	u := uri.URI(v.doc.uri)
	if !s.peer.versioned {
		list := make([]protocol.TextEdit, 0, len(edits))
		for _, e := range edits {
			list = append(list, textEdit(v, e))
		}
		return &protocol.WorkspaceEdit{Changes: map[uri.URI][]protocol.TextEdit{u: list}}
	}
	list := make([]protocol.TextDocumentEditElement, 0, len(edits))
	for _, e := range edits {
		t := textEdit(v, e)
		list = append(list, &t)
	}
	var id protocol.OptionalVersionedTextDocumentIdentifier
	id.URI, id.Version = u, v.version
	return &protocol.WorkspaceEdit{DocumentChanges: []protocol.DocumentChange{
		&protocol.TextDocumentEdit{TextDocument: id, Edits: list},
	}}
}

func textEdit(v *view, e quickfix.TextEdit) protocol.TextEdit {
	return protocol.TextEdit{
		Range:   v.mapper.rng(python.Span{Start: e.Start, End: e.End}),
		NewText: e.New,
	}
}
