package lsp_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"sessionlint/analysis"
	"sessionlint/analysis/rule"
	"sessionlint/quickfix"
	"sessionlint/server/lsp"
)

// Notifications that a client should not send: the server says nothing, lives, and
// keeps the text that it has.
func TestWrongNotifications(t *testing.T) {
	for name, body := range map[string]string{
		"unknown":                      `"method":"foo/bar","params":{}`,
		"unknown, to be ignored":       `"method":"$/foo","params":{"a":1}`,
		"without parameters":           `"method":"$/foo"`,
		"initialized without":          `"method":"initialized"`,
		"null parameters":              `"method":"initialized","params":null`,
		"a list of parameters":         `"method":"initialized","params":[]`,
		"setTrace of a wrong type":     `"method":"$/setTrace","params":{"value":3}`,
		"didSave":                      `"method":"textDocument/didSave","params":{"textDocument":{"uri":"file:///x"}}`,
		"configuration":                `"method":"workspace/didChangeConfiguration","params":{"settings":null}`,
		"open without parameters":      `"method":"textDocument/didOpen"`,
		"open of nothing":              `"method":"textDocument/didOpen","params":{}`,
		"open of a number":             `"method":"textDocument/didOpen","params":{"textDocument":{"uri":7,"version":1,"text":"x"}}`,
		"change of an unknown one":     `"method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///other.py","version":2},"contentChanges":[{"text":"x"}]}`,
		"change without parameters":    `"method":"textDocument/didChange"`,
		"change of nothing":            `"method":"textDocument/didChange","params":{"contentChanges":[{"text":"x"}]}`,
		"change in a list":             `"method":"textDocument/didChange","params":[1]`,
		"change without a document":    `"method":"textDocument/didChange","params":{"textDocument":null,"contentChanges":[{"text":"x"}]}`,
		"close of an unknown one":      `"method":"textDocument/didClose","params":{"textDocument":{"uri":"file:///other.py"}}`,
		"close without parameters":     `"method":"textDocument/didClose"`,
		"cancel of an unknown request": `"method":"$/cancelRequest","params":{"id":123456}`,
		"cancel, 53 bits":              `"method":"$/cancelRequest","params":{"id":9007199254740991}`,
		"cancel, too many bits":        `"method":"$/cancelRequest","params":{"id":99999999999999999999}`,
		"cancel, a string":             `"method":"$/cancelRequest","params":{"id":"abc"}`,
		"cancel, null":                 `"method":"$/cancelRequest","params":{"id":null}`,
		"cancel, a float":              `"method":"$/cancelRequest","params":{"id":1.5}`,
		"cancel of nothing":            `"method":"$/cancelRequest","params":{}`,
		"cancel without parameters":    `"method":"$/cancelRequest"`,
		"a request without an id":      `"method":"shutdown"`,
		"a request with a null id":     `"id":null,"method":"textDocument/codeAction","params":{"textDocument":{"uri":"file:///work/page.py"},"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":0}},"context":{"diagnostics":[]}}`,
		"an answer to nothing":         `"id":77,"result":null`,
		"an error to nothing":          `"id":77,"error":{"code":-1,"message":"no"}`,
	} {
		t.Run(name, func(t *testing.T) {
			c := start(t, object{}, marked)
			c.open(page, 1, "bug\n")
			c.published(page, 1)
			c.raw(`{"jsonrpc":"2.0",` + body + `}`)
			c.alive()
			c.change(page, 2, partial(at(0, 0, 0, 0), "a "))
			if list := c.published(page, 2); len(list) != 1 || list[0].Range != at(0, 2, 0, 5) {
				t.Errorf("the text has changed: %+v", list)
			}
		})
	}
}

