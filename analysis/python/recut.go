package python

import "slices"

// resegmented is the cut of an edited text. Segments before first and from
// newEnd on are the old ones, the latter from oldEnd on and moved.
type resegmented struct {
	segs           []segment
	first          int
	oldEnd, newEnd int
	open           bool
}

// recut cuts the text that e makes of f's, reading only what the edit can have
// changed. It reports false where the whole text must be cut anew: a string
// that is never closed makes every line depend on all before it.
func recut(f *File, e Edit, text string) (resegmented, bool) {
	if f.open || len(f.segs) == 0 || e.Start < f.segs[0].start {
		return resegmented{}, false
	}
	old := f.segs
	at, _ := slices.BinarySearchFunc(old, e.Start, func(s segment, pos int) int {
		if s.end < pos {
			return -1
		}
		return 1
	})
	// One segment earlier: the scanner may have looked at the first line of
	// the segment behind the one it was in.
	first := max(at-1, 0)
	if first >= len(old) {
		first = len(old) - 1
	}
	delta := len(e.New) - (e.End - e.Start)
	c := &cutter{
		scan:  newScanner(text, old[first].start, nil),
		out:   slices.Clone(old[:first]),
		stack: classStack(old, old[first].parent),
	}
	for _, i := range c.stack {
		if i+1 == first { // the line that told the body's indentation is read again
			c.out[i].bodyIndent = 0
		}
	}
	next := first
	for c.next() {
		pos := c.offset()
		if c.scan.open >= 0 {
			return resegmented{}, false
		}
		if pos-delta < e.End || pos < e.Start+len(e.New) {
			continue
		}
		for next < len(old) && old[next].start < pos-delta {
			next++
		}
		if next < len(old) && old[next].start == pos-delta && c.sameClasses(old, old[next].parent) {
			return c.resume(old, next, delta, first), true
		}
	}
	if c.scan.open >= 0 {
		return resegmented{}, false
	}
	return resegmented{segs: c.out, first: first, oldEnd: len(old), newEnd: len(c.out)}, true
}

// classStack returns the open classes, outermost first, at a segment of parent.
func classStack(segs []segment, parent int) []int {
	var out []int
	for i := parent; i >= 0; i = segs[i].parent {
		out = append(out, i)
	}
	slices.Reverse(out)
	return out
}

// sameClasses reports whether the next segment, which begins as the old one
// with the given parent did, would stand in the same classes.
func (c *cutter) sameClasses(old []segment, parent int) bool {
	l, _ := c.peek(0)
	for i := 0; l.blank; {
		i++
		var ok bool
		if l, ok = c.peek(i); !ok {
			return false
		}
	}
	stack := slices.Clone(c.stack)
	out := slices.Clone(c.out)
	c.enter(l.indent)
	mine := c.stack
	theirs := classStack(old, parent)
	same := len(mine) == len(theirs)
	for i := 0; same && i < len(mine); i++ {
		a, b := c.out[mine[i]], old[theirs[i]]
		same = a.name == b.name && a.path == b.path && a.indent == b.indent && a.bodyIndent == b.bodyIndent
	}
	if !same {
		c.stack, c.out = stack, out
	}
	return same
}

// resume takes the old segments from next on, moved by delta bytes.
func (c *cutter) resume(old []segment, next, delta, first int) resegmented {
	r := resegmented{first: first, oldEnd: next, newEnd: len(c.out)}
	parents := map[int]int{}
	for i, p := range classStack(old, old[next].parent) {
		parents[p] = c.stack[i]
	}
	r.segs = c.out
	for _, s := range old[next:] {
		if s.parent >= next {
			s.parent += r.newEnd - next
		} else if p, ok := parents[s.parent]; ok {
			s.parent = p
		}
		s.start += delta
		s.end += delta
		r.segs = append(r.segs, s)
	}
	return r
}
