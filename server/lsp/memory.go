package lsp

import (
	"context"
	"fmt"
	"runtime"
	"runtime/metrics"
	"time"

	"go.lsp.dev/protocol"
)

// liveMetric is what the collector has found in use when it last ran.
const liveMetric = "/gc/heap/live:bytes"

// confine keeps the memory of the process under the user's limit, as far as it can:
// the collector works harder near it, and what can be made again is forgotten there.
// It returns when the server ends.
func (s *server) confine(ctx context.Context) {
	limit := int64(s.settings.initial.MemoryLimit * (1 << 20))
	if limit == 0 || s.opts.LimitMemory == nil {
		return
	}
	s.opts.LimitMemory(limit)
	runtime.GC() // so that it is known what is in use
	tick := time.NewTicker(s.opts.settle)
	defer tick.Stop()
	told := false
	for {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
		if inUse() <= limit*9/10 {
			continue
		}
		s.around.workspace.Forget()
		s.elsewhere.forgetAll()
		runtime.GC()
		if now := inUse(); now > limit*9/10 && !told {
			told = true
			s.log.Warn("the memory limit is not kept", "limit", limit, "in use", now)
			s.out.say(protocol.MessageTypeWarning, fmt.Sprintf("sessionlint needs more memory than `%s.memoryLimit` allows, and becomes slow: raise it, or exclude files", section))
		}
	}
}

// inUse returns how many bytes are in use.
func inUse() int64 {
	sample := []metrics.Sample{{Name: liveMetric}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64())
}
