package lsp_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var cellPieces = rapid.SampledFrom([]string{
	"bug ", "odd\n", "off\n", "\n", "\r\n", "é", "😀", "%magic bug\n", "!ls bug\n", "%%time\n", "%%bash\n", "'''\n", "(\n", "bug?\n", "    bug\n",
})

func drawCell(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(cellPieces, 0, 6).Draw(t, "text"), "")
}

// listener knows what the client shows: for each document, what was published last.
type listener struct {
	*client
	shown map[string][]diagnostic
}

func (l *listener) hear(m message) {
	var p publication
	if m.Method != "textDocument/publishDiagnostics" || json.Unmarshal(m.Params, &p) != nil {
		l.t.Fatalf("a message that nobody asked for: %+v", m)
	}
	if l.shown[p.URI] = p.Diagnostics; len(p.Diagnostics) == 0 {
		delete(l.shown, p.URI)
	}
}

// showsSoon waits until the client shows what is wanted, and fails if it does not
// come to that.
func (l *listener) showsSoon(want map[string][]diagnostic) {
	l.t.Helper()
	end := time.After(patience)
	for {
		held := l.held
		l.held = nil
		for _, m := range held {
			l.hear(m)
		}
		if cmp.Equal(want, l.shown) {
			return
		}
		select {
		case m, ok := <-l.coming:
			if !ok {
				l.t.Fatalf("the server ended; it logged:\n%s", l.logged)
			}
			l.hear(m)
		case <-end:
			l.t.Fatalf("the client does not come to show what a fresh one does (-fresh +edited):\n%s", cmp.Diff(want, l.shown))
		}
	}
}

// leave ends the session; what the server still says is nobody's business.
func (l *listener) leave() {
	l.t.Helper()
	l.response(l.request("shutdown", nil))
	l.held = nil
	l.raw(`{"jsonrpc":"2.0","method":"exit"}`)
	for range l.coming {
	}
	if e := <-l.ended; e.code != 0 {
		l.t.Fatalf("exit code %d (%v)", e.code, e.err)
	}
}

// fresh returns what a client shows that opens the notebook as it is now.
func fresh(t *rapid.T, b sheet) map[string][]diagnostic {
	c := connect(t, marked)
	c.initialize(object{})
	c.openBook(&b)
	l := &listener{c, map[string][]diagnostic{}}
	for _, x := range b.cells {
		if x.kind == 2 {
			if list := c.published(x.uri, x.version); len(list) > 0 {
				l.shown[x.uri] = list
			}
		}
	}
	l.leave()
	return l.shown
}

// TestEditedNotebookIsTheFreshOne edits, moves, adds and removes cells, and makes
// prose of them and back: what is shown in each is what a notebook has that was
// opened like that.
func TestEditedNotebookIsTheFreshOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		made := 0
		drawn := func() *sheetCell {
			made++
			return codeCell(fmt.Sprint("c", made), drawCell(t))
		}
		b := &sheet{uri: bookURI}
		for range rapid.IntRange(0, 3).Draw(t, "cells") {
			b.cells = append(b.cells, drawn())
		}
		c := connect(t, marked)
		c.initialize(object{})
		c.openBook(b)
		l := &listener{c, map[string][]diagnostic{}}
		for range rapid.IntRange(1, 8).Draw(t, "changes") {
			changeCells(t, l, b, drawn)
			if rapid.Bool().Draw(t, "look") {
				l.showsSoon(fresh(t, *b))
			}
		}
		l.showsSoon(fresh(t, *b))
		l.leave()
	})
}

// changeCells makes one change.
func changeCells(t *rapid.T, l *listener, b *sheet, drawn func() *sheetCell) {
	from := rapid.IntRange(0, len(b.cells)).Draw(t, "from")
	to := rapid.IntRange(from, len(b.cells)).Draw(t, "to")
	switch part := slices.Clone(b.cells[from:to]); rapid.IntRange(0, 4).Draw(t, "kind of change") {
	case 0: // others come in their place
		cells := []*sheetCell{}
		for range rapid.IntRange(0, 2).Draw(t, "new") {
			cells = append(cells, drawn())
		}
		l.splice(b, from, to-from, cells, cells)
	case 1: // the order is another one
		l.splice(b, from, to-from, rapid.Permutation(part).Draw(t, "order"), nil)
	case 2:
		if len(part) > 0 {
			part[0].kind = 3 - part[0].kind
			l.changeBook(b, object{"data": refs(part[:1])})
		}
	default:
		if len(part) == 0 {
			return
		}
		x := part[0]
		m := &model{text: []rune(x.text), units: unitsOf("utf-16"), noNUL: true}
		change := m.edit(t)
		x.text = string(m.text)
		l.edit(b, x, change)
	}
}
