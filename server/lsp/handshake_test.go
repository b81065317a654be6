package lsp_test

import (
	"context"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sessionlint/server/lsp"
)

func TestMain(m *testing.M) {
	if os.Getenv("SESSIONLINT_TEST_PARENT") != "" {
		// The process that TestParentDies watches: it lives as long as its input.
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func encodings(names ...string) object {
	return object{"general": object{"positionEncodings": names}}
}

func TestCapabilities(t *testing.T) {
	c := connect(t)
	m := c.response(c.request("initialize", object{"processId": nil, "rootUri": nil, "capabilities": encodings("utf-16", "utf-8")}))
	want := `{"capabilities":{"positionEncoding":"utf-8",` +
		`"textDocumentSync":{"openClose":true,"change":2},` +
		`"notebookDocumentSync":{"notebookSelector":[{"cells":[{"language":"python"}]}]},` +
		`"hoverProvider":true,"documentHighlightProvider":true,` +
		`"codeActionProvider":{"codeActionKinds":["quickfix","source.fixAll.sessionlint","notebook.source.fixAll.sessionlint","refactor.rewrite.sessionlint"],"resolveProvider":true},` +
		`"codeLensProvider":{},` +
		`"executeCommandProvider":{"commands":["sessionlint.applyFixAll","sessionlint.explainRule","sessionlint.showSessionTimeline","sessionlint.debugInformation"]},` +
		`"inlayHintProvider":true},` +
		`"serverInfo":{"name":"sessionlint","version":"1.2.3"}}`
	// What is said of the workspace has a test of its own.
	got := regexp.MustCompile(`,"workspace":.*\}(\},"serverInfo")`).ReplaceAllString(string(m.Result), "$1")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	c.close()
}

func TestEncodingIsNegotiated(t *testing.T) {
	for _, test := range []struct {
		offered object
		want    string
	}{
		{object{}, "utf-16"},
		{encodings(), "utf-16"},
		{encodings("utf-7"), "utf-16"},
		{encodings("utf-16"), "utf-16"},
		{encodings("utf-16", "utf-32"), "utf-32"},
		{encodings("utf-32", "utf-16", "utf-8"), "utf-8"},
	} {
		c := connect(t)
		if got := c.initialize(test.offered)["positionEncoding"]; got != test.want {
			t.Errorf("%v: %v, want %s", test.offered, got, test.want)
		}
		c.close()
	}
}

// The same edit and the same finding, after a character of 1, 2 and 4 units.
func TestPositionsInEachEncoding(t *testing.T) {
	for encoding, column := range map[string]int{"utf-8": 4, "utf-16": 2, "utf-32": 1} {
		t.Run(encoding, func(t *testing.T) {
			c := start(t, encodings(encoding), marked)
			c.open(page, 1, "😀 = 1\n")
			c.published(page, 1)
			c.change(page, 2, partial(at(0, column, 0, column+4), "bug"))
			list := c.published(page, 2)
			if len(list) != 1 || list[0].Range != at(0, column, 0, column+3) {
				t.Errorf("found at %+v, want character %d", list, column)
			}
		})
	}
}

func TestRequestsOutOfTime(t *testing.T) {
	c := connect(t)
	c.refused("textDocument/codeAction", object{}, -32002)
	c.refused("shutdown", nil, -32002)
	c.refused("no/suchRequest", nil, -32002)
	c.open(page, 1, "x\n") // is not heeded
	c.initialize(object{})
	c.refused("initialize", object{"capabilities": object{}}, -32600)
	c.alive()
	c.response(c.request("shutdown", nil))
	c.refused("textDocument/codeAction", object{}, -32600)
	c.refused("initialize", object{"capabilities": object{}}, -32600)
	c.refused("shutdown", nil, -32600)
	c.open(page, 1, "x\n")
	c.notify("exit", nil)
	c.wantEnd(0)
}

func TestInitializeMayBeTriedAgain(t *testing.T) {
	c := connect(t)
	c.refused("initialize", []int{1}, -32602)
	c.refused("initialize", object{"processId": "seven", "capabilities": object{}}, -32602)
	c.initialize(object{})
	c.close()
}

func TestEnds(t *testing.T) {
	eof := func(c *client) { _ = c.in.Close() }
	exit := func(c *client) { c.notify("exit", nil) }
	shutdown := func(c *client) { c.initialize(object{}); c.response(c.request("shutdown", nil)) }
	send := func(raw string) func(*client) {
		return func(c *client) { c.write(raw) }
	}
	for name, test := range map[string]struct {
		steps []func(*client)
		code  int
		err   string // part of the error, "" for none
	}{
		"exit at once":           {[]func(*client){exit}, 1, ""},
		"end of input at once":   {[]func(*client){eof}, 1, ""},
		"exit":                   {[]func(*client){func(c *client) { c.initialize(object{}) }, exit}, 1, ""},
		"end of input":           {[]func(*client){func(c *client) { c.initialize(object{}) }, eof}, 1, ""},
		"shutdown, exit":         {[]func(*client){shutdown, exit}, 0, ""},
		"shutdown, end":          {[]func(*client){shutdown, eof}, 0, ""},
		"garbage":                {[]func(*client){send("GET / HTTP/1.1\r\n")}, 1, "no line of a header"},
		"garbage without lines":  {[]func(*client){send(strings.Repeat("x", 4096))}, 1, "too long"},
		"endless header":         {[]func(*client){send(strings.Repeat("A: b\r\n", 32))}, 1, "does not end"},
		"no length":              {[]func(*client){send("Content-Type: x\r\n\r\n")}, 1, "no Content-Length"},
		"no number":              {[]func(*client){send("Content-Length: many\r\n\r\n")}, 1, "not possible"},
		"negative":               {[]func(*client){send("Content-Length: -5\r\n\r\n")}, 1, "not possible"},
		"a gigabyte":             {[]func(*client){send("Content-Length: 1073741823\r\n\r\n")}, 1, "not possible"},
		"beyond all numbers":     {[]func(*client){send("Content-Length: 99999999999999999999\r\n\r\n")}, 1, "not possible"},
		"end in a header":        {[]func(*client){send("Content-Le"), eof}, 1, "unexpected EOF"},
		"end in a body":          {[]func(*client){send("Content-Length: 2000000\r\n\r\n{"), eof}, 1, "unexpected EOF"},
		"garbage after shutdown": {[]func(*client){shutdown, send("GET / HTTP/1.1\r\n")}, 1, "no line of a header"},
	} {
		t.Run(name, func(t *testing.T) {
			c := connect(t)
			for _, step := range test.steps {
				step(c)
			}
			e := c.wantEnd(test.code)
			if (e.err == nil) != (test.err == "") || e.err != nil && !strings.Contains(e.err.Error(), test.err) {
				t.Errorf("error %v, want %q", e.err, test.err)
			}
			if test.err != "" && !strings.Contains(c.logged.String(), test.err) {
				t.Errorf("not logged: %q", c.logged)
			}
		})
	}
}

// All in one write, as a script sends it.
func TestAnswersBeforeTheEnd(t *testing.T) {
	c := connect(t)
	c.write(frame(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}`) +
		frame(`{"jsonrpc":"2.0","id":2,"method":"shutdown"}`) + frame(`{"jsonrpc":"2.0","method":"exit"}`))
	c.response("1")
	c.response("2")
	c.wantEnd(0)
}

func TestFirstMessageIsTheAnswerToInitialize(t *testing.T) {
	c := connect(t, marked)
	c.write(frame(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}`) +
		frame(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"`+page+`","languageId":"python","version":1,"text":"bug"}}}`))
	if m := c.await("anything", func(message) bool { return true }); string(m.ID) != "1" {
		t.Errorf("the first message is %+v", m)
	}
	c.published(page, 1)
	c.close()
}

func TestParentDies(t *testing.T) {
	parent := exec.Command(os.Args[0])
	parent.Env = append(os.Environ(), "SESSIONLINT_TEST_PARENT=1")
	leash, err := parent.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	c := connect(t, func(o *lsp.Options) { o.SetParentCheck(time.Millisecond) })
	c.response(c.request("initialize", object{"processId": parent.Process.Pid, "capabilities": object{}}))
	c.alive()
	if err := leash.Close(); err != nil {
		t.Fatal(err)
	}
	if err := parent.Wait(); err != nil {
		t.Fatal(err)
	}
	c.wantEnd(1)
}

func TestParentThatCannotBeSeen(t *testing.T) {
	for _, pid := range []int{0, -1, 1<<31 - 1} {
		c := connect(t, func(o *lsp.Options) { o.SetParentCheck(time.Nanosecond) })
		c.response(c.request("initialize", object{"processId": pid, "capabilities": object{}}))
		c.alive()
		c.close()
	}
}

func TestContextEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	in, keep := io.Pipe()
	defer func() { _ = keep.Close() }()
	done := make(chan int)
	go func() {
		code, _ := lsp.Serve(ctx, in, io.Discard, lsp.Options{})
		done <- code
	}()
	cancel()
	if code := <-done; code != 1 {
		t.Errorf("exit code %d", code)
	}
}
