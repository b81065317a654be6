package conformance_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const (
	models = `from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

make_session = sessionmaker(create_engine("sqlite://"))
`
	routes = `from sqlalchemy import text

from .db import make_session


def overview(note="🙂 übersicht"):
    with make_session() as session:
        rows = session.execute(text("select 1")).all(); "🙂"; waiting = 1
    waiting = session.execute(text("select 2")).all()
    return rows, waiting, note


def settle():
    with make_session() as session:
        session.execute(text("update a set b = 1"))
        session.commit()
        session.execute(text("update a set b = 2"))
        session.commit()
`
	mended = `from sqlalchemy import text

from .db import make_session


def overview(note="🙂 übersicht"):
    with make_session() as session:
        rows = session.execute(text("select 1")).all(); "🙂"; waiting = 1
        waiting = session.execute(text("select 2")).all()
    return rows, waiting, note
`
)

// TestEditors has a session as each editor has it: with the initialize request that the
// editor sends, and with no more than it can do.
func TestEditors(t *testing.T) {
	requests, err := filepath.Glob("testdata/initialize/*.json")
	if err != nil || len(requests) < 10 {
		t.Fatalf("%d requests: %v", len(requests), err)
	}
	for _, path := range requests {
		name := strings.TrimSuffix(filepath.Base(path), ".json")
		t.Run(name, func(t *testing.T) { session(t, path, nil) })
		t.Run(name+"-settings", func(t *testing.T) { session(t, path, object{"workspaceDiagnostics": true, "maxFileSize": 1}) })
	}
}

