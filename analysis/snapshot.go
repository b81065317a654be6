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
}

// A memo keeps the results of the version that was analysed last, so that the
// next one takes over what the edit did not touch. The versions of a document
// share it.
type memo struct {
	mu   sync.Mutex
	last *results
}

// results is what the engine found out about one version of a file.
type results struct {
	file   *python.File
	module *project.Module
	names  *session.File
	units  []*unitResult // by index in file.Units; a unit's result does not change
}

type unitResult struct {
	rests    map[string]*python.Unit // the functions of the file that it rests on, nil for one that is not there
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
	old := s.memo.last
	if old != nil && old.file == s.File {
		return old, nil
	}
	r := &results{file: s.File, units: make([]*unitResult, len(s.File.Units))}
	if old != nil && sameTop(old.file, s.File) && old.module.Traits() == project.TraitsOf(s.File.Text) {
		r.module = old.module
		r.names = session.NewFile(s.File, r.module)
		takeOver(r, old)
	} else {
		r.module = project.NewModule(s.File)
		r.names = session.NewFile(s.File, r.module)
	}
	for n, p := range s.File.Units {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if r.units[n] == nil {
			r.units[n] = s.engine.unit(p.Unit, s.File.Text[p.Start:p.End], r.names)
		}
	}
	s.memo.last = r
	return r, nil
}

// unit interprets one unit and applies the rules to what comes of it.
func (e *Engine) unit(u *python.Unit, text string, names *session.File) *unitResult {
	r := &unitResult{}
	r.facts, r.rests = names.Analyze(u)
	r.comments = suppress.Unit{Directives: suppress.Read(u, text), Unsure: u.Opaque || len(u.Errors) > 0}
	for _, o := range r.rests { // a helper that is being typed makes its callers unsure too
		r.comments.Unsure = r.comments.Unsure || o != nil && len(o.Errors) > 0
	}
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

// takeOver copies the results of the units that two versions share.
func takeOver(r, old *results) {
	a, b := old.file.Units, r.file.Units
	n := min(len(a), len(b))
	head := 0
	for head < n && a[head].Unit == b[head].Unit {
		r.units[head] = r.valid(old.units[head])
		head++
	}
	tail := 0
	for tail < n-head && a[len(a)-1-tail].Unit == b[len(b)-1-tail].Unit {
		r.units[len(b)-1-tail] = r.valid(old.units[len(a)-1-tail])
		tail++
	}
}

// valid returns a unit's result if it still holds: the functions that it rests
// on are the same.
func (r *results) valid(u *unitResult) *unitResult {
	for name, unit := range u.rests {
		if r.names.Current(name) != unit {
			return nil
		}
	}
	return u
}

// sameTop reports whether two versions bind the same things at the top of the
// module: all that is not within a function or a method.
func sameTop(a, b *python.File) bool {
	i, j := 0, 0
	for {
		for i < len(a.Units) && !top(a.Units[i].Unit) {
			i++
		}
		for j < len(b.Units) && !top(b.Units[j].Unit) {
			j++
		}
		if i == len(a.Units) || j == len(b.Units) {
			return i == len(a.Units) && j == len(b.Units)
		}
		if u, v := a.Units[i].Unit, b.Units[j].Unit; u != v && !sameDef(u, v) {
			return false
		}
		i++
		j++
	}
}

// top reports whether a unit can bind a name at the top of the module.
func top(u *python.Unit) bool { return u.Path == "" }

// sameDef reports whether two versions of a function have the same name.
func sameDef(u, v *python.Unit) bool {
	f, g := u.Function(), v.Function()
	return f != nil && g != nil && f.Name.ID == g.Name.ID
}
