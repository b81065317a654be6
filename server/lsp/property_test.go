package lsp_test

import (
	"strings"
	"testing"
	"unicode/utf16"

	"pgregory.net/rapid"
)

// model is the client's text, and knows places in it in its own simple way: the
// text is a list of characters, and each has a number of units.
type model struct {
	text  []rune
	units func(rune) int
	noNUL bool // edits bring in none
}

func unitsOf(encoding string) func(rune) int {
	return map[string]func(rune) int{
		"utf-8":  func(r rune) int { return len(string(r)) },
		"utf-16": func(r rune) int { return len(utf16.Encode([]rune{r})) },
		"utf-32": func(rune) int { return 1 },
	}[encoding]
}

// position counts from the start of the text; n is not between "\r" and "\n".
func (m *model) position(n int) position {
	var p position
	for i, r := range m.text[:n] {
		ends := r == '\n' || r == '\r' && (i+1 == len(m.text) || m.text[i+1] != '\n')
		switch {
		case ends:
			p = position{Line: p.Line + 1}
		default:
			p.Character += m.units(r)
		}
	}
	return p
}

// place draws an index in the text that a position can name.
func (m *model) place(t *rapid.T, label string) int {
	n := rapid.IntRange(0, len(m.text)).Draw(t, label)
	if n > 0 && n < len(m.text) && m.text[n-1] == '\r' && m.text[n] == '\n' {
		n--
	}
	return n
}

func (m *model) endsLine(n int) bool {
	return n == len(m.text) || m.text[n] == '\n' || m.text[n] == '\r'
}

// A draw makes text of what is hard to count, and of Python that has to be parsed.
var pieces = rapid.SampledFrom([]string{
	"a", " ", "    ", "\t", "\n", "\n", "\r\n", "\r\n", "\r", "é", "ß", "e\u0301", "n\u0303\u0323", "😀", "👩‍👩‍👧", "\U0010ffff",
	"\u2028", "\ufeff", "\uffff", "\ufffd", "\f", "\x00", "\\", `"`, `"""`, "'''", "#", "(", ")", ":", "日本語",
	"def f(s):\n", "    s.commit()\n", "class C:\r\n", "with Session() as s:\n", "async ", "f\"{x}\"",
})

func drawText(t *rapid.T, label string, most int) string {
	return strings.Join(rapid.SliceOfN(pieces, 0, most).Draw(t, label), "")
}

func (m *model) draw(t *rapid.T, label string, most int) string {
	text := drawText(t, label, most)
	if m.noNUL {
		text = strings.ReplaceAll(text, "\x00", "0")
	}
	return text
}

// edit draws a change, makes it in the model, and returns it as it is sent.
func (m *model) edit(t *rapid.T) object {
	if rapid.IntRange(0, 19).Draw(t, "kind") == 0 {
		text := m.draw(t, "whole", 30)
		m.text = []rune(text)
		return whole(text)
	}
	a, b := m.place(t, "from"), m.place(t, "to")
	if rapid.Bool().Draw(t, "insertion") {
		b = a
	}
	a, b = min(a, b), max(a, b)
	r := span{m.position(a), m.position(b)}
	if m.endsLine(b) && rapid.Bool().Draw(t, "past the end of the line") {
		r.End.Character += rapid.IntRange(1, 100).Draw(t, "past")
	}
	text := m.draw(t, "new", 4)
	m.text = append(append(append([]rune(nil), m.text[:a]...), []rune(text)...), m.text[b:]...)
	return partial(r, text)
}

// Whatever is edited, the server's text is the client's.
func TestTextIsTheClients(t *testing.T) {
	for _, encoding := range []string{"utf-8", "utf-16", "utf-32"} {
		t.Run(encoding, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				c := connect(t, echo)
				c.initialize(encodings(encoding))
				text := drawText(t, "text", 40)
				m := &model{text: []rune(text), units: unitsOf(encoding)}
				version := 1
				c.open(page, version, text)
				said := c.same(version, m, false)
				for range rapid.IntRange(1, 12).Draw(t, "notifications") {
					var changes []any
					for range rapid.IntRange(1, 3).Draw(t, "changes") {
						changes = append(changes, m.edit(t))
					}
					version++
					c.change(page, version, changes...)
					said = c.same(version, m, said)
				}
				c.close()
			})
		})
	}
}

// same fails unless the server's text is the model's, or is left alone, which is
// said once.
func (c *client) same(version int, m *model, said bool) bool {
	c.t.Helper()
	if !strings.ContainsRune(string(m.text), 0) {
		c.hasText(page, version, string(m.text))
		return said
	}
	if list := c.published(page, version); len(list) > 0 {
		c.t.Fatalf("a text with NUL has diagnostics")
	}
	if !said {
		c.logMessage()
	}
	return true
}

// The same without waiting for each version: the notifications run ahead.
func TestTextIsTheClientsInABurst(t *testing.T) {
	for _, encoding := range []string{"utf-8", "utf-16", "utf-32"} {
		t.Run(encoding, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				c := connect(t, echo)
				c.initialize(encodings(encoding))
				m := &model{units: unitsOf(encoding), noNUL: true}
				c.open(page, 0, "")
				versions := rapid.IntRange(1, 60).Draw(t, "versions")
				for n := range versions {
					c.change(page, n+1, m.edit(t))
				}
				c.hasText(page, versions, string(m.text))
				c.close()
			})
		})
	}
}
