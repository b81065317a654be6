package lsp

import (
	"context"
	"log/slog"
	"sync"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// maxNotes is how many messages to the user may wait; older ones are dropped.
const maxNotes = 50

// outbox holds what the server says unasked. Nobody who puts something in waits
// for the client, and it holds no more than one list of diagnostics per document.
type outbox struct {
	mu      sync.Mutex
	publish map[string]*publication // by URI
	order   []string                // the keys of publish, the oldest first
	notes   []note
	closed  bool
	silent  bool          // the client asks for the diagnostics of documents; set once, by initialize
	wake    chan struct{} // has room for one
}

// note is a message to the user.
type note struct {
	protocol.LogMessageParams
	shown bool // before the user's eyes, and not only in the log
}

type publication struct {
	version     *int32
	diagnostics []protocol.Diagnostic
}

// post puts in the diagnostics of a view, in place of those that still wait. It
// puts in nothing, and returns false, if the document has changed since.
func (o *outbox) post(v *view, list []protocol.Diagnostic) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	// Under the lock, so that nothing stale comes after what changed the document.
	if !v.current() {
		return false
	}
	if !o.silent {
		o.put(v.uri, &publication{version: v.version, diagnostics: list})
	}
	return true
}

// clear puts in an empty list for a document, or cell of a notebook, that was closed.
// The document's generation must be another one already.
func (o *outbox) clear(uri string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.silent {
		o.put(uri, &publication{})
	}
}

// announce puts in the diagnostics of a configuration file, whether it is open or not.
func (o *outbox) announce(u string, list []protocol.Diagnostic) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.put(u, &publication{diagnostics: list})
}

func (o *outbox) put(u string, p *publication) {
	if o.closed {
		return
	}
	if o.publish[u] == nil {
		o.order = append(o.order, u)
	}
	o.publish[u] = p
	o.signal()
}

// say puts in a message for the user's log.
func (o *outbox) say(kind protocol.MessageType, text string) {
	o.note(note{protocol.LogMessageParams{Type: kind, Message: text}, false})
}

// show puts in a message that the user is to see at once.
func (o *outbox) show(kind protocol.MessageType, text string) {
	o.note(note{protocol.LogMessageParams{Type: kind, Message: text}, true})
}

func (o *outbox) note(n note) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed {
		return
	}
	if len(o.notes) == maxNotes {
		o.notes = o.notes[1:]
	}
	o.notes = append(o.notes, n)
	o.signal()
}

// close drops what waits and what comes: the client wants no more.
func (o *outbox) close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.closed = true
	o.publish, o.order, o.notes = nil, nil, nil
}

func (o *outbox) signal() {
	select {
	case o.wake <- struct{}{}:
	default:
	}
}

// next takes out what has waited longest, messages first; both are nil if there
// is nothing.
func (o *outbox) next() (*note, *protocol.PublishDiagnosticsParams) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.notes) > 0 {
		first := o.notes[0]
		o.notes = o.notes[1:]
		return &first, nil
	}
	if len(o.order) == 0 {
		return nil, nil
	}
	u := o.order[0]
	o.order = o.order[1:]
	p := o.publish[u]
	delete(o.publish, u)
	params := &protocol.PublishDiagnosticsParams{URI: uri.URI(u), Diagnostics: p.diagnostics}
	if p.version != nil {
		params.Version = protocol.NewOptional(*p.version)
	}
	return nil, params
}

// deliver sends what is put in, one thing at a time and only to a client that has
// read all before it, so that lists which are out of date are replaced here and
// do not pile up on the way.
func (o *outbox) deliver(ctx context.Context, stream *stream, client protocol.Client, log *slog.Logger) {
	for {
		select {
		case <-o.wake:
		case <-ctx.Done():
			return
		}
		for stream.idle(ctx) == nil {
			note, publish := o.next()
			if note == nil && publish == nil {
				break
			}
			if err := send(ctx, client, note, publish); err != nil {
				log.Warn("a notification cannot be sent", "error", err)
			}
		}
	}
}

func send(ctx context.Context, client protocol.Client, n *note, publish *protocol.PublishDiagnosticsParams) error {
	switch {
	case n == nil:
		return client.PublishDiagnostics(ctx, publish)
	case n.shown:
		return client.ShowMessage(ctx, &protocol.ShowMessageParams{Type: n.Type, Message: n.Message})
	}
	return client.LogMessage(ctx, &n.LogMessageParams)
}
