package cli

import (
	"context"

	"sessionlint/analysis"
	"sessionlint/analysis/rule"
	"sessionlint/quickfix"
)

// Checker analyses texts. It must be safe for concurrent use.
type Checker interface {
	// Check analyses the text of the file at path, which need not exist. The
	// text is UTF-8 without a byte order mark.
	Check(path, text string) Checked
	// Module returns where the workspace has a module.
	Module(from, name string) analysis.Module
	// Changed tells that a file of the workspace holds something else now.
	Changed(path string)
}

// Checked is an analysed text. Its methods return early, with an error, if ctx
// ends.
type Checked interface {
	// Findings returns what was found, in source order.
	Findings(ctx context.Context) ([]rule.Finding, error)
	// Suppressed returns what was found and a comment suppresses.
	Suppressed(ctx context.Context) ([]rule.Finding, error)
	// Fixes returns the fixes of one finding, the best one first.
	Fixes(ctx context.Context, f rule.Finding) ([]quickfix.Fix, error)
	// FixAll applies the safe fixes, and the unsafe ones too if unsafe is true.
	// It returns the new text and how many fixes were applied.
	FixAll(ctx context.Context, unsafe bool) (text string, applied int, err error)
	// Grounds returns what all of this came to rest on.
	Grounds() analysis.Grounds
}

// Workspace is what a checker needs to know of the files around those that it checks.
type Workspace struct {
	Tops   []string        // the folders of the projects
	Files  []string        // the Python files that are known to be in them
	Source analysis.Source // reads them
}

// NewChecker returns the checker that finds what the engine finds in a workspace,
// as a policy wants it.
func NewChecker(p analysis.Policy, w Workspace) Checker {
	files := analysis.NewWorkspace(w.Source, w.Tops)
	files.Know(w.Files)
	return engineChecker{analysis.NewEngine().In(files).Under(p), files}
}

type engineChecker struct {
	engine *analysis.Engine
	files  *analysis.Workspace
}

func (c engineChecker) Module(from, name string) analysis.Module { return c.files.Module(from, name) }

func (c engineChecker) Changed(path string) { c.files.Changed(path) }

func (c engineChecker) Check(path, text string) Checked {
	return engineChecked{c.engine.Check(path, text)}
}

type engineChecked struct{ *analysis.Snapshot }

func (c engineChecked) Fixes(ctx context.Context, f rule.Finding) ([]quickfix.Fix, error) {
	return quickfix.For(ctx, c.Snapshot, f)
}

func (c engineChecked) FixAll(ctx context.Context, unsafe bool) (string, int, error) {
	return quickfix.All(ctx, c.Snapshot, unsafe)
}
