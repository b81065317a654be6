package python

import "slices"

// A recutting tells how an edit changes the cut of a text: the units from
// first to last of the old file give way to segs.
type recutting struct {
	first, last int
	segs        []segment
	open        bool
	parents     []int // of the old classes that are open at last: their new index
}

// recut cuts the text that e makes of f's, reading only what the edit can have
// changed.
func recut(f *File, e Edit, text string) recutting {
	if r, ok := recutNear(f, e, text); ok {
		return r
	}
	segs, open := cut(text)
	return recutting{last: len(f.Units), segs: segs, open: open}
}

// recutNear reports false where the whole text must be cut anew: a string that
// is never closed makes every line depend on all before it.
func recutNear(f *File, e Edit, text string) (recutting, bool) {
	old := f.Units
	if f.open || len(old) == 0 || e.Start <= old[0].Start || textStart(text) != old[0].Start {
		return recutting{}, false
	}
	first := firstTouched(old, e.Start)
	delta := len(e.New) - (e.End - e.Start)
	c := &cutter{scan: newScanner(text, old[first].Start), base: first, stack: classStack(old, old[first].Parent)}
	last := first
	for c.next() {
		pos := c.offset()
		if c.scan.open >= 0 {
			return recutting{}, false
		}
		if pos-delta < e.End || pos < e.Start+len(e.New) {
			continue
		}
		for last < len(old) && old[last].Start < pos-delta {
			last++
		}
		if last == len(old) || old[last].Start != pos-delta {
			continue
		}
		theirs := classStack(old, old[last].Parent)
		if !slices.EqualFunc(c.classesAtNext(), theirs, func(a, b openClass) bool {
			return a.indent == b.indent && a.path == b.path
		}) {
			continue
		}
		r := recutting{first: first, last: last, segs: c.out}
		for _, o := range c.classesAtNext() {
			r.parents = append(r.parents, o.index)
		}
		return r, true
	}
	if c.scan.open >= 0 {
		return recutting{}, false
	}
	return recutting{first: first, last: len(old), segs: c.out}, true
}

// firstTouched returns the first unit whose cut an edit at offset at can change.
//
// The cut of a unit depends on the line behind it. Where a bracket is left open
// it depends on more, up to the next def or class: on the runs of statements
// that follow, and on the decorators of the definition behind them.
func firstTouched(old []Placed, at int) int {
	i, _ := slices.BinarySearchFunc(old, at, func(u Placed, at int) int {
		if u.End < at {
			return -1
		}
		return 1
	})
	i = max(min(i, len(old)-1)-1, 0)
	for i > 0 && old[i].Unit.Kind == StatementsUnit {
		i--
	}
	return i
}

// classStack returns the classes, outermost first, that a unit with the given
// parent is in.
func classStack(units []Placed, parent int) []openClass {
	var out []openClass
	for i := parent; i >= 0; i = units[i].Parent {
		u := units[i].Unit
		out = append(out, openClass{i, u.indent, join(u.Path, u.name)})
	}
	slices.Reverse(out)
	return out
}

// classesAtNext returns the classes that the next segment is in.
func (c *cutter) classesAtNext() []openClass {
	for i := 0; ; i++ {
		l, ok := c.peek(i)
		if !ok {
			return nil
		}
		if !l.blank {
			return enter(c.stack, l.indent)
		}
	}
}

// apply returns the units of the new text. Those that take the place of the
// recut ones are the caller's to fill in, from first on.
func (r recutting) apply(old []Placed, delta int) []Placed {
	end := r.first + len(r.segs)
	units := make([]Placed, end+len(old)-r.last)
	copy(units, old[:r.first])
	if r.last == len(old) {
		return units
	}
	theirs := classStack(old, old[r.last].Parent)
	for i, u := range old[r.last:] {
		u.Start += delta
		u.End += delta
		if u.Parent >= r.last {
			u.Parent += end - r.last
		} else if u.Parent >= r.first {
			at := slices.IndexFunc(theirs, func(c openClass) bool { return c.index == u.Parent })
			u.Parent = r.parents[at]
		}
		units[end+i] = u
	}
	return units
}