// Requests that cannot be understood are answered with an error each.
func TestWrongRequests(t *testing.T) {
	for name, test := range map[string]struct {
		body string
		code int
	}{
		"unknown":                     {`"method":"foo/bar","params":{}`, -32601},
		"unknown, to be ignored":      {`"method":"$/foo"`, -32601},
		"not served":                  {`"method":"textDocument/definition","params":{}`, -32601},
		"a notification with an id":   {`"method":"textDocument/didClose","params":{"textDocument":{"uri":"file:///work/page.py"}}`, -32601},
		"exit with an id":             {`"method":"exit"`, -32601},
		"no parameters":               {`"method":"textDocument/codeAction"`, -32602},
		"a list of parameters":        {`"method":"textDocument/codeAction","params":[]`, -32602},
		"a float in a position":       {`"method":"textDocument/codeAction","params":{"textDocument":{"uri":"file:///work/page.py"},"range":{"start":{"line":0.5,"character":0},"end":{"line":0,"character":0}},"context":{"diagnostics":[]}}`, -32602},
		"a negative position":         {`"method":"textDocument/codeAction","params":{"textDocument":{"uri":"file:///work/page.py"},"range":{"start":{"line":-1,"character":0},"end":{"line":0,"character":0}},"context":{"diagnostics":[]}}`, -32602},
		"resolve without data":        {`"method":"codeAction/resolve","params":{"title":"x"}`, -32602},
		"resolve with null data":      {`"method":"codeAction/resolve","params":{"title":"x","data":null}`, -32602},
		"resolve with foreign data":   {`"method":"codeAction/resolve","params":{"title":"x","data":{"uri":5}}`, -32602},
		"resolve with a number":       {`"method":"codeAction/resolve","params":{"title":"x","data":7}`, -32602},
		"resolve without a document":  {`"method":"codeAction/resolve","params":{"title":"x","data":{"nth":0,"of":1}}`, -32602},
		"resolve a negative one":      {`"method":"codeAction/resolve","params":{"title":"x","data":{"uri":"file:///work/page.py","nth":-1,"of":0}}`, -32801},
		"resolve in an unknown file":  {`"method":"codeAction/resolve","params":{"title":"x","data":{"uri":"file:///other.py","all":true}}`, -32801},
		"resolve an unknown finding":  {`"method":"codeAction/resolve","params":{"title":"x","data":{"uri":"file:///work/page.py","nth":0,"of":1}}`, -32801},
		"resolve one of no findings":  {`"method":"codeAction/resolve","params":{"title":"x","data":{"uri":"file:///work/page.py","nth":3,"of":0}}`, -32801},
		"resolve without parameters":  {`"method":"codeAction/resolve"`, -32602},
		"initialize a second time":    {`"method":"initialize","params":{"capabilities":{}}`, -32600},
		"malformed within parameters": {`"method":"textDocument/codeAction","params":{"a":1,,}`, -32602},
	} {
		t.Run(name, func(t *testing.T) {
			c := start(t, object{}, marked)
			c.open(page, 1, "bug\n")
			c.published(page, 1)
			c.raw(`{"jsonrpc":"2.0","id":"r",` + test.body + `}`)
			wantError(t, c.response(`"r"`), test.code)
			c.alive()
		})
	}
}

// An action of a document that is not open, or that has nothing to mend.
func TestNoActions(t *testing.T) {
	c := start(t, object{}, marked)
	c.open(page, 1, "fine\n")
	c.published(page, 1)
	for _, uri := range []string{page, "file:///other.py", "", ":::"} {
		if list := c.actions(uri, at(0, 0, 9, 9)); len(list) > 0 {
			t.Errorf("%s: %+v", uri, list)
		}
	}
}

// Bodies that are no message are answered without an id.
func TestBodiesThatAreNoMessages(t *testing.T) {
	for name, test := range map[string]struct {
		body string
		code int
	}{
		"nothing":           {``, -32700},
		"no JSON":           {`hello`, -32700},
		"cut off":           {`{"jsonrpc":"2.0"`, -32700},
		"two":               {`{"jsonrpc":"2.0","method":"$/a"} {}`, -32700},
		"a batch":           {`[{"jsonrpc":"2.0","id":1,"method":"shutdown"}]`, -32600},
		"no version":        {`{"id":1,"method":"shutdown"}`, -32600},
		"old version":       {`{"jsonrpc":"1.0","id":1,"method":"shutdown"}`, -32600},
		"float id":          {`{"jsonrpc":"2.0","id":1.5,"method":"shutdown"}`, -32600},
		"object id":         {`{"jsonrpc":"2.0","id":{},"method":"shutdown"}`, -32600},
		"method and result": {`{"jsonrpc":"2.0","id":1,"method":"shutdown","result":1}`, -32600},
	} {
		t.Run(name, func(t *testing.T) {
			c := start(t, object{})
			c.raw(test.body)
			wantError(t, c.response("null"), test.code)
			c.alive()
		})
	}
}

func TestHeadersThatAreUnusual(t *testing.T) {
	c := start(t, object{})
	body := `{"jsonrpc":"2.0","id":"h","method":"no/suchRequest"}`
	c.write("content-type: application/vscode-jsonrpc; charset=utf-8\r\nCONTENT-LENGTH:52\n\n" + body)
	wantError(t, c.response(`"h"`), -32601)
}

// What panics costs its own answer and nothing else.
func TestPanics(t *testing.T) {
	c := start(t, object{}, func(o *lsp.Options) {
		o.SetFindings(func(ctx context.Context, s *analysis.Snapshot) ([]rule.Finding, error) {
			if strings.Contains(s.File.Text, "panic") {
				panic("no such luck")
			}
			return bugs(ctx, s)
		})
		o.Fixer = fixer{func(context.Context, *analysis.Snapshot, rule.Finding) ([]quickfix.Fix, error) {
			var nothing *rule.Rule
			return []quickfix.Fix{{Title: nothing.Name}}, nil
		}}
	})
	c.open(page, 1, "panic\n")
	c.wantShown("defect of its own") // and only once
	c.refused("textDocument/codeAction", asked(page, at(0, 0, 0, 0)), -32603)
	c.change(page, 2, partial(at(0, 0, 0, 5), "bug"))
	if list := c.published(page, 2); len(list) != 1 {
		t.Errorf("after a panic: %+v", list)
	}
	c.refused("textDocument/codeAction", asked(page, at(0, 0, 0, 0)), -32603)
	c.alive()
	for _, part := range []string{"no such luck", "nil pointer", "misbehave_test.go"} {
		if !strings.Contains(c.logged.String(), part) {
			t.Errorf("not logged: %q", part)
		}
	}
}

