// Package lsp is the language server: it shows an editor, over the Language
// Server Protocol, what package analysis finds and how package quickfix mends it.
//
// A keystroke's way: the stream frames a message, the dispatcher hands it over in
// wire order on the connection's read loop, and the documents, which that loop
// alone touches, apply it. What takes time runs on a bounded number of
// goroutines, on a view of the document as it was when the message came in. Its
// result is dropped if the document has moved on, and goes out through the
// outbox, so that a client that does not read delays nothing but itself.
//
// Inside, a place in a text is a byte offset; the mapper alone turns it into the
// lines and characters of the encoding that was agreed on.
package lsp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"sessionlint/analysis"
	"sessionlint/analysis/rule"
	"sessionlint/quickfix"
)

// Options is what a server is made of.
type Options struct {
	Engine  *analysis.Engine // finds the defects; required
	Rules   []*rule.Rule     // that configuration files choose from; nil if none is read
	Fixer   Fixer            // mends them; nil for package quickfix
	Log     *slog.Logger     // nil for none
	Version string           // of the program, shown to the client
	Record  io.Writer        // takes the conversation, as lines of JSON: see [Recorded]; nil for none
	Pages   string           // the folder that the rules' pages are written into, for editors to open; "" for none

	// LimitMemory has the collector keep the process below so many bytes, if the
	// user wants that: see [debug.SetMemoryLimit]. Nil if there are others in the process.
	LimitMemory func(int64)

	findings    findings      // nil for Snapshot.Findings
	forgets     bool          // they are a test's own, and none is kept while it is typed in
	parentCheck time.Duration // how often to look for the parent process; 0 for the usual
	patience    time.Duration // how long one request may take; 0 for the usual
	settle      time.Duration // how long changes have to rest before other documents are looked at; 0 for the usual
}

// Fixer makes the edits that mend findings. It is called by many goroutines.
type Fixer interface {
	// For returns the fixes of one finding, as [quickfix.For] does.
	For(context.Context, *analysis.Snapshot, rule.Finding) ([]quickfix.Fix, error)
	// Suppressions returns the comments that let a finding be, as
	// [quickfix.Suppressions] does.
	Suppressions(context.Context, *analysis.Snapshot, rule.Finding) ([]quickfix.Fix, error)
	// All fixes a whole file, as [quickfix.All] does.
	All(ctx context.Context, s *analysis.Snapshot, unsafe bool) (text string, applied int, err error)
}

// findings returns the findings of a snapshot.
type findings func(*analysis.Snapshot, context.Context) ([]rule.Finding, error)

// quickfixes is the Fixer of package quickfix.
type quickfixes struct{}

func (quickfixes) For(ctx context.Context, s *analysis.Snapshot, f rule.Finding) ([]quickfix.Fix, error) {
	return quickfix.For(ctx, s, f)
}

func (quickfixes) Suppressions(ctx context.Context, s *analysis.Snapshot, f rule.Finding) ([]quickfix.Fix, error) {
	return quickfix.Suppressions(ctx, s, f)
}

func (quickfixes) All(ctx context.Context, s *analysis.Snapshot, unsafe bool) (string, int, error) {
	return quickfix.All(ctx, s, unsafe)
}

const (
	usualParentCheck = 3 * time.Second
	usualPatience    = 30 * time.Second
	usualSettle      = 200 * time.Millisecond
	lastWords        = time.Second // for what is still to be written when the server ends
)

// server is one client's session.
type server struct {
	protocol.UnimplementedServer

	opts  Options
	log   *slog.Logger
	state atomic.Int32 // a lifecycle state
	peer  peer         // set once, by initialize
	calls calls
	work  slots
	queue queue
	out   outbox

	answers   answers      // to a client that asks for diagnostics
	asking    atomic.Int32 // whether it is being told to ask again: quiet, asking or askingTwice
	elsewhere elsewhere    // in files that are not open

	links    map[string]uri.URI // to the rules' pages, by code; set once, by initialize
	confined sync.Once          // the memory is watched
	alarmed  sync.Once          // the user was told of a panic
	visible  atomic.Pointer[visible]
	trace    atomic.Pointer[protocol.TraceValue]
	around   surroundings
	settings settings
	engine   *analysis.Engine // in the client's workspace, once initialize has come
	client   protocol.Client  // nil in tests

	// The read loop alone uses these.
	documents   map[string]*document // by canonical URI
	books       map[string]*book     // likewise
	cells       map[string]*cell     // likewise, of all notebooks
	generations uint64

	down    chan struct{} // closed by shutdown
	exited  chan struct{} // closed by exit
	parents chan int      // the id of the process that started the server
}

