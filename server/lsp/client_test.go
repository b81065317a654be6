package lsp_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"sessionlint/analysis"
	"sessionlint/analysis/rule/all"
	"sessionlint/server/lsp"
)

// patience is how long a test waits for a message that has to come.
const patience = 20 * time.Second

// object is a JSON object that a test writes.
type object = map[string]any

// message is anything that the server sends.
type message struct {
	ID     json.RawMessage `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  *failure        `json:"error"`
}

type failure struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// failing is the part of *testing.T and *rapid.T that the client needs.
type failing interface {
	Helper()
	Fatalf(format string, args ...any)
}

// client is a strict one: each message from the server must be asked for by the
// test, in any order, or the test fails when the session ends.
type client struct {
	t      failing
	in     *io.PipeWriter
	coming chan message
	held   []message // came while the test waited for another one
	nextID int
	ended  chan ending
	gate   chan struct{} // the client reads nothing until it is closed
	logged *logbook
}

type ending struct {
	code int
	err  error
}

// logbook is what the server logged.
type logbook struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// connect starts a server and reads what it says.
func connect(t failing, change ...func(*lsp.Options)) *client {
	c := connectDeaf(t, change...)
	close(c.gate)
	return c
}

// connectDeaf starts a server and reads nothing until gate is closed.
func connectDeaf(t failing, change ...func(*lsp.Options)) *client {
	t.Helper()
	toServer, in := io.Pipe()
	fromServer, out := io.Pipe()
	c := &client{
		t: t, in: in, coming: make(chan message, 10_000),
		ended: make(chan ending, 1), gate: make(chan struct{}), logged: &logbook{},
	}
	opts := lsp.Options{
		Engine:  analysis.NewEngine(all.Default()...),
		Log:     slog.New(slog.NewTextHandler(c.logged, nil)),
		Version: "1.2.3",
	}
	for _, f := range change {
		f(&opts)
	}
	go func() {
		code, err := lsp.Serve(context.Background(), toServer, out, opts)
		c.ended <- ending{code, err}
		_ = out.Close()      // the reader below ends
		_ = toServer.Close() // and so do writers
	}()
	go c.read(bufio.NewReader(fromServer))
	return c
}

// read takes the server's messages as they come; the channel is closed at the end,
// after a message with an error if one was badly framed.
func (c *client) read(from *bufio.Reader) {
	<-c.gate
	defer close(c.coming)
	for {
		var m message
		body, err := readFrame(from)
		if err == io.EOF {
			return
		}
		if err == nil {
			err = json.Unmarshal(body, &m)
		}
		if err != nil {
			m = message{Method: "bad message: " + err.Error()}
		}
		c.coming <- m
		if err != nil {
			return
		}
	}
}

func readFrame(from *bufio.Reader) ([]byte, error) {
	line, err := from.ReadString('\n')
	if err != nil {
		return nil, err
	}
	length, ok := strings.CutPrefix(line, "Content-Length: ")
	if !ok {
		return nil, fmt.Errorf("header %q", line)
	}
	n, err := strconv.Atoi(strings.TrimSpace(length))
	if err != nil {
		return nil, err
	}
	body := make([]byte, n+2) // the empty line first
	if _, err := io.ReadFull(from, body); err != nil {
		return nil, err
	}
	return body[2:], nil
}

// write sends bytes as they are.
func (c *client) write(raw string) {
	c.t.Helper()
	if _, err := io.WriteString(c.in, raw); err != nil {
		c.t.Fatalf("writing to the server: %v", err)
	}
}

func frame(body string) string { return fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body) }

// raw sends a body as it is.
func (c *client) raw(body string) {
	c.t.Helper()
	c.write(frame(body))
}

func (c *client) marshal(v any) string {
	c.t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		c.t.Fatalf("marshalling: %v", err)
	}
	return string(b)
}

func (c *client) notify(method string, params any) {
	c.t.Helper()
	c.raw(c.marshal(object{"jsonrpc": "2.0", "method": method, "params": params}))
}

// request sends a request and returns its id.
func (c *client) request(method string, params any) string {
	c.t.Helper()
	c.nextID++
	c.raw(c.marshal(object{"jsonrpc": "2.0", "id": c.nextID, "method": method, "params": params}))
	return strconv.Itoa(c.nextID)
}

// await returns the first message that is meant.
func (c *client) await(what string, meant func(message) bool) message {
	c.t.Helper()
	for n, m := range c.held {
		if meant(m) {
			c.held = append(c.held[:n:n], c.held[n+1:]...)
			return m
		}
	}
	timeout := time.After(patience)
	for {
		select {
		case m, ok := <-c.coming:
			if !ok {
				c.t.Fatalf("the server ended before %s; it logged:\n%s", what, c.logged)
			}
			if meant(m) {
				return m
			}
			c.held = append(c.held, m)
		case <-timeout:
			c.t.Fatalf("%s does not come; %d other messages did: %+v; the server logged:\n%s", what, len(c.held), c.held, c.logged)
		}
	}
}

// response returns the answer to a request by its id, as JSON.
func (c *client) response(id string) message {
	c.t.Helper()
	return c.await("the answer to "+id, func(m message) bool { return m.Method == "" && string(m.ID) == id })
}

// call sends a request and decodes its result.
func (c *client) call(method string, params, result any) {
	c.t.Helper()
	m := c.response(c.request(method, params))
	if m.Error != nil {
		c.t.Fatalf("%s: error %+v", method, *m.Error)
	}
	if err := json.Unmarshal(m.Result, result); err != nil {
		c.t.Fatalf("%s: %v in %s", method, err, m.Result)
	}
}

// refused sends a request and wants an error of that code.
func (c *client) refused(method string, params any, code int) {
	c.t.Helper()
	wantError(c.t, c.response(c.request(method, params)), code)
}

func wantError(t failing, m message, code int) {
	t.Helper()
	if m.Error == nil {
		t.Fatalf("a result %s, want error %d", m.Result, code)
	}
	if m.Error.Code != code {
		t.Fatalf("error %+v, want %d", *m.Error, code)
	}
}

// alive fails unless the server still answers.
func (c *client) alive() {
	c.t.Helper()
	c.refused("no/suchRequest", object{}, -32601)
}

// initialize shakes hands and returns the server's capabilities.
func (c *client) initialize(capabilities object) object {
	c.t.Helper()
	var result struct {
		Capabilities object `json:"capabilities"`
	}
	c.call("initialize", object{"processId": nil, "rootUri": nil, "capabilities": capabilities}, &result)
	c.notify("initialized", object{})
	return result.Capabilities
}

// close ends the session, and fails unless it ends well and nothing was left unread.
func (c *client) close() {
	c.t.Helper()
	if m := c.response(c.request("shutdown", nil)); string(m.Result) != "null" {
		c.t.Fatalf("shutdown: %+v", m)
	}
	c.raw(`{"jsonrpc":"2.0","method":"exit"}`)
	c.wantEnd(0)
}

// wantEnd waits for the end of the server; nothing may have been left unread.
func (c *client) wantEnd(code int) ending {
	c.t.Helper()
	var e ending
	select {
	case e = <-c.ended:
	case <-time.After(patience):
		c.t.Fatalf("the server does not end; it logged:\n%s", c.logged)
	}
	if e.code != code {
		c.t.Fatalf("exit code %d (%v), want %d; the server logged:\n%s", e.code, e.err, code, c.logged)
	}
	for m := range c.coming {
		c.held = append(c.held, m)
	}
	if len(c.held) > 0 {
		c.t.Fatalf("messages that nobody asked for: %s", c.marshal(c.held))
	}
	return e
}

// start connects and shakes hands; the session is closed when the test ends.
func start(t *testing.T, capabilities object, change ...func(*lsp.Options)) *client {
	t.Helper()
	c := connect(t, change...)
	c.initialize(capabilities)
	t.Cleanup(func() {
		if !t.Failed() {
			c.close()
		}
	})
	return c
}
