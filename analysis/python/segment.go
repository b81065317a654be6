package python

import (
	"slices"
	"strings"
)

// A segment is the text of one unit, not yet parsed. Comments and empty lines
// above a definition are part of its segment.
type segment struct {
	start, end int // bytes of the file
	kind       UnitKind
	indent     int    // indentation of the first statement
	parent     int    // index of the enclosing class's unit, or -1
	path       string // qualified name of the enclosing class
	name       string // of a class: its name
	lines      []logicalLine
}

// A cutter turns logical lines into segments.
type cutter struct {
	scan  *scanner
	queue []logicalLine // lines that were scanned and not yet used
	base  int           // index that the first segment of out has in the file
	out   []segment
	stack []openClass // the classes that are open at the current line
}

// An openClass is a class whose body the next line may be in.
type openClass struct {
	index  int // of its unit in the file
	indent int
	path   string // qualified name
}

// textStart returns where the first unit of a text begins: after a byte order mark.
func textStart(text string) int {
	if strings.HasPrefix(text, "\ufeff") {
		return len("\ufeff")
	}
	return 0
}

// cut returns the segments of a whole text. open reports that it holds a
// triple-quoted string which is never closed.
func cut(text string) (segs []segment, open bool) {
	broken := map[int]bool{}
	for {
		c := cutWith(text, broken, len(broken) > 2)
		if c.scan.open < 0 {
			return c.out, len(broken) > 0
		}
		broken[neverClosed(text, c.scan, broken)] = true
	}
}

// cutWith cuts a text in which some triple quotes are known to be never closed.
func cutWith(text string, broken map[int]bool, giveUp bool) *cutter {
	c := &cutter{scan: newScanner(text, textStart(text))}
	c.scan.broken, c.scan.giveUp = broken, giveUp
	for c.next() {
	}
	return c
}

// maxSuspects bounds how many triple quotes are tried as the one that is open.
const maxSuspects = 6

// neverClosed picks the triple quote that its author has not closed yet. An
// open quote turns strings into code and code into strings from there on, so
// suspects are the strings that hold a definition which would end their own
// block. The suspect without which the text has most definitions is it.
func neverClosed(text string, s *scanner, broken map[int]bool) int {
	suspects := []int{s.open}
	for _, t := range s.triples {
		if len(suspects) <= maxSuspects && holdsDefinition(text[t.Start:t.End], t.indent) {
			suspects = append(suspects, t.Start)
		}
	}
	if len(suspects) == 1 {
		return s.open
	}
	best, most := s.open, -1
	for _, at := range suspects {
		try := map[int]bool{at: true}
		for b := range broken {
			try[b] = true
		}
		n := 0
		for _, seg := range cutWith(text, try, true).out {
			if seg.kind != StatementsUnit {
				n++
			}
		}
		if n > most {
			best, most = at, n
		}
	}
	return best
}

// holdsDefinition reports whether a line of s that is indented by no more than
// indent begins a definition.
func holdsDefinition(s string, indent int) bool {
	for {
		n := strings.IndexAny(s, "\r\n")
		if n < 0 {
			return false
		}
		s = s[n+1:]
		width, i := indentation(s, 0)
		if width > indent {
			continue
		}
		switch firstWord(s, i) {
		case "def", "class", "async":
			return true
		case "@":
			if i+1 < len(s) && isNameByte(s[i+1]) {
				return true
			}
		}
	}
}

// peek returns the i-th line that is not used yet.
func (c *cutter) peek(i int) (logicalLine, bool) {
	for len(c.queue) <= i {
		l, ok := c.scan.next()
		if !ok {
			return logicalLine{}, false
		}
		c.queue = append(c.queue, l)
	}
	return c.queue[i], true
}

// offset returns where the next segment begins.
func (c *cutter) offset() int {
	if len(c.queue) > 0 {
		return c.queue[0].start
	}
	return c.scan.pos
}

