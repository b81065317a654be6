package analysis

import (
	"context"
	"sync"

	"sessionlint/analysis/project"
	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
	"sessionlint/analysis/suppress"
)

// Snapshot is one version of one file. It is immutable and safe for concurrent use.
type Snapshot struct {
	Path   string
	File   *python.File
	engine *Engine
	memo   *memo
	names  func() *session.File // what its functions can know of each other
	trail  *trail               // nil where nobody wants to know
}

func (e *Engine) snapshot(path string, f *python.File, m *memo) *Snapshot {
	return &Snapshot{
		Path: path, File: f, engine: e, memo: m,
		names: sync.OnceValue(func() *session.File { return session.NewFile(path, f, project.NewModule(f)) }),
	}
}

// A memo keeps the results of the version that was analysed last, so that the
// next one takes over what the edit did not touch. The versions of a document
// share it.
type memo struct {
	mu    sync.Mutex
	last  *results
	alone *session.Answers // about a file that has no workspace
}

func newMemo() *memo { return &memo{alone: session.NewAnswers()} }

// results is what the engine found out about one version of a file.
type results struct {
	file  *python.File
	round uint64        // of the workspace
	units []*unitResult // by index in file.Units; a unit's result does not change
}

type unitResult struct {
	rests    session.Rests // beside the unit itself
	facts    []*session.Facts
	findings []rule.Finding // spans count from the start of the unit
	comments suppress.Unit
}

// Facts returns what the interpreter found out about the functions of a unit,
// by its index in File.Units.
func (s *Snapshot) Facts(ctx context.Context, unit int) ([]*session.Facts, error) {
	r, err := s.analyse(ctx)
	if err != nil {
		return nil, err
	}
	return r.units[unit].facts, nil
}

// analyse returns the results of this version, interpreting what the last
// analysed version does not have.
func (s *Snapshot) analyse(ctx context.Context) (*results, error) {
	s.memo.mu.Lock()
	defer s.memo.mu.Unlock()
	old, round := s.memo.last, s.engine.round()
	if old != nil && old.file == s.File && old.round == round {
		return old, nil
	}
	r := &results{file: s.File, round: round, units: make([]*unitResult, len(s.File.Units))}
	view := s.engine.view(s.names(), s.memo.alone)
	if old != nil {
		takeOver(r, old, view)
	}
	for n, p := range s.File.Units {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if r.units[n] == nil {
			r.units[n] = s.engine.unit(p.Unit, s.File.Text[p.Start:p.End], s.names(), view)
		}
	}
	s.memo.last = r
	s.trail.follow(r, view)
	return r, nil
}

// unit interprets one unit and applies the rules to what comes of it.
func (e *Engine) unit(u *python.Unit, text string, names *session.File, view *session.View) *unitResult {
	r := &unitResult{}
	broken := false
	r.facts, r.rests, broken = view.Analyze(names, u)
	r.comments = suppress.Unit{Directives: suppress.Read(u, text), Unsure: u.Opaque || broken}
	for _, f := range r.facts {
		r.findings = append(r.findings, rule.Report(e.rules, f)...)
		r.comments.Unsure = r.comments.Unsure || f.Partial
	}
	return r
}

// facts returns the facts of all functions of the file.
func (r *results) facts() []*session.Facts {
	var out []*session.Facts
	for _, u := range r.units {
		out = append(out, u.facts...)
	}
	return out
}

// takeOver copies the results of the units that two versions share, as far as what
// they rest on is as it was.
func takeOver(r, old *results, view *session.View) {
	a, b := old.file.Units, r.file.Units
	take := func(to, from int) {
		if u := old.units[from]; view.Hold(u.rests) {
			r.units[to] = u
		}
	}
	n := min(len(a), len(b))
	head := 0
	for head < n && a[head].Unit == b[head].Unit {
		take(head, head)
		head++
	}
	tail := 0
	for tail < n-head && a[len(a)-1-tail].Unit == b[len(b)-1-tail].Unit {
		take(len(b)-1-tail, len(a)-1-tail)
		tail++
	}
}
