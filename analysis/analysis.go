// Package analysis is the engine's door: source text goes in, findings come
// out. It knows nothing of editors or of files on disk.
//
// A keystroke's way: [Document.Edit] lets package python re-read the units that
// the edit touches; [Snapshot.Findings] lets package session interpret the units
// that are new, against what package project knows of the module, and the rules
// read the facts. All other units keep the findings that they had.
package analysis

import (
	"context"

	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
	"sessionlint/analysis/suppress"
)

// Engine holds what is common to all files. It is safe for concurrent use.
type Engine struct {
	policy    Policy
	workspace *Workspace // nil if each file is on its own
	answers   *session.Answers
}

// NewEngine returns an engine that applies the given rules to files on their own.
func NewEngine(rules ...*rule.Rule) *Engine {
	return &Engine{policy: everywhere{rule.NewPlan(rules, nil)}}
}

// In returns an engine that does the same with the files of a workspace.
func (e *Engine) In(w *Workspace) *Engine {
	in := *e
	in.workspace, in.answers = w, session.NewAnswers()
	return &in
}

// view returns a look at the files around a file. alone is where answers are kept
// if there are none.
func (e *Engine) view(f *session.File, alone *session.Answers) *session.View {
	if e.workspace == nil {
		return session.NewView(nowhere{e.policy}, alone, f)
	}
	return session.NewView(world{e.workspace, e.policy}, e.answers, f)
}

// round is another number after each change of a file.
func (e *Engine) round() uint64 {
	if e.workspace == nil {
		return 1
	}
	return e.workspace.Round()
}

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
	d := &Document{engine: e, parser: p, snap: e.snapshot(path, p.Parse(text), newMemo())}
	d.tell()
	return d
}

// tell lets the workspace have the document's text.
func (d *Document) tell() {
	if d.engine.workspace != nil {
		d.engine.workspace.edited(d.snap)
	}
}

// Edit replaces a range of the text. It returns an error, and changes nothing,
// if the edit does not fit the text.
func (d *Document) Edit(edit python.Edit) error {
	if err := edit.Check(len(d.snap.File.Text)); err != nil {
		return err
	}
	d.snap = d.engine.snapshot(d.snap.Path, d.parser.Edit(d.snap.File, edit), d.snap.memo)
	d.tell()
	return nil
}

// Snapshot returns the document as it is now.
func (d *Document) Snapshot() *Snapshot { return d.snap }

// Close frees the document's parser. Snapshots stay valid.
func (d *Document) Close() {
	d.parser.Close()
	if d.engine.workspace != nil {
		d.engine.workspace.closed(d.snap.Path)
	}
}

// Check analyses a text once. Other files see the file as it is in the workspace.
// The snapshot knows what it came to rest on: see [Snapshot.Grounds].
func (e *Engine) Check(path, text string) *Snapshot { return e.check(path, text, &trail{}) }

func (e *Engine) check(path, text string, t *trail) *Snapshot {
	if e.workspace != nil {
		if x := e.workspace.Open(path); x != nil && x.Source().Text == text {
			return &Snapshot{Path: path, File: x.Source(), engine: e, memo: newMemo(), names: func() *session.File { return x }, trail: t}
		}
	}
	p := python.NewParser()
	defer p.Close()
	s := e.snapshot(path, p.Parse(text), newMemo())
	s.trail = t
	return s
}

// Findings returns the file's findings in source order, without those that a
// comment suppresses. The slice is the caller's. It returns early, with ctx's
// error, only if ctx ends.
func (s *Snapshot) Findings(ctx context.Context) ([]rule.Finding, error) {
	left, _, err := s.findings(ctx)
	return left, err
}

// Suppressed returns the findings that comments suppress, as Findings does the others.
func (s *Snapshot) Suppressed(ctx context.Context) ([]rule.Finding, error) {
	_, suppressed, err := s.findings(ctx)
	return suppressed, err
}

func (s *Snapshot) findings(ctx context.Context) (left, suppressed []rule.Finding, err error) {
	r, err := s.analyse(ctx)
	if err != nil {
		return nil, nil, err
	}
	var out []rule.Finding
	comments := make([]suppress.Unit, len(r.units))
	for n, u := range r.units {
		comments[n] = u.comments
		for _, f := range u.findings {
			if f.Provided == nil || f.Provided(r.facts()) {
				out = append(out, placed(f, n, s.File.Units[n]))
			}
		}
	}
	left, suppressed = suppress.New(r.plan.Rules()).Apply(s.File, comments, out)
	r.plan.Grade(left)
	r.plan.Grade(suppressed)
	rule.Sort(left)
	rule.Sort(suppressed)
	return left, suppressed, nil
}

// placed turns a finding whose spans count from the start of its unit into one
// of the file.
func placed(f rule.Finding, unit int, p python.Placed) rule.Finding {
	f.Unit = unit
	f.Span = p.Abs(f.Span)
	related := make([]rule.Related, len(f.Related))
	for n, r := range f.Related {
		related[n] = rule.Related{Span: p.Abs(r.Span), Message: r.Message}
	}
	f.Related = related
	return f
}

// Check analyses another text of the snapshot's file, such as the one that a
// fix would make.
func (s *Snapshot) Check(text string) *Snapshot { return s.engine.check(s.Path, text, s.trail) }

// Width returns how many characters a line of the file may have; 0 is any number.
func (s *Snapshot) Width() int { return s.engine.policy.Width(s.Path) }
