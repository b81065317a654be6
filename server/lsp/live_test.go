package lsp_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const shown = `from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

make = sessionmaker()


def commits(order, other):
    session = make()
    session.add(order)
    session.commit()
    session.add(other)
    session.commit()
    session.close()


def loses(order):
    with make() as s:
        s.add(order)
        s.execute(select(1))


def blocks(order):
    with make() as s, s.begin():
        s.add(order)


def hands(session, order):
    session.add(order)
    session.commit()


def again(order):
    with make() as s:
        s.get(order, 1)
    return s.get(order, 2).name  # once more
`

// hints returns the hints between two lines, each with its place.
func (c *client) hints(first, last int) []string {
	c.t.Helper()
	var list []struct {
		Position position
		Label    string
	}
	c.call("textDocument/inlayHint", object{"textDocument": object{"uri": page}, "range": at(first, 0, last, 0)}, &list)
	var out []string
	for _, h := range list {
		out = append(out, fmt.Sprintf("%d:%d %s", h.Position.Line, h.Position.Character, h.Label))
	}
	return out
}

func wantLines(t *testing.T, got []string, want ...string) {
	t.Helper()
	if diff := cmp.Diff(strings.Join(want, "\n"), strings.Join(got, "\n")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestInlayHints shows what no word in the source tells.
func TestInlayHints(t *testing.T) {
	c := start(t, object{})
	c.open(page, 1, shown)
	c.published(page, 1)
	wantLines(t, c.hints(0, 29),
		"8:22 session autobegins here",
		"10:22 session autobegins here",
		"17:20 s autobegins here",
		"18:28 s rolls back 1 write here",
		"18:28 s closes here",
		"23:20 s commits here",
		"23:20 s closes here",
	)
	wantLines(t, c.hints(20, 29), "23:20 s commits here", "23:20 s closes here")
	wantLines(t, c.hints(31, 35), "33:23 s autobegins here", "33:23 s closes here", "34:44 s opens again here")
	wantLines(t, c.hints(40, 50))
}

// TestHintsCanBeSwitchedOff with the options that come with the first request.
func TestHintsCanBeSwitchedOff(t *testing.T) {
	for _, w := range []struct {
		kind string
		want []string
	}{
		{"ends", []string{"17:20 s autobegins here", "18:28 s rolls back 1 write here"}},
		{"autobegins", []string{"18:28 s rolls back 1 write here", "18:28 s closes here"}},
		{"rollbacks", []string{"17:20 s autobegins here", "18:28 s closes here"}},
	} {
		c := connect(t)
		c.call("initialize", object{"processId": nil, "rootUri": nil, "capabilities": object{},
			"initializationOptions": object{"inlayHints": object{w.kind: false}, "codeLens": object{"commits": false}}}, new(object))
		c.notify("initialized", object{})
		c.open(page, 1, shown)
		c.published(page, 1)
		wantLines(t, c.hints(15, 20), w.want...)
		if l := c.lenses(); len(l) != 0 {
			t.Errorf("%+v", l)
		}
		c.close()
	}
}

// TestSettingsOfTheEditor are asked for, and asked for again when they change.
func TestSettingsOfTheEditor(t *testing.T) {
	c := start(t, object{"workspace": object{"configuration": true, "inlayHint": object{"refreshSupport": true}}})
	answer := func(settings any) {
		m := c.await("a question about settings", func(m message) bool { return m.Method == "workspace/configuration" })
		if !strings.Contains(string(m.Params), `"section":"sessionlint"`) {
			t.Errorf("asked for %s", m.Params)
		}
		c.raw(c.marshal(object{"jsonrpc": "2.0", "id": m.ID, "result": []any{settings}}))
	}
	refreshed := func() {
		m := c.await("a refresh", func(m message) bool { return m.Method == "workspace/inlayHint/refresh" })
		c.raw(c.marshal(object{"jsonrpc": "2.0", "id": m.ID, "result": nil}))
	}
	answer(object{"inlayHints": object{"ends": false}})
	refreshed()
	c.open(page, 1, shown)
	c.published(page, 1)
	wantLines(t, c.hints(15, 20), "17:20 s autobegins here", "18:28 s rolls back 1 write here")
	c.notify("workspace/didChangeConfiguration", object{"settings": nil})
	answer(nil)
	refreshed()
	wantLines(t, c.hints(20, 29), "23:20 s commits here", "23:20 s closes here")
}

type lens struct {
	Range   span
	Command struct {
		Title, Command string
		Arguments      []any
	}
}

func (c *client) lenses() []lens {
	c.t.Helper()
	var list []lens
	c.call("textDocument/codeLens", object{"textDocument": object{"uri": page}}, &list)
	return list
}

// TestLensCountsCommits above functions that have several on one way.
func TestLensCountsCommits(t *testing.T) {
	c := start(t, object{})
	c.open(page, 1, shown)
	c.published(page, 1)
	list := c.lenses()
	if len(list) != 1 || list[0].Range != at(6, 4, 6, 11) || list[0].Command.Title != "2 commits in one unit of work" {
		t.Fatalf("%+v", list)
	}
	if c := list[0].Command; c.Command != "sessionlint.showSessionTimeline" || len(c.Arguments) != 1 {
		t.Errorf("%+v", c)
	}
}

// TestHighlights shows where a session is changed, and where it is used.
func TestHighlights(t *testing.T) {
	c := start(t, object{})
	c.open(page, 1, shown)
	c.published(page, 1)
	highlights := func(line, character int) []string {
		var list []struct {
			Range span
			Kind  int
		}
		c.call("textDocument/documentHighlight", where(line, character), &list)
		var out []string
		for _, h := range list {
			out = append(out, fmt.Sprintf("%d:%d-%d %s", h.Range.Start.Line, h.Range.Start.Character, h.Range.End.Character,
				map[int]string{2: "read", 3: "write"}[h.Kind]))
		}
		return out
	}
	wantLines(t, highlights(10, 6), "7:4-11 write", "8:4-11 read", "9:4-11 write", "10:4-11 read", "11:4-11 write", "12:4-11 write")
	wantLines(t, highlights(16, 20), "16:19-20 write", "17:8-9 read", "18:8-9 read")
	wantLines(t, highlights(26, 12), "26:10-17 write", "27:4-11 read", "28:4-11 write")
	wantLines(t, highlights(8, 17))
}
