package lsp

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"sessionlint/analysis"
	"sessionlint/analysis/python"
)

// An engine that panics while it edits or closes a document loses nothing: the
// text is known, and a new document of the engine is made of it.
func TestBufferOutlivesPanics(t *testing.T) {
	var log strings.Builder
	b := buffer{engine: analysis.NewEngine(), log: slog.New(slog.NewTextHandler(&log, nil))}
	b.load("a\nb\n")
	defer b.close()
	b.doc = &analysis.Document{} // has no parser, so that everything panics
	if err := b.edit(python.Edit{Start: 2, End: 3, New: "cd"}); err != nil {
		t.Fatal(err)
	}
	if b.text != "a\ncd\n" || b.snapshot().File.Text != b.text || b.lines.Count() != 3 {
		t.Errorf("text %q, lines %d", b.text, b.lines.Count())
	}
	for _, while := range []string{"editing", "closing"} {
		if !strings.Contains(log.String(), "while="+while) {
			t.Errorf("not logged: the panic while %s", while)
		}
	}
}

func TestBufferRefusesEditsThatDoNotFit(t *testing.T) {
	b := buffer{engine: analysis.NewEngine(), log: slog.New(slog.DiscardHandler)}
	b.load("abc")
	defer b.close()
	for _, e := range []python.Edit{{Start: -1}, {Start: 2, End: 1}, {Start: 0, End: 4}} {
		if err := b.edit(e); err == nil || b.text != "abc" {
			t.Errorf("%+v: error %v, text %q", e, err, b.text)
		}
	}
}

// brokenWriter fails, as a pipe that nobody reads any more.
type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

// A client that is gone for writing does not hang the server.
func TestWritingFails(t *testing.T) {
	in, client := io.Pipe()
	defer func() { _ = client.Close() }()
	type ending struct {
		code int
		err  error
	}
	done := make(chan ending)
	go func() {
		code, err := Serve(t.Context(), in, brokenWriter{}, Options{Engine: analysis.NewEngine()})
		done <- ending{code, err}
	}()
	body := `{"jsonrpc":"2.0","id":1,"method":"no/suchRequest"}`
	if _, err := fmt.Fprintf(client, "Content-Length: %d\r\n\r\n%s", len(body), body); err != nil {
		t.Fatal(err)
	}
	if e := <-done; e.code != 1 || e.err == nil || !strings.Contains(e.err.Error(), "broken pipe") {
		t.Errorf("%+v", e)
	}
}

// A client that never reads does not keep the server from ending.
func TestEndWithUnreadMessages(t *testing.T) {
	in, client := io.Pipe()
	unread, out := io.Pipe()
	defer func() { _ = unread.Close() }()
	done := make(chan int)
	go func() {
		code, _ := Serve(t.Context(), in, out, Options{Engine: analysis.NewEngine()})
		done <- code
	}()
	for _, body := range []string{
		`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}`,
		`{"jsonrpc":"2.0","id":2,"method":"shutdown"}`, `{"jsonrpc":"2.0","method":"exit"}`,
	} {
		if _, err := fmt.Fprintf(client, "Content-Length: %d\r\n\r\n%s", len(body), body); err != nil {
			t.Fatal(err)
		}
	}
	if code := <-done; code != 0 {
		t.Errorf("exit code %d", code)
	}
}

// Notes for the user do not pile up for a client that does not read them.
func TestOutboxIsBounded(t *testing.T) {
	o := outbox{publish: map[string]*publication{}, wake: make(chan struct{}, 1)}
	for n := range 3 * maxNotes {
		o.say(protocol.MessageTypeInfo, fmt.Sprint(n))
	}
	d := &document{uri: "file:///x.py"}
	for version := range int32(100) {
		o.post(&view{doc: d, version: &version}, nil)
	}
	o.post(&view{doc: d, generation: 7}, []protocol.Diagnostic{{}}) // stale
	for n := 2 * maxNotes; n < 3*maxNotes; n++ {
		if note, _ := o.next(); note == nil || note.Message != fmt.Sprint(n) {
			t.Fatalf("note %d: %+v", n, note)
		}
	}
	_, p := o.next()
	if version, ok := p.Version.Get(); !ok || version != 99 || len(p.Diagnostics) != 0 {
		t.Errorf("published: %+v", p)
	}
	if note, p := o.next(); note != nil || p != nil {
		t.Errorf("more: %+v, %+v", note, p)
	}
}

// Write returns before anything is read, and messages come whole and in order.
func TestStreamWrites(t *testing.T) {
	from, out := io.Pipe()
	s := newStream(strings.NewReader(""), out, slog.New(slog.DiscardHandler))
	const messages = 1000
	for n := range messages {
		if _, err := s.Write(t.Context(), jsonrpc2.NewNotification(fmt.Sprint("m", n), nil)); err != nil {
			t.Fatal(err)
		}
	}
	go s.writeOut()
	r := newStream(bufio.NewReader(from), io.Discard, slog.New(slog.DiscardHandler))
	for n := range messages {
		m, _, err := r.Read(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got := m.(*jsonrpc2.Notification).Method(); got != fmt.Sprint("m", n) {
			t.Fatalf("message %d is %s", n, got)
		}
	}
	if err := s.idle(t.Context()); err != nil {
		t.Error(err)
	}
	s.abandon()
	if _, err := s.Write(t.Context(), jsonrpc2.NewNotification("late", nil)); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("writing after the end: %v", err)
	}
}

func TestStreamIdleEndsWithItsContext(t *testing.T) {
	s := newStream(strings.NewReader(""), io.Discard, slog.New(slog.DiscardHandler))
	if _, err := s.Write(t.Context(), jsonrpc2.NewNotification("m", nil)); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.idle(ctx); !errors.Is(err, context.Canceled) { // nobody writes it out
		t.Errorf("idle: %v", err)
	}
}

func TestWireErrors(t *testing.T) {
	for _, test := range []struct {
		err  error
		code jsonrpc2.Code
	}{
		{context.Canceled, -32800},
		{fmt.Errorf("fixing: %w", context.Canceled), -32800},
		{context.DeadlineExceeded, -32803},
		{errors.New("x"), -32603},
		{fmt.Errorf("%w: x", jsonrpc2.ErrParse), -32602},
		{protocol.ErrContentModified, -32801},
		{fmt.Errorf("fixing: %w", protocol.ErrContentModified), -32801},
	} {
		var coded *jsonrpc2.Error
		if !errors.As(wireError(test.err), &coded) || coded.Code != test.code {
			t.Errorf("%v: %+v, want code %d", test.err, coded, test.code)
		}
	}
	if err := wireError(nil); err != nil {
		t.Errorf("no error: %v", err)
	}
}
