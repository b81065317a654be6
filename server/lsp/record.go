package lsp

import (
	"encoding/json"
	"io"
	"log/slog"
	"sync"
	"time"
)

// Recorded is one message of a recorded conversation: a line of JSON.
type Recorded struct {
	From    string          `json:"from"`           // "client" or "server"
	After   int64           `json:"after"`          // milliseconds since the recording began
	Message json.RawMessage `json:"message"`        // null where the body is no JSON
	Text    string          `json:"text,omitempty"` // that body
}

// recorder writes a conversation down as it goes. A nil one does nothing.
type recorder struct {
	log   *slog.Logger
	start time.Time

	mu sync.Mutex
	to *json.Encoder // nil once it cannot be written
}

func newRecorder(to io.Writer, log *slog.Logger) *recorder {
	if to == nil {
		return nil
	}
	r := &recorder{log: log, start: time.Now(), to: json.NewEncoder(to)}
	r.to.SetEscapeHTML(false)
	return r
}

// note writes a message down. A recording that cannot be written costs nothing else.
func (r *recorder) note(from string, body []byte) {
	if r == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.to == nil {
		return
	}
	line := Recorded{From: from, After: time.Since(r.start).Milliseconds(), Message: body}
	if !json.Valid(body) {
		line.Message, line.Text = nil, string(body)
	}
	if err := r.to.Encode(line); err != nil {
		r.log.Error("the conversation is not recorded any more", "error", err)
		r.to = nil
	}
}
