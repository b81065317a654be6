package lsp

import (
	"context"
	"encoding/json"

	"go.lsp.dev/jsonrpc2"
)

// visible is what one user wants to see beside findings. It comes from the editor
// and not from a configuration file, which all who work on a project share.
type visible struct {
	InlayHints struct {
		Ends       bool `json:"ends"`       // where a with block commits or closes a session
		Autobegins bool `json:"autobegins"` // where a transaction begins by itself
		Rollbacks  bool `json:"rollbacks"`  // where a session is closed with work that nothing committed
	} `json:"inlayHints"`
	CodeLens struct {
		Commits bool `json:"commits"` // above functions that commit several times
	} `json:"codeLens"`
}

// everything is what somebody sees who has not said anything.
func everything() *visible {
	v := &visible{}
	v.InlayHints.Ends, v.InlayHints.Autobegins, v.InlayHints.Rollbacks = true, true, true
	v.CodeLens.Commits = true
	return v
}

// show takes over what a client says of its settings; what it does not mention is
// shown. If that changes anything, the client is to ask again.
func (s *server) show(ctx context.Context, raw []byte) {
	v := everything()
	if len(raw) > 0 {
		if err := json.Unmarshal(raw, &v); err != nil {
			s.log.Warn("the settings of what is shown cannot be read", "error", err)
			v = everything()
		}
	}
	if v == nil { // null
		v = everything()
	}
	if old := s.visible.Swap(v); old != nil && *old != *v {
		s.showAnew(ctx)
	}
}

// showAnew has the client ask for hints and lenses again.
func (s *server) showAnew(ctx context.Context) {
	if s.client == nil {
		return
	}
	ctx = jsonrpc2.DetachContext(ctx)
	go func() {
		if s.peer.refreshesHints {
			s.ask(ctx, "ask for hints again", s.client.InlayHintRefresh)
		}
		if s.peer.refreshesLenses {
			s.ask(ctx, "ask for lenses again", s.client.CodeLensRefresh)
		}
	}()
}
