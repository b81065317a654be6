package session

import (
	"sync"

	"sessionlint/analysis/project"
	"sessionlint/analysis/python"
)

// A World is the files that an analysis can look into. Its methods may be called
// by many goroutines.
type World interface {
	// Locate returns the file of a module, as a file that imports it names it:
	// "shop.db", or "..db" with the dots of a relative import. The path is "" for
	// a package without a file of its own; ok is false if there is no such module.
	Locate(from, module string) (path string, ok bool)
	// Open returns a file as it is now, or nil if it cannot be read.
	Open(path string) *File
	// Round is another number after each change of a file.
	Round() uint64
	// Current reports whether a file is as the world has it.
	Current(*File) bool
	// Hints returns what is said of the functions that a file calls; nil is nothing.
	Hints(path string) *Hints
}

// A View is one look at the world: it sees each file in one version. It belongs
// to one goroutine.
type View struct {
	world   World
	answers *Answers
	round   uint64 // of the world; 0 if the view has a file of its own
	files   map[string]*File
	told    map[string]*Hints
	marks   map[question]uint64 // what was found to hold
	asking  map[question]bool   // what is being looked at
	imports map[question]bool   // that are being followed
	classes []string            // whose attributes are being worked out
	search  search
	steps   map[question]step // of functions that stand inside of others
	tries   map[question]int  // how often a question was answered anew
}

// NewView returns a look at the world in which a file is as given.
func NewView(w World, a *Answers, own *File) *View {
	v := &View{
		world: w, answers: a, files: map[string]*File{}, told: map[string]*Hints{}, marks: map[question]uint64{}, asking: map[question]bool{}, imports: map[question]bool{},
		search: search{index: map[question]int{}, tentative: map[question]int{}}, steps: map[question]step{}, tries: map[question]int{},
	}
	round := w.Round() // before the file: what comes later makes it another one
	if w.Current(own) {
		v.round = round
	}
	v.files[own.Path] = own
	return v
}

// A step is what a function does that stands inside of another one, and what
// that rests on.
type step struct {
	sum   *summary
	inner *analyzer
}

// file returns a file, nil if it cannot be read.
func (v *View) file(path string) *File {
	f, ok := v.files[path]
	if !ok {
		f = v.world.Open(path)
		v.files[path] = f
	}
	return f
}

// hints returns what is said of the functions that a file calls.
func (v *View) hints(path string) *Hints {
	h, ok := v.told[path]
	if !ok {
		h = v.world.Hints(path)
		v.told[path] = h
	}
	return h
}

// Answers keeps what functions, classes and names were found to be, for all
// files and from one version to the next. It may be used by many goroutines.
type Answers struct {
	mu    sync.Mutex
	known map[question]*answer
}

// NewAnswers returns an empty store.
func NewAnswers() *Answers { return &Answers{known: map[question]*answer{}} }

// A question is what can be asked of a file.
type question struct {
	ask  asking
	file string
	name string
	with string // of a summary: the inputs; of a module: its name
}

type asking uint8

const (
	askBody     asking = iota // the text of a function, or of a run of statements of a class
	askHead                   // a function's parameters and decorators
	askTop                    // what the file's top level binds
	askText                   // the whole file
	askHints                  // what is said of the functions that the file calls
	askModule                 // where a module is
	askGlobal                 // what a name at the top stands for
	askImport                 // what an imported path stands for
	askSummary                // what a call does
	askConcern                // whether a function can matter to a session
	askDirect                 // whether it does by itself, and what it calls
	askClass                  // what the attributes of a class hold
	askReleased               // whether anything closes an attribute
	askSlow                   // what slow call a function makes
	askJob                    // whether a function runs apart
	askUser                   // which function uses a variable of the module
	askAround                 // which registries a function uses
)

// Rests is what a result rests on. It is immutable.
type Rests []rest

// A rest is a question, and the mark of its answer.
type rest struct {
	question
	mark uint64
}

// list returns what an analyzer came to ask, in no order.
func list(asked map[question]uint64) Rests {
	r := make(Rests, 0, len(asked))
	for q, m := range asked {
		r = append(r, rest{q, m})
	}
	return r
}

// An answer is immutable but for its round.
type answer struct {
	value any
	mark  uint64
	rests Rests
	again func(*View) // asks the question once more
	round uint64      // of the world in which it was last found to hold; guarded by Answers.mu
}

func (a *Answers) get(q question) (*answer, uint64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	e := a.known[q]
	if e == nil {
		return nil, 0
	}
	return e, e.round
}

func (a *Answers) put(q question, e *answer) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.known[q] = e
}

func (a *Answers) holds(e *answer, round uint64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	e.round = round
}

// known returns the answer to a question if there is one that holds in this
// view: all that it rests on is as it was.
func (v *View) known(q question) *answer {
	e, round := v.answers.get(q)
	if e == nil {
		return nil
	}
	if v.round != 0 && round == v.round {
		return e
	}
	if m, ok := v.marks[q]; ok {
		if m == e.mark {
			return e
		}
		return nil
	}
	if v.asking[q] {
		return nil // what it rests on comes back to it: only a new look can tell
	}
	v.asking[q] = true
	defer delete(v.asking, q)
	if !v.Hold(e.rests) {
		return nil
	}
	v.settle(q, e)
	return e
}

