package python

import "strings"

// A segment is the text of one unit, not yet parsed. Comments and empty lines
// above a definition are part of its segment.
type segment struct {
	start, end int // bytes of the file
	kind       UnitKind
	indent     int    // indentation of the first statement
	parent     int    // index of the enclosing class's segment, or -1
	path       string // qualified name of the enclosing class
	name       string // of a class: its name
	bodyIndent int    // of a class: the indentation of its body, 0 if it has none
	patches    []patch // at offsets from start
	comments   []Span  // from start
}

// A cutter turns logical lines into segments. Its stack holds the classes that
// are open at the current line, as indexes into out.
type cutter struct {
	scan  *scanner
	queue []logicalLine // lines that were scanned and not yet used
	out   []segment
	stack []int
}

// cut returns the segments of a whole text. open reports that it holds a
// triple-quoted string which is never closed.
func cut(text string) (segs []segment, open bool) {
	start := 0
	if strings.HasPrefix(text, "\ufeff") {
		start = len("\ufeff")
	}
	broken := map[int]bool{}
	for {
		c := &cutter{scan: newScanner(text, start, broken)}
		for c.next() {
		}
		if c.scan.open < 0 {
			return c.out, len(broken) > 0
		}
		broken[neverClosed(text, c.scan)] = true
	}
}

// neverClosed picks the triple quote that its author has not closed yet. An
// open quote turns strings into code and code into strings from there on, so it
// is the first whose string would hold a definition at the left margin.
func neverClosed(text string, s *scanner) int {
	for _, t := range s.triples {
		body := text[t.Start:t.End]
		for _, word := range []string{"def ", "class ", "async def ", "@"} {
			if strings.Contains(body, "\n"+word) {
				return t.Start
			}
		}
	}
	return s.open
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
	n++
	c.enter(first.indent)
	s := segment{kind: StatementsUnit, indent: first.indent, parent: c.parent()}
	if s.parent >= 0 {
		p := c.out[s.parent]
		s.path = join(p.path, p.name)
	}
	switch {
	case ok && line.word == "class":
		s.kind = ClassUnit
		s.name = nameAfter(c.scan.text, line.start, "class")
		s.patches = typeParamDefaults(c.scan.text, line)
	case ok && c.isDef(line):
		s.kind = FunctionUnit
		s.patches = typeParamDefaults(c.scan.text, line)
		n = c.extend(n, func(l logicalLine) bool { return l.indent > first.indent })
	default:
		n = c.extend(n, func(l logicalLine) bool {
			return l.indent > first.indent ||
				l.indent == first.indent && l.word != "class" && l.word != "@" && !c.isDef(l)
		})
	}
	c.take(s, n)
	if s.kind == ClassUnit {
		c.stack = append(c.stack, len(c.out)-1)
	}
	return true
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

// enter leaves the classes that a line of the given indentation does not belong to.
func (c *cutter) enter(indent int) {
	for len(c.stack) > 0 {
		top := &c.out[c.stack[len(c.stack)-1]]
		if top.bodyIndent == 0 && indent > top.indent {
			top.bodyIndent = indent
		}
		if top.bodyIndent > 0 && indent >= top.bodyIndent {
			return
		}
		c.stack = c.stack[:len(c.stack)-1]
	}
}

func (c *cutter) parent() int {
	if len(c.stack) == 0 {
		return -1
	}
	return c.stack[len(c.stack)-1]
}

// take makes a segment of the first n lines of the queue.
func (c *cutter) take(s segment, n int) {
	s.start, s.end = c.queue[0].start, c.queue[n-1].end
	for i := range s.patches {
		s.patches[i].at -= s.start
	}
	for _, l := range c.queue[:n] {
		for _, p := range l.patches {
			s.patches = append(s.patches, patch{p.at - s.start, p.with})
		}
		for _, p := range l.comment {
			s.comments = append(s.comments, p.Shift(-s.start))
		}
	}
	c.queue = c.queue[n:]
	c.out = append(c.out, s)
}

// isDef reports whether a line begins with def or async def.
func (c *cutter) isDef(l logicalLine) bool {
	if l.word != "async" {
		return l.word == "def"
	}
	_, i := indentation(c.scan.text, l.start)
	_, i = indentation(c.scan.text, i+len("async"))
	return firstWord(c.scan.text, i) == "def"
}

// nameAfter returns the name behind a keyword at the start of a line.
func nameAfter(text string, start int, keyword string) string {
	_, i := indentation(text, start)
	_, i = indentation(text, i+len(keyword))
	return strings.Clone(firstWord(text, i))
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// typeParamDefaults blanks the defaults in a type parameter list (PEP 696),
// which the grammar does not know: class A[T = int] is read as class A[T      ].
func typeParamDefaults(text string, l logicalLine) []patch {
	head := text[l.start:l.end]
	open := strings.IndexByte(head, '[')
	if open < 0 || strings.ContainsAny(head[:open], "(:=") {
		return nil
	}
	var out []patch
	depth, from := 0, -1
	for i := open; i < len(head); i++ {
		switch c := head[i]; {
		case c == '[' || c == '(' || c == '{':
			depth++
			continue
		case c == ']' || c == ')' || c == '}':
			depth--
		case c == '=' && depth == 1 && from < 0:
			from = i
		}
		if from >= 0 && (depth == 0 || depth == 1 && head[i] == ',') {
			out = append(out, patch{l.start + from, strings.Repeat(" ", i-from)})
			from = -1
		}
		if depth == 0 {
			break
		}
	}
	return out
}
