package analysis

import (
	"cmp"
	"maps"
	"slices"
	"sync"

	"sessionlint/analysis/session"
)

// Grounds is what findings rest on beside the text that they are about: as long
// as it is the same, so are they, and so is every fix that was tried.
type Grounds struct {
	Files   []string // the paths of the files that were looked into, sorted; some cannot be read
	Modules []Module // what was imported, sorted
}

// Module is where a workspace has a module.
type Module struct {
	From  string // path of a file that imports it; the other files of its folder get the same
	Name  string // as that file names it: "shop.db", or "..db"
	Path  string // of its file; "" for a package without one
	Found bool
}

// Grounds returns what the snapshot rests on, and those that [Snapshot.Check]
// made of it. It is empty for the snapshots of a document.
func (s *Snapshot) Grounds() Grounds {
	if s.trail == nil {
		return Grounds{}
	}
	s.trail.mu.Lock()
	defer s.trail.mu.Unlock()
	g := Grounds{Files: slices.Sorted(maps.Keys(s.trail.grounds.Files))}
	for q, found := range s.trail.grounds.Modules {
		g.Modules = append(g.Modules, Module{q.From, q.Module, found.Path, found.OK})
	}
	slices.SortFunc(g.Modules, func(a, b Module) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.Name, b.Name)) })
	return g
}

// Module returns where the workspace has a module.
func (w *Workspace) Module(from, name string) Module {
	path, ok := w.Locate(from, name)
	return Module{from, name, path, ok}
}

// trail gathers what a text and its edited versions rest on.
type trail struct {
	mu      sync.Mutex
	grounds session.Grounds
}

// follow adds what results rest on. It does nothing if t is nil.
func (t *trail) follow(r *results, v *session.View) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, u := range r.units {
		t.grounds.Trace(v, u.rests)
	}
}