func newServer(opts Options) *server {
	if opts.Fixer == nil {
		opts.Fixer = quickfixes{}
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	opts.forgets = opts.findings != nil
	if opts.findings == nil {
		opts.findings = (*analysis.Snapshot).Findings
	}
	if opts.parentCheck == 0 {
		opts.parentCheck = usualParentCheck
	}
	if opts.patience == 0 {
		opts.patience = usualPatience
	}
	if opts.settle == 0 {
		opts.settle = usualSettle
	}
	return &server{
		opts:      opts,
		log:       opts.Log,
		calls:     calls{under: map[jsonrpc2.ID]*context.CancelFunc{}},
		work:      make(slots, max(2, runtime.GOMAXPROCS(0))),
		around:    surroundings{views: map[*document]*view{}, real: map[string]string{}},
		engine:    opts.Engine,
		queue:     queue{waiting: map[*document]*view{}, busy: map[*document]bool{}},
		out:       outbox{publish: map[string]*publication{}, wake: make(chan struct{}, 1)},
		documents: map[string]*document{},
		books:     map[string]*book{},
		cells:     map[string]*cell{},
		answers:   answers{about: map[*document]map[*cell]*answer{}},
		elsewhere: elsewhere{kept: map[string]kept{}, news: make(chan struct{})},
		down:      make(chan struct{}),
		exited:    make(chan struct{}),
		parents:   make(chan int, 1),
	}
}

// Serve speaks the Language Server Protocol with one client, and returns when the
// client says exit, closes in, takes nothing from out any more, sends what is no
// message at all, or dies, or when ctx ends. The exit code is 0 if the client said shutdown before, and 1
// otherwise. An error says why the connection broke; it was logged. Serve does
// not close in: a read that is under way goes on until in ends.
func Serve(ctx context.Context, in io.Reader, out io.Writer, opts Options) (exitCode int, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s := newServer(opts)
	stream := newStream(in, out, s.log)
	stream.record = newRecorder(opts.Record, s.log)
	defer stream.abandon()
	conn := jsonrpc2.NewConn(stream, jsonrpc2.WithCodec(codec{}))
	go stream.writeOut()
	s.client = protocol.ClientDispatcher(conn)
	go s.out.deliver(ctx, stream, s.client, s.log)
	conn.Go(ctx, s.handler(stream))

	err = s.untilEnd(ctx, stream)
	if err != nil {
		s.log.Error("the connection broke", "error", err)
	}
	stream.flush(lastWords)
	cancel()
	if stream.over() {
		s.closeDocuments()
	}
	if err == nil && s.state.Load() == stateDown {
		return 0, nil
	}
	return 1, err
}

// untilEnd waits for the end of the session. Nothing here waits for a request
// that is under way: one that hangs must not keep the process.
func (s *server) untilEnd(ctx context.Context, stream *stream) error {
	orphaned := make(chan struct{})
	for {
		select {
		case <-s.exited:
			<-stream.ended // the next read sees that it is over
			return nil
		case <-stream.ended:
			if errors.Is(stream.endErr, io.EOF) {
				return nil
			}
			return fmt.Errorf("reading from the client: %w", stream.endErr)
		case <-stream.failed:
			if s.state.Load() == stateDown {
				return nil // it does not wait for its last answers
			}
			return stream.idle(ctx)
		case pid := <-s.parents:
			go s.watchParent(ctx, pid, orphaned)
		case <-orphaned:
			s.log.Info("the client's process is gone")
			return nil
		case <-ctx.Done():
			return nil
		}
	}
}
