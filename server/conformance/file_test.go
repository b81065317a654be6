package conformance_test

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// file is a text that is open in the editor.
type file struct {
	version int
	text    string
}

// open opens a file with a text.
func (e *editor) open(uri, text string) {
	e.t.Helper()
	e.files[uri] = &file{1, text}
	e.notify("textDocument/didOpen", object{"textDocument": object{"uri": uri, "languageId": "python", "version": 1, "text": text}})
}

// change replaces a text, as a change of what differs.
func (e *editor) change(uri, text string) {
	e.t.Helper()
	f := e.files[uri]
	start := 0
	for start < min(len(f.text), len(text)) && f.text[start] == text[start] {
		start++
	}
	for start > 0 && !utf8.RuneStart(text[min(start, len(text)-1)]) {
		start--
	}
	f.version++
	e.notify("textDocument/didChange", object{
		"textDocument":   object{"uri": uri, "version": f.version},
		"contentChanges": []object{{"range": object{"start": e.position(f.text, start), "end": e.position(f.text, len(f.text))}, "text": text[start:]}},
	})
	f.text = text
}

// encoding returns what characters of positions are: utf-8, utf-16 or utf-32.
func (e *editor) encoding() string {
	name, _ := get(e.offered, "positionEncoding").(string)
	return cmp.Or(name, "utf-16")
}

func (e *editor) width(text string) int {
	switch e.encoding() {
	case "utf-8":
		return len(text)
	case "utf-32":
		return utf8.RuneCountInString(text)
	}
	return len(utf16.Encode([]rune(text)))
}

// position returns where a byte of a text is.
func (e *editor) position(text string, offset int) object {
	line := strings.Count(text[:offset], "\n")
	start := strings.LastIndexByte(text[:offset], '\n') + 1
	return object{"line": line, "character": e.width(text[start:offset])}
}

// offset returns the byte that a position is before. It fails if there is none.
func (e *editor) offset(text string, position any) int {
	e.t.Helper()
	number := func(name string) int64 {
		n, _ := get(position, name).(json.Number)
		i, err := n.Int64()
		if err != nil {
			e.t.Fatalf("no position: %v", position)
		}
		return i
	}
	start := 0
	for range number("line") {
		n := strings.IndexByte(text[start:], '\n')
		if n < 0 {
			e.t.Fatalf("the text has no line %v:\n%s", position, text)
		}
		start += n + 1
	}
	line, _, _ := strings.Cut(text[start:], "\n")
	for n := range len(line) + 1 {
		if (n == len(line) || utf8.RuneStart(line[n])) && int64(e.width(line[:n])) == number("character") {
			return start + n
		}
	}
	e.t.Fatalf("line %q has no character %v", line, position)
	return 0
}

// apply makes a workspace edit as the server wants it, and tells the server.
func (e *editor) apply(edit any) {
	e.t.Helper()
	able := "workspace.workspaceEdit."
	annotations, _ := get(edit, "changeAnnotations").(map[string]any)
	if len(annotations) > 0 && !has(e.capabilities, able+"changeAnnotationSupport") {
		e.t.Error("an edit is annotated, and the client does not know that")
	}
	if changes, _ := get(edit, "documentChanges").([]any); changes != nil {
		if !has(e.capabilities, able+"documentChanges") {
			e.t.Error("an edit has documentChanges, and the client does not know that")
		}
		for _, c := range changes {
			uri, _ := get(c, "textDocument.uri").(string)
			if v, _ := get(c, "textDocument.version").(json.Number); e.files[uri] == nil || v.String() != e.version(uri) {
				e.t.Errorf("the edit is for version %v of %s", v, uri)
			}
			edits, _ := get(c, "edits").([]any)
			for _, one := range edits {
				if id, _ := get(one, "annotationId").(string); id != "" && annotations[id] == nil {
					e.t.Errorf("the edit has no annotation %s", id)
				}
			}
			e.make(uri, edits)
		}
		return
	}
	changes, _ := get(edit, "changes").(map[string]any)
	for uri, edits := range changes {
		list, _ := edits.([]any)
		e.make(uri, list)
	}
}

func (e *editor) version(uri string) string {
	text, _ := json.Marshal(e.files[uri].version) // an int
	return string(text)
}

// make makes text edits: all of them are about the text before.
func (e *editor) make(uri string, edits []any) {
	e.t.Helper()
	f := e.files[uri]
	type change struct {
		start, end int
		text       string
	}
	var list []change
	for _, one := range edits {
		text, _ := get(one, "newText").(string)
		list = append(list, change{e.offset(f.text, get(one, "range.start")), e.offset(f.text, get(one, "range.end")), text})
	}
	slices.SortStableFunc(list, func(a, b change) int { return cmp.Compare(a.start, b.start) })
	var out strings.Builder
	at := 0
	for _, c := range list {
		if c.start < at || c.end < c.start {
			e.t.Fatalf("edits overlap: %v", edits)
		}
		out.WriteString(f.text[at:c.start] + c.text)
		at = c.end
	}
	out.WriteString(f.text[at:])
	e.change(uri, out.String())
}

// diagnostics returns those of a file as it is now, in whichever way the server gives them.
func (e *editor) diagnostics(uri string) []any {
	e.t.Helper()
	if e.pulls() {
		report := e.call("textDocument/diagnostic", object{"textDocument": object{"uri": uri}})
		items, _ := get(report, "items").([]any)
		e.fits(items, "textDocument.diagnostic")
		return items
	}
	for {
		for len(e.published[uri]) > 0 {
			p := e.published[uri][0]
			e.published[uri] = e.published[uri][1:]
			if v, _ := p.version.(json.Number); v.String() == e.version(uri) {
				return p.items
			}
		}
		e.until("the diagnostics of "+uri, func(message) bool { return len(e.published[uri]) > 0 })
	}
}

// close closes a file. Its diagnostics are taken away.
func (e *editor) close(uri string) {
	e.t.Helper()
	e.notify("textDocument/didClose", object{"textDocument": object{"uri": uri}})
	delete(e.files, uri)
	if e.pulls() {
		return
	}
	if len(e.published[uri]) == 0 {
		e.until("the end of the diagnostics", func(message) bool { return len(e.published[uri]) > 0 })
	}
	if p := e.published[uri][0]; len(p.items) > 0 || p.version != nil {
		e.t.Errorf("published of a file that was closed: %v", p)
	}
	e.published[uri] = e.published[uri][1:]
}
