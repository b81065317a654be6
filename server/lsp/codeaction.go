package lsp

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"sessionlint/analysis"
	"sessionlint/analysis/rule"
	"sessionlint/quickfix"
	"sessionlint/quickfix/edit"
)

// kindFixAll is the kind of the action that repairs a whole file.
const kindFixAll protocol.CodeActionKind = "source.fixAll.sessionlint"

// kindFixBook is the kind of the action that repairs a whole notebook.
const kindFixBook protocol.CodeActionKind = "notebook.source.fixAll.sessionlint"

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
	if a.Edit != nil { // it came with them
		return a, nil
	}
	t, err := decodeTarget(a.Data)
	if err != nil {
		return nil, jsonrpc2.Errorf(jsonrpc2.InvalidParams, "the action's data cannot be used: %v", err)
	}
	v := s.view(uri.URI(t.URI))
	if v == nil {
		return nil, protocol.ErrContentModified
	}
	return detached(ctx, s, func(ctx context.Context) (*protocol.CodeAction, error) {
		fix, err := s.resolve(ctx, v, t)
		if err != nil {
			return nil, err
		}
		a.Edit = s.workspaceEdit(v, fix)
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
	fix, all := wanted(p.Context.Only, protocol.CodeActionKindQuickFix), wanted(p.Context.Only, v.kindFixAll())
	rewrite := wanted(p.Context.Only, kindRewrite)
	if !fix && !all && !rewrite {
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
	if rewrite {
		rewrites, err := s.rewrites(ctx, v, p)
		if err != nil {
			return nil, err
		}
		list = append(list, rewrites...)
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

// An offer is a fix on its way to the client.
type offer struct {
	target
	quickfix.Fix
	of []protocol.Diagnostic
}

// fixes returns the actions for the findings at the place in question: first those
// that repair one, then those that let it be.
func (s *server) fixes(ctx context.Context, v *view, found []rule.Finding, p *protocol.CodeActionParams) ([]protocol.CommandOrCodeAction, error) {
	var repair, ignore []offer
	for n, t := range targets(v.uri, v.snapshot, found) {
		d := s.diagnostic(v, found[n])
		if found[n].Severity == rule.Off || !v.holds(found[n].Span.Start) || !concerns(p, d) {
			continue
		}
		fixes, err := s.opts.Fixer.For(ctx, v.snapshot, found[n])
		if err != nil {
			return nil, err
		}
		for _, fix := range fixes {
			if _, ok := v.place(fix.Edits); ok {
				repair = append(repair, offer{t, fix, []protocol.Diagnostic{d}})
			}
		}
		comments, err := s.opts.Fixer.Suppressions(ctx, v.snapshot, found[n])
		if err != nil {
			return nil, err
		}
		for _, fix := range comments {
			if _, ok := v.place(fix.Edits); ok {
				ignore = offered(ignore, offer{t, fix, []protocol.Diagnostic{d}})
			}
		}
	}
	var list []protocol.CommandOrCodeAction
	for _, o := range append(repair, ignore...) {
		o.FixTitle = o.Title
		a, err := s.action(v, o.target, protocol.CodeActionKindQuickFix, o.Fix)
		if err != nil {
			return nil, err
		}
		a.Diagnostics = o.of
		list = append(list, a)
	}
	return list, nil
}

// offered adds an offer to a list, unless one there does the same: that is about
// both findings then.
func offered(list []offer, o offer) []offer {
	for n, other := range list {
		if other.Title == o.Title && slices.Equal(other.Edits, o.Edits) {
			list[n].of = slices.Concat(other.of, o.of)
			return list
		}
	}
	return append(list, o)
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

// kindFixAll returns the kind of the action that repairs all that a view is a part of.
func (v *view) kindFixAll() protocol.CodeActionKind {
	if v.book != nil {
		return kindFixBook
	}
	return kindFixAll
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
	all := quickfix.Fix{Title: titleFixAll, Safe: true}
	if !s.peer.lazy {
		var err error
		if all.Edits, err = s.editAll(ctx, v); err != nil || len(all.Edits) == 0 {
			return nil, err
		}
	}
	return s.action(v, target{URI: v.uri, All: true}, v.kindFixAll(), all)
}

// action is a fix as the protocol has it, without its edits if the client will ask
// for them.
func (s *server) action(v *view, t target, kind protocol.CodeActionKind, fix quickfix.Fix) (*protocol.CodeAction, error) {
	a := &protocol.CodeAction{Title: fix.Title, Kind: &kind}
	if fix.Preferred {
		a.IsPreferred = new(true)
	}
	if !s.peer.lazy {
		a.Edit = s.workspaceEdit(v, fix)
		return a, nil
	}
	data, err := json.Marshal(t)
	a.Data = data
	return a, err
}

// resolve returns the fix of a target for a version of its document.
func (s *server) resolve(ctx context.Context, v *view, t target) (quickfix.Fix, error) {
	if t.All {
		edits, err := s.editAll(ctx, v)
		return quickfix.Fix{Safe: true, Edits: edits}, err
	}
	found, err := s.opts.findings(v.snapshot, ctx)
	if err != nil {
		return quickfix.Fix{}, err
	}
	f, ok := t.locate(v.snapshot, found)
	if !ok {
		return quickfix.Fix{}, protocol.ErrContentModified
	}
	for _, fixes := range []func(context.Context, *analysis.Snapshot, rule.Finding) ([]quickfix.Fix, error){s.opts.Fixer.For, s.opts.Fixer.Suppressions} {
		list, err := fixes(ctx, v.snapshot, f)
		if err != nil {
			return quickfix.Fix{}, err
		}
		for _, fix := range list {
			if fix.Title == t.FixTitle {
				return fix, nil
			}
		}
	}
	return quickfix.Fix{}, protocol.ErrContentModified
}

// editAll returns the edits of all safe fixes, the lines that they change and no others.
func (s *server) editAll(ctx context.Context, v *view) ([]quickfix.TextEdit, error) {
	fixed, _, err := s.opts.Fixer.All(ctx, v.snapshot, false)
	if err != nil {
		return nil, err
	}
	edits := edit.Between(v.snapshot.File.Text, fixed)
	if _, ok := v.place(edits); !ok {
		return nil, nil // a part of them might be worse than none
	}
	return edits, nil
}
