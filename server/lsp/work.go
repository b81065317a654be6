package lsp

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// calls are the requests that are not answered yet, to be cancelled by their ids.
//
// It stands in for the library's CancelHandler, which derives contexts from the
// request's own: a goroutine of package context may look at that one after the
// request was answered on the read loop and recycled, and then the process panics.
type calls struct {
	mu    sync.Mutex
	under map[jsonrpc2.ID]*context.CancelFunc
	count int // of them; an id may be used twice
}

// requestKey is the key of the request's own context, which [jsonrpc2.Async] needs.
type requestKey struct{}

// maxCalls is how many requests may be under way at once. A client that asks and
// asks, and reads no answers, must not fill the memory.
const maxCalls = 1000

// begin returns the context of a request, and what must be called at its end. It is
// an error if too many are under way.
func (c *calls) begin(request context.Context, id jsonrpc2.ID) (context.Context, func(), error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.count == maxCalls {
		return nil, nil, jsonrpc2.Errorf(codeRequestFailed, "%d requests are not answered yet", maxCalls)
	}
	ctx, cancel := context.WithCancel(jsonrpc2.DetachContext(request))
	c.under[id] = &cancel
	c.count++
	return context.WithValue(ctx, requestKey{}, request), func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.under[id] == &cancel { // not if the client used the id twice
			delete(c.under, id)
		}
		c.count--
		cancel()
	}, nil
}

// cancel ends the context of a request, if it is under way.
func (c *calls) cancel(id jsonrpc2.ID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if cancel := c.under[id]; cancel != nil {
		(*cancel)()
	}
}

// slots bounds how many goroutines compute at once.
type slots chan struct{}

func (s slots) acquire(ctx context.Context) error {
	select {
	case s <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s slots) release() { <-s }

// detached runs work off the read loop and returns its result, or ctx's error as
// soon as ctx ends: a request is answered when it is cancelled, however long the
// work goes on. The handler of a request calls it at most once, after it has
// taken all that it needs from the documents.
func detached[T any](ctx context.Context, s *server, work func(context.Context) (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	if request, ok := ctx.Value(requestKey{}).(context.Context); ok {
		jsonrpc2.Async(request)
	}
	ctx, cancel := context.WithTimeout(ctx, s.opts.patience)
	defer cancel()
	if err := s.work.acquire(ctx); err != nil {
		return result{}.value, err
	}
	done := make(chan result, 1)
	go func() {
		defer s.work.release()
		var r result
		r.err = s.recovered("request", func() (err error) {
			r.value, err = work(ctx)
			return err
		})
		done <- r
	}()
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		return result{}.value, ctx.Err()
	}
}

// recovered makes an error of a panic in work, and logs its stack.
func (s *server) recovered(what string, work func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			s.log.Error("panic", "in", what, "panic", p, "stack", string(debug.Stack()))
			s.alarm()
			err = fmt.Errorf("%w: %v", errPanic, p)
		}
	}()
	return work()
}

// alarm tells the user, once, that a defect of the server has cost something.
func (s *server) alarm() {
	s.alarmed.Do(func() {
		s.out.show(protocol.MessageTypeError, "sessionlint has come upon a defect of its own, and cannot say all that it should about a file until the file is changed. The details are in its log; please report them.")
	})
}

// queue holds the documents that wait for their diagnostics, each in its newest
// version only. A document in busy has a goroutine that will take it.
type queue struct {
	mu      sync.Mutex
	waiting map[*document]*view
	busy    map[*document]bool
}

// put reports whether the caller has to start the document's goroutine.
func (q *queue) put(v *view) (start bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiting[v.doc] = v
	start = !q.busy[v.doc]
	q.busy[v.doc] = true
	return start
}

// take returns the document's newest version; after nil, its goroutine must end.
func (q *queue) take(d *document) *view {
	q.mu.Lock()
	defer q.mu.Unlock()
	v := q.waiting[d]
	delete(q.waiting, d)
	if v == nil {
		delete(q.busy, d)
	}
	return v
}
