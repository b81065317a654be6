package oracle

import (
	"fmt"
	"math/rand/v2"
	"slices"
)

// generator makes one program.
type generator struct {
	rand    *rand.Rand
	left    int // how many statements it may still make
	calls   int // how many unknown calls it may still make
	key     int // numbers the rows
	params  []string
	helpers []helper
	serial  map[string]int // how often a name was taken
}

// scope is what can be used at a point of a function.
type scope struct {
	live    []string // sessions that are open
	stale   []string // sessions that were closed, or whose block ended
	conns   []string
	gone    []string // connections that were closed
	objects []string
	lists   []string // rows that were fetched
	results []string // that nobody began to read
	queries []string // that did not run
	loop    bool
	depth   int
	params  bool // whether the function can take parameters
	inside  bool // within a begin block
}

func (sc *scope) sub() *scope {
	c := *sc
	c.live, c.stale = slices.Clone(sc.live), slices.Clone(sc.stale)
	c.conns, c.gone = slices.Clone(sc.conns), slices.Clone(sc.gone)
	c.objects, c.lists = slices.Clone(sc.objects), slices.Clone(sc.lists)
	c.results, c.queries = slices.Clone(sc.results), slices.Clone(sc.queries)
	c.depth++
	return &c
}

// localName holds the names of the programs' variables.
var localName = func() map[string]bool {
	out := map[string]bool{}
	for _, n := range []string{"session", "db", "other", "conn", "link", "item", "thing", "items", "found", "result", "hits", "query", "wanted", "word", "row", "done", "ready", "dry", "item_id", "kind", "words", "total", "own", "stack"} {
		out[n] = true
	}
	return out
}()

// production is one line of the grammar: how often it is taken beside the
// others, and what it makes; nil if it makes no sense here.
type production struct {
	weight int
	make   func(*generator, *scope) []*Stmt
}

// units lists what a function consists of.
func units() []production {
	return []production{
		{30, (*generator).sessionBlock},
		{12, (*generator).beginBlock},
		{22, (*generator).manual},
		{14, (*generator).careful},
		{8, (*generator).connectionBlock},
		{4, (*generator).connectionByHand},
		{6, (*generator).unitInLoop},
		{6, (*generator).unitInBranch},
		{6, (*generator).helperUnit},
		{3, (*generator).temporary},
		{4, (*generator).stacked},
		{3, (*generator).rebound},
		{4, (*generator).entered},
		{8, (*generator).dependency},
	}
}

// works lists what is done while a session is open.
func works() []production {
	return []production{
		{16, (*generator).read},
		{8, (*generator).readOrLeave},
		{16, (*generator).write},
		{5, (*generator).lazy},
		{8, (*generator).use},
		{6, (*generator).call},
		{3, (*generator).flush},
		{6, (*generator).commit},
		{2, (*generator).rollback},
		{1, (*generator).closeEarly},
		{8, (*generator).helperCall},
		{4, (*generator).begin},
		{3, (*generator).savepoint},
		{1, (*generator).beginCall},
		{1, (*generator).noAutoflush},
		{2, (*generator).refresh},
		{9, (*generator).branch},
		{5, (*generator).forLoop},
		{2, (*generator).whileLoop},
		{9, (*generator).try},
		{5, (*generator).attempt},
		{3, (*generator).leave},
	}
}

// lates lists what comes after a session's end.
func lates() []production {
	return []production{
		{10, (*generator).use},
		{4, (*generator).read},
		{4, (*generator).write},
		{2, (*generator).commit},
		{2, (*generator).begin},
		{3, (*generator).helperCall},
		{4, (*generator).call},
	}
}