// next cuts off one segment; it reports false at the end of the text.
func (c *cutter) next() bool {
	n := 0 // lines of the segment
	for {
		l, ok := c.peek(n)
		if !ok || !l.blank {
			break
		}
		n++
	}
	first, ok := c.peek(n)
	if !ok { // nothing but comments up to the end
		if n > 0 {
			c.take(segment{kind: StatementsUnit, parent: -1}, n)
		}
		return false
	}
	line := first
	for line.word == "@" || line.blank {
		n++
		if line, ok = c.peek(n); !ok {
			break
		}
	}
	n = min(n+1, len(c.queue))
	c.stack = enter(c.stack, first.indent)
	s := segment{kind: StatementsUnit, indent: first.indent, parent: -1}
	if len(c.stack) > 0 {
		top := c.stack[len(c.stack)-1]
		s.parent, s.path = top.index, top.path
	}
	switch {
	case ok && line.word == "class":
		s.kind = ClassUnit
		s.name = nameAfter(c.scan.text, line.body+len("class"))
	case ok && c.isDef(line):
		s.kind = FunctionUnit
		n = c.extend(n, c.inFunction(first.indent))
	default:
		n = c.extend(n, c.inRun(first))
	}
	c.take(s, n)
	if s.kind == ClassUnit {
		c.stack = append(c.stack, openClass{c.base + len(c.out) - 1, s.indent, join(s.path, s.name)})
	}
	return true
}

// inFunction returns whether a line belongs to the function with a head of the
// given indentation. A definition that is indented less than the body is a
// neighbour with an indentation that does not fit.
func (c *cutter) inFunction(indent int) func(logicalLine) bool {
	body := -1
	return func(l logicalLine) bool {
		if l.indent <= indent {
			return false
		}
		if body < 0 && !l.blank {
			body = l.indent
		}
		return l.indent >= body || !c.defines(l)
	}
}

// inRun returns whether a line belongs to the run of statements that begins
// with first. A definition that is indented more than first belongs to it only
// below a line that opens a block.
func (c *cutter) inRun(first logicalLine) func(logicalLine) bool {
	var blocks []int // indentations of the lines that opened the blocks
	enter := func(l logicalLine) {
		if l.opensBlock(c.scan.text) {
			blocks = append(blocks, l.indent)
		}
	}
	enter(first)
	return func(l logicalLine) bool {
		if l.indent < first.indent || l.blank {
			return l.indent > first.indent
		}
		for len(blocks) > 0 && blocks[len(blocks)-1] >= l.indent {
			blocks = blocks[:len(blocks)-1]
		}
		if len(blocks) == 0 && c.defines(l) {
			return false
		}
		enter(l)
		return true
	}
}

// opensBlock reports whether a line ends with a colon outside of brackets.
func (l *logicalLine) opensBlock(text string) bool {
	return l.colon >= 0 && text[l.last-1] == ':'
}

// extend returns how many lines the segment has that begins with n lines and
// goes on with those that belong. Comments and empty lines belong to it only
// when a line that does follows them, or when they are indented as it is.
func (c *cutter) extend(n int, belongs func(logicalLine) bool) int {
	for i := n; ; i++ {
		l, ok := c.peek(i)
		switch {
		case !ok:
			return n
		case l.blank && (len(l.comment) == 0 || !belongs(l)):
		case belongs(l):
			n = i + 1
		default:
			return n
		}
	}
}

// enter returns the classes that a line of the given indentation is in. A line
// that is indented at all more than a class is in it: where the indentation
// does not fit the rest of the body, it is being typed.
func enter(stack []openClass, indent int) []openClass {
	for len(stack) > 0 && indent <= stack[len(stack)-1].indent {
		stack = stack[:len(stack)-1]
	}
	return stack
}

// take makes a segment of the first n lines of the queue.
func (c *cutter) take(s segment, n int) {
	s.start, s.end = c.queue[0].start, c.queue[n-1].end
	s.lines = slices.Clip(c.queue[:n])
	c.queue = c.queue[n:]
	c.out = append(c.out, s)
}

// isDef reports whether a line begins with def or async def.
func (c *cutter) isDef(l logicalLine) bool {
	return l.keyword(c.scan.text) == "def"
}

// defines reports whether a line begins a definition.
func (c *cutter) defines(l logicalLine) bool {
	return l.word == "@" || l.word == "class" || c.isDef(l)
}

// keyword returns the first word of a line, without async.
func (l *logicalLine) keyword(text string) string {
	if l.word != "async" {
		return l.word
	}
	_, i := indentation(text, l.body+len(l.word))
	if w := firstWord(text[:l.last], min(i, l.last)); w != "" {
		return w
	}
	return l.word
}

// nameAfter returns the name behind offset i.
func nameAfter(text string, i int) string {
	_, i = indentation(text, i)
	return strings.Clone(firstWord(text, i))
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
