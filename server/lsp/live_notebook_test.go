package lsp_test

import (
	"strings"
	"testing"
)

// TestLifeAcrossCells tells of a session that is made in one cell and used in
// another: lines count from the beginning of the cell that they are in.
func TestLifeAcrossCells(t *testing.T) {
	c := start(t, inMarkdown(), withRules)
	made := codeCell("made", "from sqlalchemy.orm import Session\nfrom db import engine, Crate\n\nsession = Session(engine)\n")
	used := codeCell("used", "%time\ncrate = session.get(Crate, 1)\nsession.close()\n")
	c.openBook(&sheet{uri: bookURI, cells: []*sheetCell{made, used}})

	c.published(made.uri, 1)
	c.published(used.uri, 1)

	place := object{"textDocument": object{"uri": used.uri}, "position": position{1, 10}}
	var got *card
	c.call("textDocument/hover", place, &got)
	if got == nil || got.Range.Start.Line != 1 || !strings.Contains(got.Contents.Value, "Opened | line 4") || !strings.Contains(got.Contents.Value, "line 3") {
		t.Errorf("hover: %+v", got)
	}
	var marks []struct{ Range span }
	c.call("textDocument/documentHighlight", place, &marks)
	for _, m := range marks {
		if m.Range.Start.Line < 1 || m.Range.Start.Line > 2 {
			t.Errorf("highlight: %+v", m)
		}
	}
	if len(marks) != 2 {
		t.Errorf("%d highlights in the cell", len(marks))
	}
	var hints []struct{ Position position }
	c.call("textDocument/inlayHint", object{"textDocument": object{"uri": used.uri}, "range": at(0, 0, 3, 0)}, &hints)
	for _, h := range hints {
		if h.Position.Line > 2 {
			t.Errorf("hint: %+v", h)
		}
	}
}
