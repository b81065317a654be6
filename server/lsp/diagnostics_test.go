package lsp_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sessionlint/analysis"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
	"sessionlint/server/lsp"
)

var panicky = &rule.Rule{Code: "TST002", Name: "panicky", Severity: rule.Error,
	Check: func(*session.Facts) []rule.Finding { panic("a rule") }}

func related() object {
	return object{"textDocument": object{"publishDiagnostics": object{"relatedInformation": true}}}
}

func TestDiagnostics(t *testing.T) {
	text := "# ä😀 bug1\r\n\todd off\r\n"
	finding := func(d diagnostic) diagnostic {
		d.Code, d.Source = "TST001", "sessionlint"
		return d
	}
	want := []diagnostic{
		finding(diagnostic{Range: at(0, 6, 0, 10), Severity: 1, Message: "a bug1"}),
		finding(diagnostic{Range: at(1, 1, 1, 4), Severity: 3, Message: "a odd"}),
	}
	c := start(t, object{}, marked)
	c.open(page, 5, text)
	if diff := cmp.Diff(want, c.published(page, 5)); diff != "" {
		t.Errorf("without related information: %s", diff)
	}

	for n := range want {
		want[n].Related = append(want[n].Related, struct {
			Location struct {
				URI   string `json:"uri"`
				Range span   `json:"range"`
			} `json:"location"`
			Message string `json:"message"`
		}{Message: "begins here"})
		want[n].Related[0].Location.URI = page
		want[n].Related[0].Location.Range = at(0, 0, 0, 1)
	}
	c = start(t, related(), marked)
	c.open(page, 5, text)
	if diff := cmp.Diff(want, c.published(page, 5)); diff != "" {
		t.Errorf("with related information: %s", diff)
	}
}

// TestUnusedSuppressionsFade where the client can fade them.
func TestUnusedSuppressionsFade(t *testing.T) {
	const text = "x = 1  # sessionlint: ignore[SES101]\n"
	for _, w := range []struct {
		diagnostics object
		want        string
	}{
		{object{"tagSupport": object{"valueSet": []int{1, 2}}}, `"tags":[1]`},
		{object{"tagSupport": object{"valueSet": []int{2}}}, ""},
		{object{}, ""},
	} {
		c := start(t, object{"textDocument": object{"publishDiagnostics": w.diagnostics}}, withRules)
		c.open(page, 1, text)
		m := c.await("findings", func(m message) bool { return m.Method == "textDocument/publishDiagnostics" })
		got := string(m.Params)
		if !strings.Contains(got, "SES901") || strings.Contains(got, `"tags"`) != (w.want != "") || !strings.Contains(got, w.want) {
			t.Errorf("%v: %s", w.diagnostics, got)
		}
	}
}

func TestSeverities(t *testing.T) {
	for severity, want := range map[rule.Severity]int{rule.Error: 1, rule.Warning: 2, rule.Info: 3} {
		c := start(t, object{}, func(o *lsp.Options) {
			o.SetFindings(func(context.Context, *analysis.Snapshot) ([]rule.Finding, error) {
				return []rule.Finding{{Rule: bugRule, Severity: severity, Message: "m"}}, nil
			})
		})
		c.open(page, 1, "x")
		if list := c.published(page, 1); list[0].Severity != want {
			t.Errorf("%v: %d, want %d", severity, list[0].Severity, want)
		}
	}
}

// leaking has one SES101, with a safe fix, in its last line.
const leaking = `from sqlalchemy import text
from sqlalchemy.orm import Session

def read(engine):
    with Session(engine) as session:
        session.execute(text("select 1"))
    session.execute(text("select 2"))
`

