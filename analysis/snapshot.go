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
	round uint64 // of the workspace
	plan  *rule.Plan
	hints string        // the key of what is said of what the file calls
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
	old, r := s.memo.last, &results{file: s.File, round: s.engine.round(), plan: s.engine.policy.Plan(s.Path), hints: s.engine.policy.Hints(s.Path).Key()}
	if old != nil && old.same(r) {
		return old, nil
	}
	r.units = make([]*unitResult, len(s.File.Units))
	view := s.engine.view(s.names(), s.memo.alone)
	if old != nil {
		takeOver(r, old, view)
	}
	for n, p := range s.File.Units {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if r.units[n] == nil {
			r.units[n] = interpret(p.Unit, s.File.Text[p.Start:p.End], s.names(), view, r.plan)
		}
	}
	s.memo.last = r
	s.trail.follow(r, view)
	return r, nil
}

// same reports whether results are about the same version, looked at in the same way.
func (r *results) same(o *results) bool {
	return r.file == o.file && r.round == o.round && r.hints == o.hints && r.plan.Key() == o.plan.Key()
}

// interpret interprets one unit and applies the rules to what comes of it.
func interpret(u *python.Unit, text string, names *session.File, view *session.View, plan *rule.Plan) *unitResult {
	r := &unitResult{}
	broken := false
	r.facts, r.rests, broken = view.Analyze(names, u)
	r.comments = suppress.Unit{Directives: suppress.Read(u, text), Unsure: u.Opaque || broken}
	for _, f := range r.facts {
		r.findings = append(r.findings, rule.Report(plan.Rules(), f)...)
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
	again := old.plan.Key() != r.plan.Key()
	take := func(to, from int) {
		u := old.units[from]
		if !view.Hold(u.rests) {
			return
		}
		if again { // other rules read the same facts
			u = &unitResult{rests: u.rests, facts: u.facts, comments: u.comments}
			for _, f := range u.facts {
				u.findings = append(u.findings, rule.Report(r.plan.Rules(), f)...)
			}
		}
		r.units[to] = u
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
