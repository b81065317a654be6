package lsp_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"sessionlint/server/lsp"
)

const bookURI = "file:///work/book.ipynb"

// sheet is a notebook as the client has it.
type sheet struct {
	uri     string
	version int
	cells   []*sheetCell
}

type sheetCell struct {
	uri, language, text string
	kind, version       int
}

func codeCell(name, text string) *sheetCell {
	return &sheetCell{uri: "vscode-notebook-cell:/work/book.ipynb#" + name, language: "python", text: text, kind: 2, version: 1}
}

func refs(cells []*sheetCell) []object {
	out := []object{}
	for _, x := range cells {
		out = append(out, object{"kind": x.kind, "document": x.uri})
	}
	return out
}

func texts(cells []*sheetCell) []object {
	out := []object{}
	for _, x := range cells {
		out = append(out, object{"uri": x.uri, "languageId": x.language, "version": x.version, "text": x.text})
	}
	return out
}

func (c *client) openBook(b *sheet) {
	c.t.Helper()
	b.version++
	c.notify("notebookDocument/didOpen", object{
		"notebookDocument":  object{"uri": b.uri, "notebookType": "jupyter-notebook", "version": b.version, "cells": refs(b.cells)},
		"cellTextDocuments": texts(b.cells),
	})
}

func (c *client) changeBook(b *sheet, cells object) {
	c.t.Helper()
	b.version++
	c.notify("notebookDocument/didChange", object{
		"notebookDocument": object{"uri": b.uri, "version": b.version}, "change": object{"cells": cells},
	})
}

// splice replaces cells; opened are those of the new ones that were not there.
func (c *client) splice(b *sheet, start, count int, cells, opened []*sheetCell) {
	c.t.Helper()
	closed := []object{}
	for _, x := range b.cells[start : start+count] {
		if !slices.Contains(cells, x) {
			closed = append(closed, object{"uri": x.uri})
		}
	}
	b.cells = slices.Concat(b.cells[:start:start], cells, b.cells[start+count:])
	c.changeBook(b, object{"structure": object{
		"array":   object{"start": start, "deleteCount": count, "cells": refs(cells)},
		"didOpen": texts(opened), "didClose": closed,
	}})
}

func (c *client) edit(b *sheet, x *sheetCell, changes ...any) {
	c.t.Helper()
	x.version++
	c.changeBook(b, object{"textContent": []object{{"document": object{"uri": x.uri, "version": x.version}, "changes": changes}}})
}

func (c *client) closeBook(b *sheet) {
	c.t.Helper()
	c.notify("notebookDocument/didClose", object{"notebookDocument": object{"uri": b.uri}, "cellTextDocuments": []object{}})
}

const reader = "def read():\n    with Open() as session:\n        pass\n    return session.execute(1)\n"

// TestNotebook opens, edits and closes a notebook, whose cells know of each other.
func TestNotebook(t *testing.T) {
	c := start(t, object{})
	prose := &sheetCell{uri: "vscode-notebook-cell:/work/book.ipynb#prose", language: "markdown", text: "# with (", kind: 1, version: 1}
	made, used := codeCell("made", "%matplotlib inline\n"+factory), codeCell("used", "!ls 'é\n"+reader)
	b := &sheet{uri: bookURI, cells: []*sheetCell{made, prose, used}}
	c.openBook(b)
	wantCodes(t, c.published(made.uri, 1))
	list := c.published(used.uri, 1)
	wantCodes(t, list, "SES101")
	if got, want := list[0].Range, at(4, 11, 4, 29); got != want {
		t.Errorf("found at %v, want %v", got, want)
	}

	c.edit(b, made, whole("def Open():\n    return open('x')\n"))
	wantCodes(t, c.published(made.uri, 2))
	wantCodes(t, c.published(used.uri, 1))
	c.edit(b, made, whole(factory))
	wantCodes(t, c.published(made.uri, 3))
	wantCodes(t, c.published(used.uri, 1), "SES101")
	c.edit(b, used, partial(at(0, 0, 1, 0), ""), partial(at(2, 8, 2, 12), "session.get(int, 1)"))
	list = c.published(used.uri, 2)
	if got, want := list[0].Range, at(3, 11, 3, 29); len(list) != 1 || got != want {
		t.Errorf("found %v, want one at %v", list, want)
	}

	c.splice(b, 0, 1, nil, nil) // the factory is gone
	if p := c.publishedNext(made.uri); len(p.Diagnostics) != 0 {
		t.Errorf("a cell that is gone has %v", p)
	}
	wantCodes(t, c.published(used.uri, 2))
	back := codeCell("back", factory)
	c.splice(b, 0, 0, []*sheetCell{back}, []*sheetCell{back})
	wantCodes(t, c.published(back.uri, 1))
	wantCodes(t, c.published(used.uri, 2), "SES101")
	c.notify("notebookDocument/didSave", object{"notebookDocument": object{"uri": b.uri}})
	c.closeBook(b)
	for _, uri := range []string{back.uri, used.uri} {
		if p := c.publishedNext(uri); len(p.Diagnostics) != 0 || p.Version != nil {
			t.Errorf("closed, it has %v", p)
		}
	}
}

