package lsp

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"go.lsp.dev/jsonrpc2"
)

const (
	maxMessage   = 256 << 20 // bytes of one incoming message
	maxHeader    = 32        // lines before one
	maxUnwritten = 64 << 20  // bytes that may wait for a client that does not read
)

// stream frames messages. In place of the library's stream, it answers a body
// that is no message and goes on, takes no memory for bytes that did not come,
// and writes from a goroutine of its own, so that answers never hold up the read
// loop.
type stream struct {
	in      *bufio.Reader
	record  *recorder // nil for none
	log     *slog.Logger
	stopped atomic.Bool   // exit was said: what follows is not read
	ended   chan struct{} // closed when Read has failed, after all handlers of the read loop
	endErr  error         // why; set before ended is closed

	out       io.Writer
	mu        sync.Mutex
	changed   *sync.Cond
	unwritten [][]byte      // the first one may be in the middle of being written
	size      int           // bytes in unwritten
	writeErr  error         // set once, when writing ended
	failed    chan struct{} // closed when it ended because out does not take more
}

func newStream(in io.Reader, out io.Writer, log *slog.Logger) *stream {
	s := &stream{in: bufio.NewReader(in), log: log, out: out, ended: make(chan struct{}), failed: make(chan struct{})}
	s.changed = sync.NewCond(&s.mu)
	return s
}

// Read implements [jsonrpc2.Stream].
func (s *stream) Read(ctx context.Context) (jsonrpc2.Message, int64, error) {
	for {
		body, err := s.readBody(ctx)
		if err != nil {
			s.endErr = err
			close(s.ended)
			return nil, 0, err
		}
		s.record.note("client", body)
		msg, err := jsonrpc2.DecodeMessage(body)
		if err == nil {
			return msg, int64(len(body)), nil
		}
		s.log.Warn("a body is no message", "error", err, "bytes", len(body))
		if _, err := s.Write(ctx, jsonrpc2.NewResponse(jsonrpc2.ID{}, nil, err)); err != nil {
			s.log.Warn("it cannot be answered", "error", err)
		}
	}
}

func (s *stream) readBody(ctx context.Context) ([]byte, error) {
	if s.stopped.Load() || ctx.Err() != nil {
		return nil, io.EOF
	}
	n, err := s.readHeader()
	if err != nil {
		return nil, err
	}
	var body bytes.Buffer
	body.Grow(min(n, 1<<20))
	if _, err := io.CopyN(&body, s.in, int64(n)); err != nil {
		return nil, unexpected(err)
	}
	return body.Bytes(), nil
}

// readHeader returns the length of the body that follows.
func (s *stream) readHeader() (int, error) {
	length := -1
	for n := range maxHeader {
		line, err := s.in.ReadSlice('\n')
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			return 0, errors.New("a line of the header is too long")
		case errors.Is(err, io.EOF) && n == 0 && len(line) == 0:
			return 0, io.EOF
		case err != nil:
			return 0, unexpected(err)
		}
		text := strings.TrimRight(string(line), "\r\n")
		if text == "" && length < 0 {
			return 0, errors.New("the header has no Content-Length")
		}
		if text == "" {
			return length, nil
		}
		name, value, ok := strings.Cut(text, ":")
		if !ok {
			return 0, fmt.Errorf("%.40q is no line of a header", text)
		}
		if !strings.EqualFold(strings.TrimSpace(name), "Content-Length") {
			continue
		}
		length, err = strconv.Atoi(strings.TrimSpace(value))
		if err != nil || length < 0 || length > maxMessage {
			return 0, fmt.Errorf("a Content-Length of %.40q is not possible", value)
		}
	}
	return 0, errors.New("the header does not end")
}

// unexpected makes an end of input in the middle of a message an error.
func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// over reports whether Read has ended, and with it all use of the documents.
func (s *stream) over() bool {
	select {
	case <-s.ended:
		return true
	default:
		return false
	}
}

// Write implements [jsonrpc2.Stream]. It returns before the message is written,
// and blocks only if very much is waiting already.
func (s *stream) Write(_ context.Context, msg jsonrpc2.Message) (int64, error) {
	body, err := jsonrpc2.EncodeMessage(msg)
	if err != nil {
		return 0, err
	}
	frame := append([]byte("Content-Length: "+strconv.Itoa(len(body))+"\r\n\r\n"), body...)
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.size > maxUnwritten && s.writeErr == nil {
		s.changed.Wait()
	}
	if s.writeErr != nil {
		return 0, s.writeErr
	}
	s.record.note("server", body)
	s.unwritten = append(s.unwritten, frame)
	s.size += len(frame)
	s.changed.Broadcast()
	return int64(len(frame)), nil
}

// writeOut writes what Write was given, until it cannot or the server ends.
func (s *stream) writeOut() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		for len(s.unwritten) == 0 && s.writeErr == nil {
			s.changed.Wait()
		}
		if s.writeErr != nil {
			return
		}
		frame := s.unwritten[0]
		s.mu.Unlock()
		_, err := s.out.Write(frame)
		s.mu.Lock()
		s.unwritten[0] = nil
		s.unwritten = s.unwritten[1:]
		s.size -= len(frame)
		if err != nil && s.writeErr == nil {
			s.writeErr = fmt.Errorf("writing to the client: %w", err)
			close(s.failed)
		}
		s.changed.Broadcast()
	}
}

// idle waits until everything is written, or nothing more will be, or ctx ends.
func (s *stream) idle(ctx context.Context) error {
	stop := context.AfterFunc(ctx, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.changed.Broadcast()
	})
	defer stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.unwritten) > 0 && s.writeErr == nil && ctx.Err() == nil {
		s.changed.Wait()
	}
	if s.writeErr != nil {
		return s.writeErr
	}
	return ctx.Err()
}

// flush gives what is unwritten some time.
func (s *stream) flush(limit time.Duration) {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	if err := s.idle(ctx); err != nil {
		s.log.Warn("some messages did not reach the client", "error", err)
	}
}

// abandon ends the writing.
func (s *stream) abandon() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.writeErr == nil {
		s.writeErr = io.ErrClosedPipe
	}
	s.changed.Broadcast()
}

// Close implements [jsonrpc2.Stream]. The ends of the stream belong to the caller of Serve.
func (s *stream) Close() error { return nil }
