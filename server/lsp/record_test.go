package lsp_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sessionlint/server/lsp"
)

// recorded are the messages of a recording.
func recorded(t *testing.T, text []byte) []lsp.Recorded {
	t.Helper()
	var out []lsp.Recorded
	for line := range bytes.Lines(text) {
		var r lsp.Recorded
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		out = append(out, r)
	}
	return out
}

// replay sends what the client said in a recording, each message when the server
// has said as many as it had then, and returns what the server says, sorted.
func replay(t *testing.T, talk []lsp.Recorded) (want, got []string) {
	t.Helper()
	c := connect(t)
	heard := 0
	hear := func() {
		m := c.await("an answer", func(message) bool { return true })
		got = append(got, c.marshal(m))
		heard++
	}
	for _, r := range talk {
		if r.From == "server" {
			var m message
			if err := json.Unmarshal(r.Message, &m); err != nil {
				t.Fatal(err)
			}
			want = append(want, c.marshal(m))
			continue
		}
		for heard < len(want) {
			hear()
		}
		if r.Text != "" {
			c.raw(r.Text)
		} else {
			c.raw(string(r.Message))
		}
	}
	for heard < len(want) {
		hear()
	}
	c.wantEnd(0)
	slices.Sort(want)
	slices.Sort(got)
	return want, got
}

// TestARecordingCanBeReplayed records a conversation, and has it again.
func TestARecordingCanBeReplayed(t *testing.T) {
	var record bytes.Buffer
	c := connect(t, func(o *lsp.Options) { o.Record = &record })
	c.initialize(inMarkdown())
	c.open(page, 1, leaking)
	found := c.published(page, 1)
	c.actions(page, found[0].Range)
	c.hover(6, 6)
	c.change(page, 2, partial(at(6, 0, 6, 4), "        "))
	c.published(page, 2)
	c.raw(`{"jsonrpc":"2.0",<&😀`)
	c.await("an error", func(m message) bool { return m.Error != nil })
	c.hints(0, 7)
	c.close()

	talk := recorded(t, record.Bytes())
	broken := slices.IndexFunc(talk, func(r lsp.Recorded) bool { return r.Text != "" })
	if broken < 0 || talk[broken].Text != `{"jsonrpc":"2.0",<&😀` || talk[broken].From != "client" {
		t.Errorf("what is no JSON is recorded as %+v", talk)
	}
	want, got := replay(t, talk)
	if len(want) < 8 {
		t.Errorf("only %d messages of the server are recorded", len(want))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-recorded +replayed):\n%s", diff)
	}
}

// TestARecordingThatCannotBeWritten is given up, and nothing else is.
func TestARecordingThatCannotBeWritten(t *testing.T) {
	c := connect(t, func(o *lsp.Options) { o.Record = full{} })
	c.initialize(object{})
	c.open(page, 1, leaking)
	c.published(page, 1)
	c.close()
	if n := strings.Count(c.logged.String(), "not recorded any more"); n != 1 {
		t.Errorf("it is logged %d times:\n%s", n, c.logged)
	}
}

// full is a disk without space.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, bytes.ErrTooLarge }

// TestTrace tells a client that asks for it what the server does.
func TestTrace(t *testing.T) {
	c := start(t, object{})
	next := func() (text string, verbose *string) {
		m := c.await("a trace", func(m message) bool { return m.Method == "$/logTrace" })
		var p struct {
			Message string
			Verbose *string
		}
		if err := json.Unmarshal(m.Params, &p); err != nil {
			t.Fatal(err)
		}
		return p.Message, p.Verbose
	}
	c.alive() // nothing is told
	c.notify("$/setTrace", object{"value": "messages"})
	c.alive()
	if text, verbose := next(); text != "received request no/suchRequest (3)" || verbose != nil {
		t.Errorf("%s %v", text, verbose)
	}
	if text, verbose := next(); !strings.HasPrefix(text, "done with request no/suchRequest (3) after ") || verbose != nil {
		t.Errorf("%s %v", text, verbose)
	}
	c.notify("$/setTrace", object{"value": "verbose"})
	c.open(page, 1, "")
	if text, verbose := next(); text != "received notification textDocument/didOpen" || verbose == nil || !strings.Contains(*verbose, page) {
		t.Errorf("%s %v", text, verbose)
	}
	next()
	c.published(page, 1)
	c.notify("$/setTrace", object{"value": "off"})
	c.alive()
}

// TestTraceFromTheStart is asked for with the first request.
func TestTraceFromTheStart(t *testing.T) {
	c := connect(t)
	c.call("initialize", object{"processId": nil, "rootUri": nil, "capabilities": object{}, "trace": "messages"}, new(object))
	c.alive()
	for _, want := range []string{"received request no/suchRequest (2)", "done with request no/suchRequest (2)"} {
		m := c.await("a trace", func(m message) bool { return m.Method == "$/logTrace" })
		if !strings.Contains(string(m.Params), want) {
			t.Errorf("%s, want %s", m.Params, want)
		}
	}
	c.notify("$/setTrace", object{"value": "off"})
	c.close()
}
