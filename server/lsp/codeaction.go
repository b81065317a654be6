package lsp

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/aymanbagabas/go-udiff"
	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"sessionlint/analysis/rule"
	"sessionlint/quickfix"
)

// kindFixAll is the kind of the action that repairs a whole file.
const kindFixAll protocol.CodeActionKind = "source.fixAll.sessionlint"

const titleFixAll = "Fix all session problems that have a safe fix"

// CodeAction implements [protocol.Server].
func (s *server) CodeAction(ctx context.Context, p *protocol.CodeActionParams) ([]protocol.CommandOrCodeAction, error) {
	v := s.view(p.TextDocument.URI)
	if v == nil {
		return nil, nil
	}
	return detached(ctx, s, func(ctx context.Context) ([]protocol.CommandOrCodeAction, error) {
		return s.actions(ctx, v, p)
	})
}

// CodeActionResolve implements [protocol.Server]. It makes the edits for the
// document as it is when the request comes.
func (s *server) CodeActionResolve(ctx context.Context, a *protocol.CodeAction) (*protocol.CodeAction, error) {
	t, err := decodeTarget(a.Data)
	if err != nil {
		return nil, jsonrpc2.Errorf(jsonrpc2.InvalidParams, "the action's data cannot be used: %v", err)
	}
	v := s.view(uri.URI(t.URI))
	if v == nil {
		return nil, protocol.ErrContentModified
	}
	return detached(ctx, s, func(ctx context.Context) (*protocol.CodeAction, error) {
		edits, err := s.resolve(ctx, v, t)
		if err != nil {
			return nil, err
		}
		a.Edit = s.workspaceEdit(v, edits)
		return a, stale(v)
	})
}

// stale returns an error if edits for v would meet another text.
func stale(v *view) error {
	if v.current() {
		return nil
	}
	return protocol.ErrContentModified
}

func (s *server) actions(ctx context.Context, v *view, p *protocol.CodeActionParams) ([]protocol.CommandOrCodeAction, error) {
	fix, all := wanted(p.Context.Only, protocol.CodeActionKindQuickFix), wanted(p.Context.Only, kindFixAll)
	if !fix && !all {
		return nil, nil
	}
	found, err := s.opts.findings(v.snapshot, ctx)
	if err != nil {
		return nil, err
	}
	var list []protocol.CommandOrCodeAction
	if fix {
		if list, err = s.fixes(ctx, v, found, p); err != nil {
			return nil, err
		}
	}
	if all {
		a, err := s.fixAll(ctx, v, found)
		if err != nil {
			return nil, err
		}
		if a != nil {
			list = append(list, a)
		}
	}
	if s.peer.lazy {
		return list, nil
	}
	return list, stale(v)
}

// wanted reports whether a client that asks for the kinds of only, or for all if
// there are none, wants this one. A kind stands for all that begin with its parts.
func wanted(only []protocol.CodeActionKind, kind protocol.CodeActionKind) bool {
	for _, o := range only {
		if o == "" || o == kind || strings.HasPrefix(string(kind), string(o)+".") {
			return true
		}
	}
	return len(only) == 0
}

// fixes returns the actions that repair the findings at the place in question.
func (s *server) fixes(ctx context.Context, v *view, found []rule.Finding, p *protocol.CodeActionParams) ([]protocol.CommandOrCodeAction, error) {
	var list []protocol.CommandOrCodeAction
	for n, t := range targets(v.doc.uri, v.snapshot, found) {
		d := s.diagnostic(v, found[n])
		if found[n].Severity == rule.Off || !concerns(p, d) {
			continue
		}
		fixes, err := s.opts.Fixer.For(ctx, v.snapshot, found[n])
		if err != nil {
			return nil, err
		}
		for _, fix := range fixes {
			t.FixTitle = fix.Title
			a, err := s.action(v, t, protocol.CodeActionKindQuickFix, fix)
			if err != nil {
				return nil, err
			}
			a.Diagnostics = []protocol.Diagnostic{d}
			list = append(list, a)
		}
	}
	return list, nil
}

// concerns reports whether a client asks about a diagnostic: by its place, or
// because it shows it on the line of the cursor.
func concerns(p *protocol.CodeActionParams, d protocol.Diagnostic) bool {
	if !before(d.Range.End, p.Range.Start) && !before(p.Range.End, d.Range.Start) {
		return true
	}
	for _, shown := range p.Context.Diagnostics {
		if shown.Range == d.Range && shown.Code == d.Code {
			return true
		}
	}
	return false
}

func before(a, b protocol.Position) bool {
	return a.Line < b.Line || a.Line == b.Line && a.Character < b.Character
}

// fixAll returns the action that repairs the whole file, nil if there is nothing
// that it might repair.
func (s *server) fixAll(ctx context.Context, v *view, found []rule.Finding) (*protocol.CodeAction, error) {
	fixable := false
	for _, f := range found {
		fixable = fixable || f.Rule.Fixable
	}
	if !fixable {
		return nil, nil
	}
	all := quickfix.Fix{Title: titleFixAll}
	if !s.peer.lazy {
		var err error
		if all.Edits, err = s.editAll(ctx, v); err != nil || len(all.Edits) == 0 {
			return nil, err
		}
	}
	return s.action(v, target{URI: v.doc.uri, All: true}, kindFixAll, all)
}

// action is a fix as the protocol has it, without its edits if the client will ask
// for them.
func (s *server) action(v *view, t target, kind protocol.CodeActionKind, fix quickfix.Fix) (*protocol.CodeAction, error) {
	a := &protocol.CodeAction{Title: fix.Title, Kind: &kind}
	if fix.Preferred {
		a.IsPreferred = new(true)
	}
	if !s.peer.lazy {
		a.Edit = s.workspaceEdit(v, fix.Edits)
		return a, nil
	}
	data, err := json.Marshal(t)
	a.Data = data
	return a, err
}

// resolve returns the edits that repair a target in a version of its document.
func (s *server) resolve(ctx context.Context, v *view, t target) ([]quickfix.TextEdit, error) {
	if t.All {
		return s.editAll(ctx, v)
	}
	found, err := s.opts.findings(v.snapshot, ctx)
	if err != nil {
		return nil, err
	}
	f, ok := t.locate(v.snapshot, found)
	if !ok {
		return nil, protocol.ErrContentModified
	}
	fixes, err := s.opts.Fixer.For(ctx, v.snapshot, f)
	if err != nil {
		return nil, err
	}
	for _, fix := range fixes {
		if fix.Title == t.FixTitle {
			return fix.Edits, nil
		}
	}
	return nil, protocol.ErrContentModified
}

// editAll returns the edits of all safe fixes, the lines that they change and no others.
func (s *server) editAll(ctx context.Context, v *view) ([]quickfix.TextEdit, error) {
	fixed, _, err := s.opts.Fixer.All(ctx, v.snapshot, false)
	if err != nil {
		return nil, err
	}
	var edits []quickfix.TextEdit
	for _, e := range udiff.Lines(v.snapshot.File.Text, fixed) {
		edits = append(edits, quickfix.TextEdit{Start: e.Start, End: e.End, New: e.New})
	}
	return edits, nil
}