// The real engine, from the text to the diagnostics and back to none.
func TestEngineFindings(t *testing.T) {
	c := start(t, related())
	c.open(page, 1, leaking)
	list := c.published(page, 1)
	if len(list) != 1 || list[0].Code != "SES101" || list[0].Range.Start.Line != 6 || len(list[0].Related) == 0 {
		t.Fatalf("%+v", list)
	}
	c.change(page, 2, partial(at(6, 0, 6, 4), "        "))
	if list := c.published(page, 2); len(list) != 0 {
		t.Errorf("within the block: %+v", list)
	}
}

// What a comment suppresses is not published, and typing the comment is enough.
func TestSuppressedFindings(t *testing.T) {
	c := start(t, object{})
	c.open(page, 1, leaking)
	if list := c.published(page, 1); len(list) != 1 || list[0].Code != "SES101" {
		t.Fatalf("without a comment: %+v", list)
	}
	end := len(`    session.execute(text("select 2"))`)
	c.change(page, 2, partial(at(6, end, 6, end), "  # sessionlint: ignore[use-after-close]"))
	if list := c.published(page, 2); len(list) != 0 {
		t.Errorf("with the comment: %+v", list)
	}
	c.change(page, 3, partial(at(6, 0, 6, 4), "        ")) // into the block
	if list := c.published(page, 3); len(list) != 1 || list[0].Code != "SES901" || list[0].Severity != 2 || list[0].Range != at(6, end+6, 6, end+44) {
		t.Errorf("with the comment, and mended: %+v", list)
	}
	c.change(page, 4, partial(at(6, end+6, 6, end+44), "# noqa: SES101"))
	c.published(page, 4)
	c.change(page, 5, partial(at(6, 0, 6, 4), "")) // out of the block again
	if list := c.published(page, 5); len(list) != 0 {
		t.Errorf("with noqa: %+v", list)
	}
}

// blocking lets a test say when the findings of a text that waits are done.
type blocking struct {
	begun chan string
	done  chan bool
}

func (b blocking) findings(ctx context.Context, s *analysis.Snapshot) ([]rule.Finding, error) {
	if strings.HasPrefix(s.File.Text, "wait") {
		b.begun <- s.File.Text
		<-b.done
	}
	return bugs(ctx, s)
}

func blocked() (blocking, func(*lsp.Options)) {
	b := blocking{make(chan string), make(chan bool)}
	return b, func(o *lsp.Options) { o.SetFindings(b.findings) }
}

// While one version is being analysed the newest one waits; those between are not
// analysed, and what became stale is not published.
func TestOnlyTheNewestVersionIsPublished(t *testing.T) {
	b, options := blocked()
	c := start(t, object{}, options)
	c.open(page, 1, "wait 1")
	<-b.begun
	for version := 2; version <= 50; version++ {
		c.change(page, version, whole(fmt.Sprintf("wait %d bug", version)))
	}
	c.alive() // so that the last change has been heeded
	b.done <- true
	if text := <-b.begun; text != "wait 50 bug" {
		t.Errorf("analysed after the first: %q", text)
	}
	b.done <- true
	if p := c.publishedNext(page); *p.Version != 50 || len(p.Diagnostics) != 1 {
		t.Errorf("published first: %+v", p)
	}
}

func TestNothingIsPublishedAfterClosing(t *testing.T) {
	b, options := blocked()
	c := start(t, object{}, options)
	c.open(page, 1, "wait bug")
	<-b.begun
	c.notify("textDocument/didClose", object{"textDocument": object{"uri": page}})
	if p := c.publishedNext(page); p.Version != nil || len(p.Diagnostics) != 0 {
		t.Errorf("on closing: %+v", p)
	}
	b.done <- true
	c.alive()
}

// What was found before a change that cannot be applied is stale with it.
func TestNothingIsPublishedWhileOutOfSync(t *testing.T) {
	b, options := blocked()
	c := start(t, object{}, options)
	c.open(page, 1, "wait bug")
	<-b.begun
	c.change(page, 2, partial(at(9, 0, 9, 0), "x"))
	c.alive()
	b.done <- true
	c.change(page, 3, whole("bug bug"))
	if p := c.publishedNext(page); *p.Version != 3 || len(p.Diagnostics) != 2 {
		t.Errorf("published first: %+v", p)
	}
}