// TestPlacesInOtherCells names the cell in which something that explains a finding is.
func TestPlacesInOtherCells(t *testing.T) {
	c := start(t, object{"textDocument": object{"publishDiagnostics": object{"relatedInformation": true}}}, marked)
	one, two := codeCell("one", "good\n"), codeCell("two", "😀 = bug\n")
	c.openBook(&sheet{uri: bookURI, cells: []*sheetCell{one, two}})
	wantCodes(t, c.published(one.uri, 1))
	list := c.published(two.uri, 1)
	if d := list[0]; d.Range != at(0, 5, 0, 8) || d.Related[0].Location.URI != one.uri || d.Related[0].Location.Range != at(0, 0, 0, 1) {
		t.Errorf("diagnostics %+v", list)
	}
}

// inCells makes the edits of an action in the texts of the cells.
func (c *client) inCells(b *sheet, a action) {
	c.t.Helper()
	var edit struct {
		DocumentChanges []struct {
			TextDocument struct {
				URI     string
				Version int
			}
			Edits []struct {
				Range   span
				NewText string
			}
		}
	}
	if a.Edit == nil {
		a = c.resolve(a)
	}
	if err := json.Unmarshal(a.Edit, &edit); err != nil {
		c.t.Fatalf("the edit: %v", err)
	}
	for _, change := range edit.DocumentChanges {
		n := slices.IndexFunc(b.cells, func(x *sheetCell) bool { return x.uri == change.TextDocument.URI })
		if n < 0 || b.cells[n].version != change.TextDocument.Version {
			c.t.Fatalf("an edit of %+v", change.TextDocument)
		}
		slices.Reverse(change.Edits)
		for _, e := range change.Edits {
			lines := strings.SplitAfter(b.cells[n].text, "\n")
			offset := func(p position) int { return len(strings.Join(lines[:p.Line], "")) + p.Character }
			text := b.cells[n].text
			b.cells[n].text = text[:offset(e.Range.Start)] + e.NewText + text[offset(e.Range.End):]
		}
	}
}

const (
	named  = "from sqlalchemy import text\nfrom sqlalchemy.orm import Session\n"
	writer = "def write(engine):\n    with Session(engine) as session:\n        session.execute(text('select 1'))\n    session.execute(text('select 2'))\n"
)

// TestFixesLandInTheirCells with the engine's own fixes, for one finding and for all.
func TestFixesLandInTheirCells(t *testing.T) {
	for _, lazy := range []bool{true, false} {
		c := start(t, able(lazy, true))
		made, used := codeCell("made", named), codeCell("used", "%%time\n"+writer)
		more := codeCell("more", strings.ReplaceAll(writer, "write(", "more("))
		b := &sheet{uri: bookURI, cells: []*sheetCell{made, used, more}}
		c.openBook(b)
		wantCodes(t, c.published(made.uri, 1))
		wantCodes(t, c.published(used.uri, 1), "SES101")
		wantCodes(t, c.published(more.uri, 1), "SES101")
		if list := c.actions(made.uri, at(0, 0, 3, 0), "quickfix"); len(list) != 0 {
			t.Errorf("a cell without findings has %v", titles(list))
		}
		list := c.actions(used.uri, at(4, 5, 4, 5), "quickfix")
		if len(list) != 3 {
			t.Fatalf("actions %v", titles(list))
		}
		fixed := *b
		fixed.cells = []*sheetCell{made, {uri: used.uri, version: 1, text: used.text}, more}
		c.inCells(&fixed, list[0])
		if got := fixed.cells[1].text; !strings.HasPrefix(got, "%%time\ndef write") || !strings.Contains(got, "        session.execute(text('select 2'))\n") {
			t.Errorf("the fixed cell is %q", got)
		}
		all := c.actions(more.uri, at(0, 0, 0, 0), "notebook.source.fixAll")
		if len(all) != 1 || all[0].Kind != "notebook.source.fixAll.sessionlint" {
			t.Fatalf("actions %v", all)
		}
		c.inCells(b, all[0])
		if used.text != fixed.cells[1].text || !strings.Contains(more.text, "        session.execute(text('select 2'))") || made.text != named {
			t.Errorf("fixed all: %q", []string{made.text, used.text, more.text})
		}
		if list := c.actions(more.uri, at(0, 0, 0, 0), "source.fixAll"); len(list) != 0 {
			t.Errorf("a cell alone cannot be fixed: %v", titles(list))
		}
	}
}

