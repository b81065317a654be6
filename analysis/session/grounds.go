package session

// Grounds is what of the world a result rests on in the end, through all the
// answers that went into it. The zero value rests on nothing. It belongs to one
// goroutine.
type Grounds struct {
	Files   map[string]bool  // the paths of the files that were looked into
	Modules map[Wanted]Found // the modules that were looked for
	seen    map[question]bool
}

// Wanted is a module as a file that imports it names it.
type Wanted struct{ From, Module string }

// Found is what [World.Locate] says of a module.
type Found struct {
	Path string
	OK   bool
}

// Trace adds what a result rests on, as the world of the view is now.
func (g *Grounds) Trace(v *View, r Rests) {
	if g.seen == nil {
		g.Files, g.Modules, g.seen = map[string]bool{}, map[Wanted]Found{}, map[question]bool{}
	}
	for _, x := range r {
		q := x.question
		if g.seen[q] {
			continue
		}
		g.seen[q] = true
		switch {
		case q.ask == askModule:
			path, ok := v.world.Locate(q.file, q.with)
			g.Modules[Wanted{q.file, q.with}] = Found{path, ok}
		case q.ask < askModule:
			g.Files[q.file] = true
		default:
			if e, _ := v.answers.get(q); e != nil {
				g.Trace(v, e.rests)
			}
		}
	}
}
