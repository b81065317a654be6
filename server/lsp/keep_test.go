package lsp_test

import (
	"strings"
	"testing"
)

const typed = `from sqlalchemy import text
from sqlalchemy.orm import Session


def before(engine):
    with Session(engine) as session:
        session.execute(text("select 1"))
    session.execute(text("select 2"))


def read(engine):
    note = 1
    with Session(engine) as session:
        session.execute(text("select 1"))
    session.execute(text("select 2"))
    return note
`

// TestFindingsStayWhileTyping types a call, letter by letter and not yet indented, into
// a function with a finding: it is shown all the time, where its text is, and is gone
// when its text is.
func TestFindingsStayWhileTyping(t *testing.T) {
	for name, capabilities := range map[string]object{"pushed": {}, "asked for": pulling()} {
		t.Run(name, func(t *testing.T) {
			c := start(t, capabilities)
			version := 1
			shown := func() []diagnostic {
				if capabilities["textDocument"] != nil {
					return c.pull(page, "").Items
				}
				return c.published(page, version)
			}
			change := func(r span, text string) []diagnostic {
				version++
				c.change(page, version, partial(r, text))
				return shown()
			}
			wantAt := func(what string, got []diagnostic, want ...span) {
				t.Helper()
				if len(got) != len(want) {
					t.Fatalf("%s: %+v", what, got)
				}
				for n, d := range got {
					if d.Range != want[n] {
						t.Errorf("%s: at %+v, want %+v", what, d.Range, want[n])
					}
				}
			}
			c.open(page, version, typed)
			first, second := at(7, 4, 7, 37), at(14, 4, 14, 37)
			wantAt("at first", shown(), first, second)
			second = at(15, 4, 15, 37)
			wantAt("after an empty line", change(at(13, 0, 13, 0), "\n"), first, second)
			const call = "    session.get(A, [1, \"a"
			for n, letter := range call {
				wantAt("after "+call[:n+1], change(at(13, n, 13, n), string(letter)), first, second)
			}
			wantAt("after a change within", change(at(15, 30, 15, 30), "ed"), first, at(15, 4, 15, 39))
			wantAt("after a change in another function", change(at(4, 0, 4, 0), "x = 1\n"), at(8, 4, 8, 37), at(16, 4, 16, 39))
			wantAt("after its statement is gone", change(at(16, 0, 17, 0), ""), at(8, 4, 8, 37))
			wantAt("after it came back", change(at(16, 0, 16, 0), "    session.execute(text(\"select 2\"))\n"), at(8, 4, 8, 37))
			wantAt("when it parses again", change(at(14, 0, 14, len(call)), ""), at(8, 4, 8, 37), at(16, 4, 16, 37))
		})
	}
}

// TestKeptFindingsAreNotMended offers nothing for what is shown only because it was found.
func TestKeptFindingsAreNotMended(t *testing.T) {
	c := start(t, object{})
	c.open(page, 1, typed)
	list := c.published(page, 1)
	if len(c.actions(page, list[1].Range)) == 0 {
		t.Fatal("nothing is offered")
	}
	c.change(page, 2, partial(at(13, 0, 13, 0), "    s\n"))
	if list = c.published(page, 2); len(list) != 2 {
		t.Fatalf("shown: %+v", list)
	}
	for _, a := range c.actions(page, list[1].Range) {
		if strings.HasPrefix(a.Kind, "quickfix") {
			t.Errorf("offered: %+v", a)
		}
	}
}

// TestKeptFindingsHeedSettings drops those of a rule that is switched off.
func TestKeptFindingsHeedSettings(t *testing.T) {
	c := inFolders(t, object{}, object{})
	c.open(page, 1, typed)
	c.published(page, 1)
	c.change(page, 2, partial(at(13, 0, 13, 0), "    s\n"))
	if list := c.published(page, 2); len(list) != 2 {
		t.Fatalf("shown: %+v", list)
	}
	c.settings(object{"sessionlint": object{"ignore": []string{"SES1"}}})
	if p := c.publishedNext(page); len(p.Diagnostics) != 0 {
		t.Errorf("shown: %+v", p.Diagnostics)
	}
}
