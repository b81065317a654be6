package lsp_test

import (
	"fmt"
	"strings"
	"testing"

	"sessionlint/server/lsp"
)

// Hundreds of changes in a row: each one depends on the one before.
func TestChangesStayInOrder(t *testing.T) {
	c := start(t, object{}, echo)
	text := "def f():\n    pass\n"
	c.open(page, 1, text)
	var burst strings.Builder
	for n := range 1000 {
		version := n + 2
		insert := fmt.Sprint(n % 10)
		text = insert + text
		burst.WriteString(frame(c.marshal(object{"jsonrpc": "2.0", "method": "textDocument/didChange", "params": object{
			"textDocument":   object{"uri": page, "version": version},
			"contentChanges": []any{partial(at(0, 0, 0, 0), insert)}}})))
	}
	c.write(burst.String())
	c.hasText(page, 1001, text)
}

func TestChanges(t *testing.T) {
	for name, test := range map[string]struct {
		text    string
		changes []any
		want    string
	}{
		"none":                       {"a\n", nil, "a\n"},
		"insertion":                  {"a\nc\n", []any{partial(at(1, 0, 1, 0), "b\n")}, "a\nb\nc\n"},
		"deletion":                   {"a\nb\nc\n", []any{partial(at(0, 1, 1, 1), "")}, "a\nc\n"},
		"several, in their order":    {"abc", []any{partial(at(0, 0, 0, 1), "xyz"), partial(at(0, 3, 0, 4), "")}, "xyzc"},
		"the whole":                  {"a\n", []any{whole("b\n")}, "b\n"},
		"the whole, then a part":     {"a\n", []any{whole("bcd"), partial(at(0, 1, 0, 2), "")}, "bd"},
		"to nothing":                 {"a\nb", []any{partial(at(0, 0, 1, 1), "")}, ""},
		"from nothing":               {"", []any{partial(at(0, 0, 0, 0), "a")}, "a"},
		"past the end of a line":     {"ab\ncd\n", []any{partial(at(0, 1, 0, 99), "")}, "a\ncd\n"},
		"far past the end of a line": {"ab\r\ncd", []any{partial(at(0, 4294967295, 0, 4294967295), "x")}, "abx\r\ncd"},
		"the line after the last":    {"ab\ncd", []any{partial(at(0, 2, 2, 0), "")}, "ab"},
		"lines of all kinds":         {"a\rb\r\nc\nd", []any{partial(at(1, 0, 1, 1), "B"), partial(at(3, 0, 3, 1), "D")}, "a\rB\r\nc\nD"},
		"a CRLF is made":             {"a\rb\n", []any{partial(at(1, 0, 1, 1), ""), partial(at(1, 0, 1, 0), "c")}, "a\r\nc"},
		"tabs and combining":         {"\te\u0301x", []any{partial(at(0, 2, 0, 3), "")}, "\tex"},
		"after an emoji":             {"😀x", []any{partial(at(0, 2, 0, 3), "y")}, "😀y"},
		"U+FFFD is a character":      {"\ufffdx", []any{partial(at(0, 1, 0, 2), "\ufffd")}, "\ufffd\ufffd"},
	} {
		t.Run(name, func(t *testing.T) {
			c := start(t, object{}, echo)
			c.open(page, 1, test.text)
			c.change(page, 2, test.changes...)
			c.hasText(page, 2, test.want)
		})
	}
}

