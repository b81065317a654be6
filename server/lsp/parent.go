package lsp

import (
	"context"
	"time"
)

// watchParent closes gone when the process that started the server has ended: it
// cannot say exit any more, and its end of the pipes may live on in a child.
func (s *server) watchParent(ctx context.Context, pid int, gone chan<- struct{}) {
	if !alive(pid) {
		// The client runs in another namespace, a container's or a remote one.
		s.log.Info("the client's process cannot be watched", "pid", pid)
		return
	}
	tick := time.NewTicker(s.opts.parentCheck)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if !alive(pid) {
				close(gone)
				return
			}
		}
	}
}
