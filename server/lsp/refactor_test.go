package lsp_test

import (
	"slices"
	"strings"
	"testing"
)

const closing = `from sqlalchemy.orm import sessionmaker

make = sessionmaker()


def by_hand(order):
    session = make()
    session.add(order)
    session.commit()
    session.close()


def in_block(order):
    with make() as session:
        session.add(order)
        session.commit()


def in_parts(order):
    with make() as session:
        session.add(order)
        session.commit()
        session.add(order)
        session.commit()
`

// TestRewrites offers another form of what is right as it stands, with its edits.
func TestRewrites(t *testing.T) {
	c := start(t, object{})
	c.open(page, 1, closing)
	c.published(page, 1)
	for _, w := range []struct {
		line  int
		title string
		text  string // some of the new text
	}{
		{6, "Open `session` in a with block", " as session:"},
		{9, "Open `session` in a with block", " as session:"},
		{13, "Extract what is done with `session` into a function", "_in_block_with_session(session, order)"},
		{14, "", ""},
		{20, "", ""}, // it cannot be had, and the client shows no such
	} {
		list := c.actions(page, at(w.line, 4, w.line, 4), "refactor.rewrite")
		if w.title == "" {
			if len(list) > 0 {
				t.Errorf("line %d: %v", w.line, titles(list))
			}
			continue
		}
		if !slices.Equal(titles(list), []string{w.title}) || list[0].Kind != "refactor.rewrite.sessionlint" || !strings.Contains(string(list[0].Edit), w.text) {
			t.Errorf("line %d: %v %s", w.line, titles(list), list[0].Edit)
		}
	}
	if list := c.actions(page, at(13, 4, 13, 4), "refactor.inline"); len(list) > 0 {
		t.Errorf("%v", titles(list))
	}
}

// TestRewritesThatCannotBeHad are shown with the reason to a client that can.
func TestRewritesThatCannotBeHad(t *testing.T) {
	c := start(t, object{"textDocument": object{"codeAction": object{
		"disabledSupport": true, "dataSupport": true, "resolveSupport": object{"properties": []string{"edit"}}}}})
	c.open(page, 1, closing)
	c.published(page, 1)
	var list []struct {
		Title    string
		Disabled struct{ Reason string }
		Edit     any
	}
	c.call("textDocument/codeAction", asked(page, at(19, 4, 19, 4), "refactor"), &list)
	if len(list) != 1 || list[0].Disabled.Reason != "the work is committed in parts" || list[0].Edit != nil {
		t.Errorf("%+v", list)
	}
	c.call("textDocument/codeAction", asked(page, at(13, 4, 13, 4), "refactor"), &list)
	if len(list) != 1 || list[0].Edit == nil {
		t.Errorf("%+v", list)
	}
}