// Changes that cannot be made: the server keeps its text and says nothing until
// it knows the client's again.
func TestBrokenChanges(t *testing.T) {
	for name, changes := range map[string]string{
		"ends before it starts":         `[{"range":{"start":{"line":1,"character":0},"end":{"line":0,"character":0}},"text":"x"}]`,
		"ends before it starts, a line": `[{"range":{"start":{"line":0,"character":2},"end":{"line":0,"character":1}},"text":"x"}]`,
		"past the text":                 `[{"range":{"start":{"line":0,"character":0},"end":{"line":9,"character":0}},"text":"x"}]`,
		"just past the text":            `[{"range":{"start":{"line":4,"character":0},"end":{"line":4,"character":1}},"text":"x"}]`,
		"float":                         `[{"range":{"start":{"line":0.0,"character":0},"end":{"line":0,"character":1}},"text":"x"}]`,
		"fraction":                      `[{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":1.5}},"text":"x"}]`,
		"exponent":                      `[{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":1e0}},"text":"x"}]`,
		"negative":                      `[{"range":{"start":{"line":-1,"character":0},"end":{"line":0,"character":1}},"text":"x"}]`,
		"more than 32 bits":             `[{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":4294967296}},"text":"x"}]`,
		"no end":                        `[{"range":{"start":{"line":0,"character":0}},"text":"x"}]`,
		"null position":                 `[{"range":{"start":null,"end":{"line":0,"character":1}},"text":"x"}]`,
		"null range":                    `[{"range":null,"text":"x"}]`,
		"range of a wrong type":         `[{"range":[0,1],"text":"x"}]`,
		"no text":                       `[{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":1}}}]`,
		"null text":                     `[{"text":null}]`,
		"text of a wrong type":          `[{"text":7}]`,
		"null change":                   `[null]`,
		"change of a wrong type":        `["x"]`,
		"empty change":                  `[{}]`,
		"null list":                     `null`,
		"list of a wrong type":          `{"text":"x"}`,
		"within a character":            `[{"range":{"start":{"line":2,"character":1},"end":{"line":2,"character":2}},"text":"x"}]`,
		"half a pair":                   `[{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":1}},"text":"\ud83d"}]`,
		"the other half":                `[{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":1}},"text":"\\\uDE00"}]`,
		"no UTF-8":                      "[{\"text\":\"\xff\"}]",
		"broken after a good one":       `[{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":1}},"text":"x"},{"range":null,"text":"y"}]`,
	} {
		t.Run(name, func(t *testing.T) {
			c := start(t, object{}, marked)
			text := "bug\nx\n😀\n"
			c.open(page, 1, text)
			c.published(page, 1)
			c.raw(fmt.Sprintf(`{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":%q,"version":2},"contentChanges":%s}}`, page, changes))
			c.change(page, 3, partial(at(0, 0, 0, 0), "bug "))
			if actions := c.actions(page, at(0, 0, 0, 3)); len(actions) > 0 {
				t.Errorf("fixes are offered: %+v", actions)
			}
			if !strings.Contains(c.logged.String(), "cannot be applied") {
				t.Errorf("not logged: %s", c.logged)
			}

			c.change(page, 4, whole("now a bug"), partial(at(0, 6, 0, 6), "1"))
			if p := c.publishedNext(page); *p.Version != 4 || len(p.Diagnostics) != 1 || p.Diagnostics[0].Range != at(0, 7, 0, 10) {
				t.Errorf("after the whole text: %+v", p)
			}
			c.change(page, 5, partial(at(0, 6, 0, 7), ""))
			if p := c.publishedNext(page); *p.Version != 5 || len(p.Diagnostics) != 1 || p.Diagnostics[0].Range != at(0, 6, 0, 9) {
				t.Errorf("after a part: %+v", p)
			}
		})
	}
}

// The change that recovers may stand in the same notification.
func TestRecoveryInTheSameNotification(t *testing.T) {
	c := start(t, object{}, echo)
	c.open(page, 1, "a")
	c.change(page, 2, partial(at(7, 0, 7, 0), "x"), partial(at(0, 0, 0, 0), "y"), whole("b"), partial(at(0, 1, 0, 1), "c"))
	c.hasText(page, 2, "bc")
}

func TestRecoveryByOpeningAgain(t *testing.T) {
	for name, reopen := range map[string]func(*client){
		"after closing": func(c *client) {
			c.notify("textDocument/didClose", object{"textDocument": object{"uri": page}})
			if p := c.publishedNext(page); p.Version != nil || len(p.Diagnostics) != 0 {
				c.t.Fatalf("after closing: %+v", p)
			}
			c.open(page, 1, "b")
		},
		"without closing": func(c *client) { c.open(page, 1, "b") },
	} {
		t.Run(name, func(t *testing.T) {
			c := start(t, object{}, echo)
			c.open(page, 1, "a")
			c.hasText(page, 1, "a")
			c.change(page, 2, partial(at(7, 0, 7, 0), "x"))
			reopen(c)
			c.hasText(page, 1, "b")
			c.change(page, 2, partial(at(0, 1, 0, 1), "c"))
			c.hasText(page, 2, "bc")
		})
	}
}

func TestOpenWithTextThatIsNotKnown(t *testing.T) {
	for name, text := range map[string]string{"half a pair": `"\ud83d"`, "no UTF-8": "\"\xff\"", "no text": `null`, "a number": `7`} {
		t.Run(name, func(t *testing.T) {
			c := start(t, object{}, echo)
			c.raw(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"` + page + `","languageId":"python","version":1,"text":` + text + `}}}`)
			c.change(page, 2, partial(at(0, 0, 0, 0), "x"))
			c.alive()
			c.change(page, 3, whole("b"))
			if p := c.publishedNext(page); *p.Version != 3 || p.Diagnostics[0].Message != "b" {
				t.Errorf("after the whole text: %+v", p)
			}
		})
	}
}

// A pair of escapes is one character, and a backslash before a u is none of them.
func TestEscapesThatAreWhole(t *testing.T) {
	c := start(t, object{}, echo)
	c.raw(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"` + page + `","version":1,"text":"\ud83d\ude00 \\ud83d \n\u00e9\ufffd"}}}`)
	c.hasText(page, 1, "😀 \\ud83d \né\ufffd")
}