// TestNotebooksOutOfStep sends what does not fit: the server goes on.
func TestNotebooksOutOfStep(t *testing.T) {
	c := start(t, object{}, marked)
	x := codeCell("x", "bug\n")
	b := &sheet{uri: bookURI, cells: []*sheetCell{x}}
	for _, raw := range []any{nil, object{}, []any{}, object{"notebookDocument": object{"uri": 7}}, object{"notebookDocument": object{"uri": "file:///other.ipynb"}}} {
		for _, method := range []string{"didOpen", "didChange", "didClose"} {
			if method != "didOpen" || raw == nil {
				c.notify("notebookDocument/"+method, raw)
			}
		}
	}
	c.openBook(b)
	wantCodes(t, c.published(x.uri, 1), "TST001")
	c.splice(b, 0, 0, []*sheetCell{codeCell("without a text", "")}, nil)
	c.changeBook(b, object{"structure": object{"array": object{"start": 7, "deleteCount": 3}}})
	c.changeBook(b, object{"textContent": []object{{"document": object{"uri": "file:///no.cell", "version": 1}, "changes": []any{whole("x")}}}})
	c.edit(b, x, partial(at(9, 0, 9, 1), "x"))
	c.edit(b, x, partial(at(0, 0, 0, 0), "bug "))
	if list := c.actionsOrNull(x.uri); list != "[]" {
		t.Errorf("a cell whose text is not known has %s", list)
	}
	c.edit(b, x, whole("odd bug"))
	if list := c.published(x.uri, 4); len(list) != 2 {
		t.Errorf("diagnostics %v", list)
	}
	x.text, b.cells = "bug\n", b.cells[1:]
	c.openBook(b) // twice; the first one may not be told to be empty any more
	for p := (publication{}); p.Version == nil; {
		p = c.publishedNext(x.uri)
	}
	c.closeBook(b)
	c.publishedNext(x.uri)
}

func (c *client) actionsOrNull(uri string) string {
	c.t.Helper()
	return string(c.response(c.request("textDocument/codeAction", asked(uri, at(0, 0, 9, 9), "quickfix"))).Result)
}

// TestUntitledNotebook has no path, and a cell with a NUL byte is left alone.
func TestUntitledNotebook(t *testing.T) {
	c := start(t, object{}, marked, func(o *lsp.Options) { o.Rules = nil })
	x, y := codeCell("x", "bug\n"), codeCell("y", "bug\x00")
	b := &sheet{uri: "untitled:Untitled-1.ipynb", cells: []*sheetCell{x, y}}
	c.openBook(b)
	wantCodes(t, c.published(x.uri, 1))
	wantCodes(t, c.published(y.uri, 1))
	c.logMessage()
	c.edit(b, y, whole("bug"))
	wantCodes(t, c.published(x.uri, 1), "TST001")
	wantCodes(t, c.published(y.uri, 2), "TST001")
	c.closeBook(b)
	for range b.cells {
		c.await("an empty list", func(m message) bool { return m.Method == "textDocument/publishDiagnostics" })
	}
}

// TestHalfTypedCell leaves a bracket, a string or a block open in one cell: what is
// found in the others stays.
func TestHalfTypedCell(t *testing.T) {
	c := start(t, object{})
	typed, used := codeCell("typed", ""), codeCell("used", named+writer)
	b := &sheet{uri: bookURI, cells: []*sheetCell{typed, used}}
	c.openBook(b)
	c.published(typed.uri, 1)
	wantCodes(t, c.published(used.uri, 1), "SES101")
	for n, text := range []string{"x = (", "x = '''", "x = 'it", "def f(:", "with Session() as s:", "if x:\n    f(", "@", "%", "%%", "f?", "\\"} {
		c.edit(b, typed, whole(text))
		c.published(typed.uri, n+2)
		if list := c.actions(used.uri, at(5, 5, 5, 5), "quickfix"); len(list) == 0 {
			t.Errorf("with %q in another cell, nothing is found", text)
		}
	}
}