// Generate makes the program of a seed.
func Generate(seed uint64) *Program {
	g := &generator{
		rand:   rand.New(rand.NewPCG(seed, 20)),
		serial: map[string]int{},
	}
	g.left, g.calls = 2+g.rand.IntN(6), 2
	if g.chance(15) {
		g.left, g.calls = g.left+5, 3
	}
	p := &Program{Maker: "sessionmaker(engine)"}
	if g.chance(15) {
		p.Maker = "sessionmaker(engine, expire_on_commit=False)"
	}
	if g.chance(45) {
		p.Functions = g.makeHelpers()
	}
	sc := &scope{params: true}
	body := g.pick(units(), sc)
	if g.left > 2 && g.chance(25) && !leaves(body) {
		body = append(body, g.pick(units(), sc)...)
	}
	if !leaves(body) {
		if g.chance(30) {
			body = append(body, g.pick(lates(), sc)...)
		}
		body = append(body, g.result(sc)...)
	}
	job := &Stmt{Text: "def job(" + list(g.params) + "):", Binds: append([]string{"job"}, g.params...), Body: body}
	p.Functions = append(p.Functions, job)
	p.Functions = p.called()
	return p
}

func (g *generator) chance(percent int) bool { return g.rand.IntN(100) < percent }

func (g *generator) one(of ...string) string { return of[g.rand.IntN(len(of))] }

// pick takes productions until one makes something.
func (g *generator) pick(from []production, sc *scope) []*Stmt {
	sum := 0
	for _, p := range from {
		sum += p.weight
	}
	for range 12 {
		n := g.rand.IntN(sum)
		for _, p := range from {
			if n -= p.weight; n < 0 {
				if out := p.make(g, sc); out != nil {
					return out
				}
				break
			}
		}
	}
	return []*Stmt{line("print(\"done\")")}
}

// work makes one to n pieces of work.
func (g *generator) work(n int, sc *scope) []*Stmt {
	var out []*Stmt
	for range 1 + g.rand.IntN(n) {
		g.left--
		out = append(out, g.pick(works(), sc)...)
		if g.left <= 0 || leaves(out) {
			break
		}
	}
	return out
}

// leaves reports whether control does not come behind the statements.
func leaves(body []*Stmt) bool {
	if len(body) == 0 {
		return false
	}
	c := &checker{locals: map[string]bool{}, functions: map[string]bool{}}
	return c.block(body, map[string]bool{}) == nil
}

func line(text string, binds ...string) *Stmt { return &Stmt{Text: text, Binds: binds} }

// param takes a parameter of the function.
func (g *generator) param(name string) string {
	if !slices.Contains(g.params, name) {
		g.params = append(g.params, name)
	}
	return name
}

// row names the next row that is written.
func (g *generator) row() string {
	g.key++
	return fmt.Sprintf("r%d", g.key)
}

// fresh returns a name that is not in use.
func (g *generator) fresh(first, second string, used ...[]string) string {
	for _, u := range used {
		if slices.Contains(u, first) {
			return second
		}
	}
	return first
}

// last returns the element of a list that was added last, or now and then another.
func (g *generator) last(of []string) string {
	if g.chance(75) {
		return of[len(of)-1]
	}
	return of[g.rand.IntN(len(of))]
}

// session returns the session that is worked with: rarely one that is closed.
func (g *generator) session(sc *scope) string {
	switch {
	case len(sc.live) > 0 && (len(sc.stale) == 0 || g.chance(92)):
		return g.last(sc.live)
	case len(sc.stale) > 0:
		return g.last(sc.stale)
	}
	return ""
}

func list(of []string) string {
	out := ""
	for n, s := range of {
		if n > 0 {
			out += ", "
		}
		out += s
	}
	return out
}

// drop takes a name out of all lists but one: it was bound anew.
func (sc *scope) drop(name string) {
	for _, l := range []*[]string{&sc.live, &sc.stale, &sc.conns, &sc.gone, &sc.objects, &sc.lists, &sc.results, &sc.queries} {
		*l = slices.DeleteFunc(slices.Clone(*l), func(x string) bool { return x == name })
	}
}