func TestDocumentsThatAreLeftAlone(t *testing.T) {
	big := strings.Repeat("# 3456789012345\n", lsp.MaxText/16)
	for name, test := range map[string]struct {
		good      string
		away      object // the change that makes it unfit
		back      object // and fit again
		want, why string
	}{
		"NUL": {"ab", partial(at(0, 1, 0, 1), "\x00"), partial(at(0, 1, 0, 2), ""), "ab", "page.py is left alone: it has a NUL byte"},
		"big": {big, partial(at(0, 0, 0, 0), "x"), partial(at(0, 0, 2, 0), ""), big[32:], "page.py is left alone: it is larger than 4 MiB"},
	} {
		t.Run(name, func(t *testing.T) {
			c := start(t, object{}, echo)
			c.open(page, 1, test.good)
			c.hasText(page, 1, test.good)
			c.change(page, 2, test.away)
			if list := c.published(page, 2); len(list) > 0 {
				t.Errorf("%d diagnostics", len(list))
			}
			if got := c.logMessage(); got != test.why {
				t.Errorf("said: %q", got)
			}
			c.change(page, 3, partial(at(0, 0, 0, 0), "y"))
			if list := c.published(page, 3); len(list) > 0 {
				t.Errorf("%d diagnostics", len(list))
			}
			if list := c.actions(page, at(0, 0, 0, 0)); len(list) > 0 {
				t.Errorf("%d actions", len(list))
			}
			c.change(page, 4, partial(at(0, 0, 0, 1), ""), test.back)
			c.hasText(page, 4, test.want)
			c.change(page, 5, test.away)
			c.published(page, 5) // and nothing is said a second time
		})
	}
}

func TestLeftAloneFromTheStart(t *testing.T) {
	c := start(t, object{}, echo)
	c.open(page, 1, "a\x00b")
	if list := c.published(page, 1); len(list) > 0 {
		t.Errorf("diagnostics: %+v", list)
	}
	if got := c.logMessage(); !strings.Contains(got, "NUL") {
		t.Errorf("said: %q", got)
	}
	c.change(page, 2, whole("ab"))
	c.hasText(page, 2, "ab")
}

// The client's own spelling comes back, and all spellings mean one document.
func TestSpellingsOfURIs(t *testing.T) {
	for _, test := range []struct{ opened, changed string }{
		{"file:///work/a b+c@d.py", "file:///work/a%20b%2Bc%40d.py"},
		{"file:///C:/work/x.py", "file:///c%3A/work/x.py"},
		{"file:///work/%C3%A9.py", "file:///work/é.py"},
		{"untitled:Untitled-1", "untitled:Untitled-1"},
		{"vscode-notebook-cell:/a.ipynb#W0sZ", "vscode-notebook-cell:/a.ipynb#W0sZ"},
		{"", ""},
		{":::", ":::"},
	} {
		t.Run(test.opened, func(t *testing.T) {
			c := start(t, object{}, echo)
			c.open(test.opened, 1, "a")
			c.hasText(test.opened, 1, "a")
			c.change(test.changed, 2, whole("b"))
			c.hasText(test.opened, 2, "b")
			c.notify("textDocument/didClose", object{"textDocument": object{"uri": test.changed}})
			if p := c.publishedNext(test.opened); p.Version != nil {
				t.Errorf("after closing: %+v", p)
			}
		})
	}
}

func TestOtherLanguages(t *testing.T) {
	c := start(t, object{}, echo)
	open := func(uri, language string) {
		c.notify("textDocument/didOpen", object{"textDocument": object{"uri": uri, "languageId": language, "version": 1, "text": uri}})
	}
	open("file:///a.toml", "toml")
	open("file:///b.toml", "Python")
	open("file:///c.py", "unknown")
	open("file:///d.pyi", "")
	for _, uri := range []string{"file:///b.toml", "file:///c.py", "file:///d.pyi"} {
		c.hasText(uri, 1, uri)
	}
}

// A version that is none does not stop the text from being followed.
func TestVersionsThatAreNone(t *testing.T) {
	for _, version := range []any{nil, "2", 2.5, 1 << 40} {
		c := start(t, object{}, echo)
		c.open(page, version, "a")
		if p := c.publishedNext(page); p.Version != nil || p.Diagnostics[0].Message != "a" {
			t.Errorf("version %v: %+v", version, p)
		}
		c.change(page, version, whole("b"))
		if p := c.publishedNext(page); p.Version != nil || p.Diagnostics[0].Message != "b" {
			t.Errorf("version %v: %+v", version, p)
		}
	}
}

// What was shown under the one spelling would stay for ever.
func TestOpenedTwiceWithOtherSpellings(t *testing.T) {
	c := start(t, object{}, echo)
	c.open("file:///work/a%2Bb.py", 1, "a")
	c.hasText("file:///work/a%2Bb.py", 1, "a")
	c.open("file:///work/a+b.py", 1, "b")
	if p := c.publishedNext("file:///work/a%2Bb.py"); p.Version != nil || len(p.Diagnostics) > 0 {
		t.Errorf("under the first spelling: %+v", p)
	}
	c.hasText("file:///work/a+b.py", 1, "b")
}
