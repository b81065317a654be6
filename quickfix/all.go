package quickfix

import (
	"context"

	"sessionlint/analysis"
	"sessionlint/analysis/rule"
	"sessionlint/quickfix/edit"
)

// maxRounds bounds how often a file is fixed and analysed again. A round mends
// at least one finding, so files with fewer findings end by themselves.
const maxRounds = 100

// All applies fixes to a whole file until none is left, at most a bounded
// number of rounds: safe ones, and unsafe ones too if unsafe is true. Each fix
// is computed for the text that the fixes before it made. It returns the new
// text and how many fixes were applied.
func All(ctx context.Context, s *analysis.Snapshot, unsafe bool) (text string, applied int, err error) {
	for range maxRounds {
		fix, err := next(ctx, s, unsafe)
		if err != nil {
			return "", 0, err
		}
		if fix == nil {
			break
		}
		s = s.Check(edit.Apply(s.File.Text, fix.Edits))
		applied++
	}
	return s.File.Text, applied, nil
}

// next returns the first fix that may be applied, or nil.
func next(ctx context.Context, s *analysis.Snapshot, unsafe bool) (*Fix, error) {
	findings, err := s.Findings(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range findings {
		fix, err := best(ctx, s, f, unsafe)
		if fix != nil || err != nil {
			return fix, err
		}
	}
	return nil, nil
}

func best(ctx context.Context, s *analysis.Snapshot, f rule.Finding, unsafe bool) (*Fix, error) {
	fixes, err := For(ctx, s, f)
	if err != nil {
		return nil, err
	}
	for _, x := range fixes {
		if x.Safe || unsafe {
			return &x, nil
		}
	}
	return nil, nil
}
