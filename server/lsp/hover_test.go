package lsp_test

import (
	"strings"
	"testing"

	"sessionlint/analysis/rule/all"
	"sessionlint/server/lsp"
)

const lived = `from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

make = sessionmaker()


def work(order, other):
    with make() as session:
        session.add(order)
        session.add(other)
        session.commit()
        session.execute(select(1))
    session.close()
    return order  # noqa: SES101
`

// withRules makes the rules known that configuration files choose from.
func withRules(o *lsp.Options) { o.Rules = all.Rules() }

// inMarkdown are the capabilities of a client that shows it.
func inMarkdown() object {
	return object{"textDocument": object{"hover": object{"contentFormat": []string{"markdown", "plaintext"}}}}
}

type card struct {
	Contents struct{ Kind, Value string }
	Range    span
}

// hover asks about a place that must have something to tell.
func (c *client) hover(line, character int) card {
	c.t.Helper()
	var got *card
	c.call("textDocument/hover", where(line, character), &got)
	if got == nil {
		c.t.Fatalf("nothing is told about %d:%d", line, character)
	}
	return *got
}

func where(line, character int) object {
	return object{"textDocument": object{"uri": page}, "position": position{line, character}}
}

// TestHoverTellsHowASessionStands asks at each of its variable's places.
func TestHoverTellsHowASessionStands(t *testing.T) {
	c := start(t, inMarkdown())
	c.open(page, 1, lived)
	c.published(page, 1)
	for _, w := range []struct {
		line, character int
		want            string
	}{
		{7, 22, "Opened | line 8; Transaction | none; Pending writes | none; Commits so far | 0; Closed | by the end of the with block, line 12"},
		{8, 8, "Opened | line 8; Transaction | none; Pending writes | none; Commits so far | 0; Closed | by the end of the with block, line 12"},
		{9, 10, "Opened | line 8; Transaction | begun by `add`, line 9; Pending writes | 1 write: line 9; Commits so far | 0; Closed | by the end of the with block, line 12"},
		{10, 15, "Opened | line 8; Transaction | begun by `add`, line 9; Pending writes | 2 writes: lines 9, 10; Commits so far | 0; Closed | by the end of the with block, line 12"},
		{11, 8, "Opened | line 8; Transaction | none; Pending writes | none; Commits so far | 1; Closed | by the end of the with block, line 12"},
		{12, 6, "Opened | line 8; Transaction | none; Pending writes | none; Commits so far | 1; Closed | already by the end of the with block, line 12"},
	} {
		got := c.hover(w.line, w.character)
		if got.Contents.Kind != "markdown" || !strings.HasPrefix(got.Contents.Value, "| Session session | |\n| --- | --- |\n| ") {
			t.Errorf("%d:%d: %+v", w.line, w.character, got.Contents)
		}
		_, rows, _ := strings.Cut(got.Contents.Value, "| --- |\n")
		rows = strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(rows, "| "), " |\n"), " |\n| ", "; ")
		if rows != w.want {
			t.Errorf("%d:%d:\n got %s\nwant %s", w.line, w.character, rows, w.want)
		}
		if r := got.Range; r.Start.Line != w.line || r.End.Character-r.Start.Character != len("session") {
			t.Errorf("%d:%d: the range is %+v", w.line, w.character, r)
		}
	}
	for _, nothing := range []position{{0, 3}, {8, 21}, {13, 6}, {99, 0}} {
		var got *card
		if c.call("textDocument/hover", where(nothing.Line, nothing.Character), &got); got != nil {
			t.Errorf("%+v: %+v", nothing, got)
		}
	}
}

// TestHoverInPlainText is for a client that says nothing of Markdown.
func TestHoverInPlainText(t *testing.T) {
	c := start(t, object{})
	c.open(page, 1, lived)
	c.published(page, 1)
	got := c.hover(9, 10).Contents
	if got.Kind != "plaintext" || strings.ContainsAny(got.Value, "|`") || !strings.Contains(got.Value, "\nPending writes: 1 write: line 9\n") {
		t.Errorf("%+v", got)
	}
}

// TestHoverShowsARulesPage in a comment that names it, by its code or name.
func TestHoverShowsARulesPage(t *testing.T) {
	c := start(t, inMarkdown(), withRules)
	c.open(page, 1, lived+"# sessionlint: ignore-file[multiple-commits]\n")
	c.published(page, 1)
	got := c.hover(13, 28)
	if !strings.HasPrefix(got.Contents.Value, "# SES101 use-after-close\n") || got.Range != at(13, 26, 13, 32) {
		t.Errorf("%+v", got)
	}
	if got := c.hover(14, 30); !strings.HasPrefix(got.Contents.Value, "# SES201 multiple-commits\n") {
		t.Errorf("%+v", got)
	}
}