// A rule that panics in the real engine does not keep the engine's locks.
func TestRuleThatPanics(t *testing.T) {
	c := start(t, object{}, func(o *lsp.Options) {
		o.Engine = analysis.NewEngine(panicky)
	})
	c.open(page, 1, leaking)
	c.wantShown("defect of its own")
	c.refused("textDocument/codeAction", asked(page, at(0, 0, 0, 0)), -32603)
	c.change(page, 2, whole(""))
	c.published(page, 2)
}

// fixer mends single findings by a function.
type fixer struct {
	fixes func(context.Context, *analysis.Snapshot, rule.Finding) ([]quickfix.Fix, error)
}

func (f fixer) For(ctx context.Context, s *analysis.Snapshot, d rule.Finding) ([]quickfix.Fix, error) {
	return f.fixes(ctx, s, d)
}

func (fixer) Suppressions(context.Context, *analysis.Snapshot, rule.Finding) ([]quickfix.Fix, error) {
	return nil, nil
}

func (fixer) All(_ context.Context, s *analysis.Snapshot, _ bool) (string, int, error) {
	return s.File.Text, 0, nil
}

// Cancelling answers at once, also while the work does not stop, and only once.
func TestCancel(t *testing.T) {
	for _, id := range []string{`7`, `9007199254740991`, `-3`, `"seven"`, `"7"`} {
		t.Run(id, func(t *testing.T) {
			working, stop := make(chan bool), make(chan bool)
			c := start(t, object{}, marked, func(o *lsp.Options) {
				o.Fixer = fixer{func(context.Context, *analysis.Snapshot, rule.Finding) ([]quickfix.Fix, error) {
					working <- true
					<-stop
					return nil, nil
				}}
			})
			c.open(page, 1, "bug\n")
			c.published(page, 1)
			params := c.marshal(asked(page, at(0, 0, 0, 0)))
			c.raw(`{"jsonrpc":"2.0","id":` + id + `,"method":"textDocument/codeAction","params":` + params + `}`)
			<-working
			c.raw(`{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":` + id + `}}`)
			wantError(t, c.response(id), -32800)
			c.raw(`{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":` + id + `}}`)
			stop <- true
			c.alive()
		})
	}
}

// The cancellation may come right behind the request, before it has begun.
func TestCancelInTheSameWrite(t *testing.T) {
	c := start(t, object{}, marked, func(o *lsp.Options) {
		o.Fixer = fixer{func(ctx context.Context, _ *analysis.Snapshot, _ rule.Finding) ([]quickfix.Fix, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		}}
	})
	c.open(page, 1, "bug\n")
	c.published(page, 1)
	params := c.marshal(asked(page, at(0, 0, 0, 0)))
	for range 100 {
		c.write(frame(`{"jsonrpc":"2.0","id":"x","method":"textDocument/codeAction","params":`+params+`}`) +
			frame(`{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":"x"}}`))
		wantError(t, c.response(`"x"`), -32800)
	}
}

func TestPatienceEnds(t *testing.T) {
	c := start(t, object{}, marked, func(o *lsp.Options) {
		o.SetPatience(time.Millisecond)
		o.Fixer = fixer{func(ctx context.Context, _ *analysis.Snapshot, _ rule.Finding) ([]quickfix.Fix, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		}}
	})
	c.open(page, 1, "bug\n")
	c.published(page, 1)
	c.refused("textDocument/codeAction", asked(page, at(0, 0, 0, 0)), -32803)
}

// More requests at once than are worked on, none of them read until the last was sent.
func TestManyRequestsAtOnce(t *testing.T) {
	c := connectDeaf(t, marked)
	c.raw(`{"jsonrpc":"2.0","id":"init","method":"initialize","params":{"capabilities":{}}}`)
	c.open(page, 1, "bug\n")
	ids := make([]string, 2000)
	for n := range ids {
		ids[n] = c.request("textDocument/codeAction", asked(page, at(0, 0, 0, 0)))
	}
	close(c.gate)
	c.response(`"init"`)
	c.published(page, 1)
	for _, id := range ids {
		if m := c.response(id); m.Error != nil {
			t.Fatalf("request %s: %+v", id, *m.Error)
		}
	}
	c.close()
}
