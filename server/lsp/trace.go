package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// setTrace heeds $/setTrace: how much the client wants to be told of what the
// server does with its messages.
func (s *server) setTrace(raw []byte) error {
	var p struct {
		Value protocol.TraceValue `json:"value"`
	}
	if err := json.Unmarshal(raw, &p); err != nil {
		return fmt.Errorf("read the trace setting: %w", err)
	}
	s.trace.Store(&p.Value)
	return nil
}

// traced tells the client, if it wants to know, that a message came, and at its
// end how long it took.
func (s *server) traced(ctx context.Context, req *jsonrpc2.Request, method string) (end func(error)) {
	level := s.trace.Load()
	if s.client == nil || level == nil || *level != protocol.TraceValueMessages && *level != protocol.TraceValueVerbose || s.state.Load() != stateUp || method == protocol.MethodSetTrace {
		return func(error) {}
	}
	what := "notification " + method
	if req.IsCall() {
		what = fmt.Sprintf("request %s (%v)", method, req.ID())
	}
	ctx, start := jsonrpc2.DetachContext(ctx), time.Now()
	tell := func(message, verbose string) {
		p := &protocol.LogTraceParams{Message: message}
		if *level == protocol.TraceValueVerbose && verbose != "" {
			p.Verbose = &verbose
		}
		if err := s.client.LogTrace(ctx, p); err != nil {
			s.log.Warn("the client is not told what goes on", "error", err)
		}
	}
	tell("received "+what, string(req.Params()))
	return func(err error) {
		if s.state.Load() != stateUp {
			return
		}
		outcome := ""
		if err != nil {
			outcome = err.Error()
		}
		tell(fmt.Sprintf("done with %s after %s", what, time.Since(start).Round(time.Microsecond)), outcome)
	}
}
