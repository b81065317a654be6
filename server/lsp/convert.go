package lsp

import (
	"slices"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/rule/unusedsuppression"
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
	if page, ok := s.links[f.Rule.Code]; ok {
		d.CodeDescription.Href = page
	}
	if s.peer.fades && f.Rule == unusedsuppression.Rule {
		d.Tags = protocol.NewDiagnosticTags(protocol.DiagnosticTagUnnecessary)
	}
	if !s.peer.related {
		return d
	}
	for _, r := range f.Related {
		d.RelatedInformation = append(d.RelatedInformation, protocol.DiagnosticRelatedInformation{
			Location: v.location(r.Span),
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

// workspaceEdit is the edits of a fix, tied to the versions of the documents that
// they were made for if the client can do that. A client that can ask whether a
// change may be made does so about an unsafe one. If some of the edits have no place
// in the client, it is empty: see [view.place].
func (s *server) workspaceEdit(v *view, fix quickfix.Fix) *protocol.WorkspaceEdit {
	all, _ := v.place(fix.Edits)
	if !s.peer.versioned {
		changes := map[uri.URI][]protocol.TextEdit{}
		for _, in := range all {
			changes[uri.URI(in.view.uri)] = in.edits
		}
		return &protocol.WorkspaceEdit{Changes: changes}
	}
	edit := &protocol.WorkspaceEdit{}
	asks := s.peer.annotates && !fix.Safe
	if asks {
		edit.ChangeAnnotations = map[protocol.ChangeAnnotationIdentifier]protocol.ChangeAnnotation{unsafeChange: annotation(fix)}
	}
	for _, in := range all {
		list := make([]protocol.TextDocumentEditElement, 0, len(in.edits))
		for _, t := range in.edits {
			if asks {
				list = append(list, &protocol.AnnotatedTextEdit{TextEdit: t, AnnotationID: unsafeChange})
			} else {
				list = append(list, &t)
			}
		}
		var id protocol.OptionalVersionedTextDocumentIdentifier
		id.URI, id.Version = uri.URI(in.view.uri), in.view.version
		edit.DocumentChanges = append(edit.DocumentChanges, &protocol.TextDocumentEdit{TextDocument: id, Edits: list})
	}
	return edit
}

// placed is the edits of one document of the client.
type placed struct {
	view  *view
	edits []protocol.TextEdit
}

// place returns edits by the documents that they are of: one, or cells of a notebook.
// It returns false if the client cannot have some of them, since they concern
// several cells at once, or a line that is not Python's.
func (v *view) place(edits []quickfix.TextEdit) ([]placed, bool) {
	if v.book == nil {
		list := make([]protocol.TextEdit, 0, len(edits))
		for _, e := range edits {
			list = append(list, v.mapper.edit(python.Edit{Start: e.Start, End: e.End, New: e.New}))
		}
		return []placed{{v, list}}, true
	}
	out := make([]placed, len(v.book.views))
	for _, e := range edits {
		n, in, ok := v.book.module.Place(python.Edit{Start: e.Start, End: e.End, New: e.New})
		if !ok {
			return nil, false
		}
		part := v.book.views[n]
		in.Start += part.mapper.start
		in.End += part.mapper.start
		out[n] = placed{part, append(out[n].edits, part.mapper.edit(in))}
	}
	return slices.DeleteFunc(out, func(p placed) bool { return p.view == nil }), true
}

// unsafeChange names the annotation of all edits of an unsafe fix.
const unsafeChange protocol.ChangeAnnotationIdentifier = "unsafe"

// annotation is what a client shows when it asks about an unsafe fix.
func annotation(fix quickfix.Fix) protocol.ChangeAnnotation {
	a := protocol.ChangeAnnotation{Label: "Unsafe: this may change what the program does", NeedsConfirmation: new(true)}
	if len(fix.Risks) > 0 {
		a.Description = new(strings.Join(fix.Risks, "; "))
	}
	return a
}

func (m mapper) edit(e python.Edit) protocol.TextEdit {
	return protocol.TextEdit{Range: m.rng(python.Span{Start: e.Start, End: e.End}), NewText: e.New}
}