func session(t *testing.T, request string, settings object) {
	root := t.TempDir()
	for name, text := range map[string]string{"app/__init__.py": "", "app/db.py": models, "app/routes.py": routes} {
		if err := os.MkdirAll(filepath.Join(root, "app"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	e := launch(t, root)
	e.initialize(request, root, settings)
	uri := "file://" + root + "/app/routes.py"

	if has(e.offered, "diagnosticProvider.workspaceDiagnostics") {
		e.overview(uri)
	} else if settings != nil && e.pulls() {
		t.Error("diagnostics of the workspace are not offered")
	}
	e.open(uri, routes)
	e.wantCodes(uri, "SES101", "SES201")
	e.quickFix(uri)
	e.change(uri, routes)
	e.wantCodes(uri, "SES101", "SES201")
	e.fixAll(uri)
	e.change(uri, routes)
	e.wantCodes(uri, "SES101", "SES201")
	e.looks(uri)
	e.commands(uri)
	e.nonsense(uri)
	e.notebook()
	e.close(uri)
	e.end()
}

// initialize shakes hands.
func (e *editor) initialize(request, root string, settings object) {
	e.t.Helper()
	text, err := os.ReadFile(request)
	if err != nil {
		e.t.Fatal(err)
	}
	var params object
	if err := json.Unmarshal([]byte(strings.ReplaceAll(string(text), "$ROOT", root)), &params); err != nil {
		e.t.Fatal(err)
	}
	if settings != nil {
		params["initializationOptions"] = settings
	}
	if params["processId"] != nil {
		params["processId"] = os.Getpid()
	}
	if m := e.answer(e.request("textDocument/hover", object{})); m.Error == nil || m.Error.Code != -32002 {
		e.t.Errorf("before initialize: %+v", m)
	}
	e.capabilities = params["capabilities"]
	result := e.call("initialize", params)
	e.offered = get(result, "capabilities")
	known, _ := get(e.capabilities, "general.positionEncodings").([]any)
	if used := e.encoding(); used != "utf-16" && !slices.Contains(known, any(used)) {
		e.t.Errorf("the encoding %s is none of %v", used, known)
	}
	e.notify("initialized", object{})
}

// overview asks for the diagnostics of all files before one is open.
func (e *editor) overview(uri string) {
	e.t.Helper()
	items, _ := get(e.call("workspace/diagnostic", object{"previousResultIds": []any{}}), "items").([]any)
	if len(items) != 1 || get(items[0], "uri") != uri {
		e.t.Errorf("the workspace's diagnostics: %v", items)
	}
}

func (e *editor) wantCodes(uri string, want ...string) {
	e.t.Helper()
	var got []string
	for _, d := range e.diagnostics(uri) {
		code, _ := get(d, "code").(string)
		got = append(got, code)
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		e.t.Fatalf("diagnostics %v, want %v", got, want)
	}
}

// place is the range of a part of a file's text.
func (e *editor) place(uri, part string) object {
	text := e.files[uri].text
	start := strings.Index(text, part)
	return object{"start": e.position(text, start), "end": e.position(text, start+len(part))}
}

// actions returns the code actions for a part of a file.
func (e *editor) actions(uri, part string, only ...string) []any {
	e.t.Helper()
	context := object{"diagnostics": []any{}}
	if only != nil {
		context["only"] = only
	}
	list, _ := e.call("textDocument/codeAction", object{"textDocument": object{"uri": uri}, "range": e.place(uri, part), "context": context}).([]any)
	for _, a := range list {
		if get(a, "disabled") != nil && !has(e.capabilities, "textDocument.codeAction.disabledSupport") {
			e.t.Errorf("an action is disabled, and the client does not know that: %v", a)
		}
		if get(a, "edit") == nil && get(a, "disabled") == nil && !has(e.capabilities, "textDocument.codeAction.resolveSupport") {
			e.t.Errorf("an action has no edit, and the client cannot ask for it: %v", a)
		}
	}
	return list
}

// quickFix mends the query that runs too late, as somebody does who takes the first offer.
func (e *editor) quickFix(uri string) {
	e.t.Helper()
	for _, a := range e.actions(uri, `session.execute(text("select 2"))`, "quickfix") {
		if get(a, "isPreferred") != true {
			continue
		}
		e.take(a)
		if got := e.files[uri].text; !strings.HasPrefix(got, mended) {
			e.t.Errorf("after %v:\n%s", get(a, "title"), got)
		}
		e.wantCodes(uri, "SES201")
		return
	}
	e.t.Error("no quick fix is preferred")
}

func (e *editor) take(action any) {
	e.t.Helper()
	if get(action, "edit") == nil {
		action = e.call("codeAction/resolve", action)
	}
	e.apply(get(action, "edit"))
}

// fixAll mends all that is safe to mend, by an action and by a command.
func (e *editor) fixAll(uri string) {
	e.t.Helper()
	list := e.actions(uri, "text", "source.fixAll")
	if len(list) != 1 {
		e.t.Fatalf("%d actions for source.fixAll", len(list))
	}
	e.take(list[0])
	want := e.files[uri].text
	if !strings.HasPrefix(want, mended) {
		e.t.Errorf("after %v:\n%s", get(list[0], "title"), want)
	}
	e.diagnostics(uri)
	if !has(e.capabilities, "workspace.applyEdit") {
		return
	}
	e.change(uri, routes)
	e.wantCodes(uri, "SES101", "SES201")
	e.call("workspace/executeCommand", object{"command": "sessionlint.applyFixAll", "arguments": []object{{"uri": uri}}})
	if got := e.files[uri].text; got != want {
		e.t.Errorf("the command makes another text:\n%s", got)
	}
	e.diagnostics(uri)
}

// looks has everything shown that is shown beside the text.
func (e *editor) looks(uri string) {
	e.t.Helper()
	at := object{"textDocument": object{"uri": uri}, "position": get(e.place(uri, `session.execute(text("select 2"))`), "start")}
	hover := e.call("textDocument/hover", at)
	if kind, _ := get(hover, "contents.kind").(string); kind == "markdown" && !has(e.capabilities, "textDocument.hover.contentFormat") {
		e.t.Errorf("the hover is Markdown, and the client does not know that")
	}
	if value, _ := get(hover, "contents.value").(string); !strings.Contains(value, "end of the with block, line 8") {
		e.t.Errorf("the hover of a closed session: %v", hover)
	}
	if list, _ := e.call("textDocument/documentHighlight", at).([]any); len(list) < 3 {
		e.t.Errorf("highlights %v", list)
	}
	whole := object{"textDocument": object{"uri": uri}, "range": object{"start": object{"line": 0, "character": 0}, "end": e.position(routes, len(routes))}}
	if list, _ := e.call("textDocument/inlayHint", whole).([]any); len(list) == 0 {
		e.t.Error("no hints")
	}
	if list, _ := e.call("textDocument/codeLens", object{"textDocument": object{"uri": uri}}).([]any); len(list) != 1 {
		e.t.Errorf("lenses %v", list)
	}
}

func (e *editor) commands(uri string) {
	e.t.Helper()
	story := e.call("workspace/executeCommand", object{"command": "sessionlint.showSessionTimeline", "arguments": []object{{"uri": uri, "position": get(e.place(uri, "settle"), "start")}}})
	if svg, _ := get(story, "svg").(string); !strings.HasPrefix(svg, "<svg") || get(story, "function") != "settle" {
		e.t.Errorf("the timeline: %v", story)
	}
	if page, _ := e.call("workspace/executeCommand", object{"command": "sessionlint.explainRule", "arguments": []string{"SES201"}}).(string); !strings.Contains(page, "multiple-commits") {
		e.t.Errorf("the page: %s", page)
	}
	if get(e.call("workspace/executeCommand", object{"command": "sessionlint.debugInformation"}), "version") == nil {
		e.t.Error("the debug information has no version")
	}
}

// nonsense sends what a server has to live with.
func (e *editor) nonsense(uri string) {
	e.t.Helper()
	e.notify("$/unknown", object{"a": 1})
	e.notify("textDocument/didSave", object{"textDocument": object{"uri": uri}})
	for method, code := range map[string]int{"textDocument/definition": -32601, "no/such": -32601} {
		if m := e.answer(e.request(method, object{})); m.Error == nil || m.Error.Code != code {
			e.t.Errorf("%s: %+v", method, m)
		}
	}
	id := e.request("textDocument/codeLens", object{"textDocument": object{"uri": uri}})
	e.notify("$/cancelRequest", object{"id": e.next})
	if m := e.answer(id); m.Error != nil && m.Error.Code != -32800 {
		e.t.Errorf("a cancelled request: %+v", m)
	}
}

// notebook opens one, if the editor has notebooks.
func (e *editor) notebook() {
	e.t.Helper()
	if !has(e.capabilities, "notebookDocument") {
		return
	}
	cell := "vscode-notebook-cell:/book.ipynb#1"
	book := object{"uri": "file:///book.ipynb", "notebookType": "jupyter-notebook", "version": 1, "cells": []object{{"kind": 2, "document": cell}}}
	text := strings.ReplaceAll(routes, "from .db import make_session", models)
	e.files[cell] = &file{1, text}
	e.notify("notebookDocument/didOpen", object{"notebookDocument": book, "cellTextDocuments": []object{{"uri": cell, "languageId": "python", "version": 1, "text": text}}})
	e.wantCodes(cell, "SES101", "SES201")
	e.notify("notebookDocument/didClose", object{"notebookDocument": object{"uri": "file:///book.ipynb"}, "cellTextDocuments": []object{{"uri": cell}}})
	delete(e.files, cell)
	if !e.pulls() {
		e.until("the end of the diagnostics", func(message) bool { return len(e.published[cell]) > 0 })
		e.published[cell] = nil
	}
}