// One document that takes long does not hold up another one.
func TestDocumentsDoNotWaitForEachOther(t *testing.T) {
	b, options := blocked()
	c := start(t, object{}, options)
	c.open("file:///slow.py", 1, "wait")
	<-b.begun
	c.open(page, 1, "bug")
	c.published(page, 1)
	b.done <- true
	c.published("file:///slow.py", 1)
}

func TestFindingsFail(t *testing.T) {
	c := start(t, object{}, func(o *lsp.Options) {
		o.SetFindings(func(_ context.Context, s *analysis.Snapshot) ([]rule.Finding, error) {
			if s.File.Text == "fail" {
				return nil, errors.New("no findings today")
			}
			return nil, nil
		})
	})
	c.open(page, 1, "fail")
	c.refused("textDocument/codeAction", asked(page, at(0, 0, 0, 0)), -32603)
	for end := time.Now().Add(patience); !strings.Contains(c.logged.String(), "no findings today"); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not logged: %s", c.logged)
		}
	}
	c.change(page, 2, whole("x"))
	c.published(page, 2)
}

// A client that does not read: the server goes on reading, and keeps one list of
// diagnostics per document for it.
func TestClientThatDoesNotRead(t *testing.T) {
	c := connectDeaf(t, echo)
	c.raw(`{"jsonrpc":"2.0","id":"init","method":"initialize","params":{"capabilities":{}}}`)
	const documents, changes = 10, 200
	uri := func(n int) string { return fmt.Sprintf("file:///%d.py", n) }
	for n := range documents {
		c.open(uri(n), 0, "")
	}
	for version := 1; version <= changes; version++ {
		for n := range documents {
			c.change(uri(n), version, partial(at(0, 0, 0, 0), "x"))
		}
	}
	id := c.request("no/suchRequest", object{})
	close(c.gate)
	c.response(`"init"`)
	wantError(t, c.response(id), -32601)
	for n := range documents {
		published := 0
		for last := -1; last < changes; published++ {
			p := c.publishedNext(uri(n))
			if *p.Version <= last {
				t.Fatalf("version %d after %d", *p.Version, last)
			}
			if last = *p.Version; len(p.Diagnostics) != 1 || len(p.Diagnostics[0].Message) != last {
				t.Fatalf("version %d: %+v", last, p)
			}
		}
		if published > changes/2 {
			t.Errorf("%d lists for one document", published)
		}
	}
	c.close()
}

// Nothing is on its way to a client that does not read: when it reads again, it gets
// the newest list and not all that were made in the meantime.
func TestListsAreReplacedWhileTheyWait(t *testing.T) {
	b, options := blocked()
	c := connectDeaf(t, options)
	c.raw(`{"jsonrpc":"2.0","id":"init","method":"initialize","params":{"capabilities":{}}}`)
	c.open(page, 0, "")
	const versions = 20
	for version := 1; version <= versions; version++ {
		c.change(page, version, whole("wait"))
		<-b.begun // the one before is in the outbox, unless it was stale
		b.done <- true
	}
	close(c.gate)
	c.response(`"init"`)
	for lists := 1; *c.publishedNext(page).Version != versions; lists++ {
		if lists > 1 { // the last version's may come after the one that waited
			t.Fatalf("%d lists before the newest", lists)
		}
	}
	c.close()
}

func TestNothingIsPublishedAfterShutdown(t *testing.T) {
	b, options := blocked()
	c := connect(t, options)
	c.initialize(object{})
	c.open(page, 1, "wait bug")
	<-b.begun
	c.response(c.request("shutdown", nil))
	b.done <- true
	for range 100 {
		c.refused("no/suchRequest", nil, -32600)
	}
	c.notify("exit", nil)
	c.wantEnd(0)
}
