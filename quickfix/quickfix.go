// Package quickfix turns findings into text edits. A fix is offered only after
// it was tried: the edited text was parsed and analysed again, the finding is
// gone and nothing new came.
package quickfix

import (
	"context"

	"sessionlint/analysis"
	"sessionlint/analysis/rule"
)

// Fix is one way to mend a finding.
type Fix struct {
	Title     string // a verb phrase; of an unsafe fix it says what may change
	Safe      bool   // the program does the same, less the defect
	Preferred bool   // the better one where there are several
	Edits     []TextEdit
}

// TextEdit replaces the bytes from Start to End of the file by New. The edits of
// one fix are sorted and do not overlap.
type TextEdit struct {
	Start, End int
	New        string
}

// For returns the fixes of one finding of a snapshot, the best one first. It
// returns none where no fix keeps its promise.
func For(ctx context.Context, s *analysis.Snapshot, f rule.Finding) ([]Fix, error) {
	return nil, ctx.Err()
}

// All applies fixes to a whole file until none is left, at most a bounded
// number of rounds: safe ones, and unsafe ones too if unsafe is true. It
// returns the new text and how many fixes were applied.
func All(ctx context.Context, s *analysis.Snapshot, unsafe bool) (text string, applied int, err error) {
	return s.File.Text, 0, ctx.Err()
}
