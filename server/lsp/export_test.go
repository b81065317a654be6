package lsp

import (
	"context"
	"time"

	"sessionlint/analysis"
	"sessionlint/analysis/rule"
)

// SetFindings puts a test's own findings in place of the engine's.
func (o *Options) SetFindings(f func(context.Context, *analysis.Snapshot) ([]rule.Finding, error)) {
	o.findings = func(s *analysis.Snapshot, ctx context.Context) ([]rule.Finding, error) { return f(ctx, s) }
}

// SetParentCheck says how often to look for the parent process.
func (o *Options) SetParentCheck(d time.Duration) { o.parentCheck = d }

// SetPatience says how long a request may take.
func (o *Options) SetPatience(d time.Duration) { o.patience = d }

// SetSettle says how long changes have to rest before other documents are looked at.
func (o *Options) SetSettle(d time.Duration) { o.settle = d }

// MaxText is the size of the largest file that is not left alone, in bytes.
const MaxText = maxText