func (v *View) settle(q question, e *answer) {
	v.marks[q] = e.mark
	if v.round != 0 {
		v.answers.holds(e, v.round)
	}
}

// Hold reports whether all that a result rests on is as it was. What can be told
// at once is looked at first.
func (v *View) Hold(r Rests) bool {
	for _, x := range r {
		if x.ask <= askModule && v.mark(x.question) != x.mark {
			return false
		}
	}
	for _, x := range r {
		if x.ask > askModule && v.mark(x.question) != x.mark {
			return false
		}
	}
	return true
}

// mark returns the mark of a question's answer in this view, 0 if there is none.
func (v *View) mark(q question) uint64 {
	if q.ask > askModule {
		if e := v.known(q); e != nil {
			return e.mark
		}
		if e, _ := v.answers.get(q); e != nil && !v.asking[q] {
			v.asking[q] = true
			e.again(v)
			delete(v.asking, q)
			return v.marks[q]
		}
		return 0
	}
	if m, ok := v.marks[q]; ok {
		return m
	}
	m := v.look(q)
	v.marks[q] = m
	return m
}

// look reads what needs no interpretation.
func (v *View) look(q question) uint64 {
	if q.ask == askModule {
		path, ok := v.world.Locate(q.file, q.with)
		return markOf(path, ok)
	}
	if q.ask == askHints {
		return markOf(v.hints(q.file).Key())
	}
	f := v.file(q.file)
	if f == nil {
		return 0
	}
	switch q.ask {
	case askBody:
		return f.bodyMark(q.name)
	case askHead:
		return f.headMark(q.name)
	case askText:
		return f.textMark()
	default:
		return f.topMark()
	}
}

// ask answers a question about a file, from the store if it was answered before.
// compute must get all that it needs through the analyzer that it is given.
func ask[T any](a *analyzer, q question, compute func(*analyzer) (value T, mark uint64)) T {
	if e := a.view.known(q); e != nil {
		a.rests[q] = e.mark
		return e.value.(T)
	}
	f := a.view.file(q.file)
	if f == nil {
		a.rests[question{ask: askTop, file: q.file}] = 0 // until it can be read
		var none T
		return none
	}
	if a.view.tries[q] >= maxTries { // circles within circles
		a.reach.depth = 0
		var none T
		return none
	}
	a.view.tries[q]++
	inner := a.inner(f)
	value, mark := compute(inner)
	path := f.Path // the answer must not keep the file
	a.answered(q, inner, value, mark, func(v *View) { ask(v.analyzer(path), q, compute) })
	return value
}

// answered keeps an answer, if nothing unfinished went into it.
func (a *analyzer) answered(q question, inner *analyzer, value any, mark uint64, again func(*View)) bool {
	if inner.reach.depth <= a.depth || inner.reach.class < len(a.view.classes) {
		a.take(inner)
		return false
	}
	e := &answer{value: value, mark: mark, rests: list(inner.rests), again: again}
	a.view.answers.put(q, e)
	a.view.settle(q, e)
	a.rests[q] = mark
	return true
}

// take makes what an analyzer was asked for rest on what another one asked.
func (a *analyzer) take(inner *analyzer) {
	a.reach.with(inner.reach)
	for r, m := range inner.rests {
		a.rests[r] = m
	}
}

// Analyze interprets every function of a unit of a file, nested ones too, and the
// statements of a unit that is no function. Names that the unit does not bind
// are looked up in its file, and from there in others. It also returns what the
// facts rest on beside the unit itself, and whether any of the text did not parse.
func (v *View) Analyze(x *File, u *python.Unit) (facts []*Facts, rests Rests, broken bool) {
	if u.Opaque {
		return nil, nil, false
	}
	a := v.analyzer(x.Path)
	a.unit = u
	if f := u.Function(); f != nil {
		a.function(f, u.Path, nil)
	} else {
		a.body(nil, u.Body, u.Path, nil, u.Kind == python.StatementsUnit && u.Path == "")
	}
	return a.out, list(a.rests), a.broken || len(u.Errors) > 0
}

// analyzer returns one that works for nobody in particular.
func (v *View) analyzer(path string) *analyzer {
	f := v.file(path)
	return &analyzer{view: v, file: f, module: moduleOf(f), rests: map[question]uint64{}, reach: nothing()}
}

func moduleOf(f *File) *project.Module {
	if f == nil {
		return nil
	}
	return f.module
}

// inner returns an analyzer for what another function or file is asked, in the
// course of a's work.
func (a *analyzer) inner(f *File) *analyzer {
	return &analyzer{
		view: a.view, file: f, module: f.module, rests: map[question]uint64{}, depth: a.depth, reach: nothing(),
		running: a.running, spent: a.spent, still: a.still,
	}
}

// A reach is what of the unfinished a result rests on.
type reach struct {
	depth int // of the outermost function whose summary is still being made
	class int // index in View.classes of the outermost class
}

// nothing is the reach of what rests on nothing unfinished.
func nothing() *reach { return &reach{depth: maxDepth + 1, class: maxClasses} }

func (r *reach) with(o *reach) { r.depth, r.class = min(r.depth, o.depth), min(r.class, o.class) }
