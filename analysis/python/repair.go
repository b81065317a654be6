package python

import (
	"cmp"
	"slices"
	"strings"
)

// A repair makes half-typed lines of a unit readable, so that the parser sees
// the lines around them as they are: a simple statement that is not complete is
// hidden from it, the head of a block gets what it lacks, and an indentation
// that fits nothing is taken for the one of its neighbours. Of complete text it
// changes nothing.
type repair struct {
	text       string
	unreadable map[int]bool // starts of the lines that the parser could not read
	patches    []patch
	broken     []brokenLine
	blocks     []block
	hid        bool // the line above was hidden
}

// A brokenLine is a line that the parser does not see as it is.
type brokenLine struct {
	Span
	hidden bool // it sees a pass statement
}

// A block is open at a line of a unit. The outermost one has no head.
type block struct {
	head   *logicalLine
	word   string // the keyword of the head
	indent int    // of its statements, or -1 before the first one
	white  string // the indentation itself
}

// repaired returns how the parser is to read a segment.
func repaired(text string, s segment, unreadable map[int]bool) *repair {
	r := &repair{text: text, unreadable: unreadable}
	var lines []*logicalLine
	for i := range s.lines {
		if l := &s.lines[i]; !l.blank {
			lines = append(lines, l)
		} else {
			r.patches = append(r.patches, l.patches...)
		}
	}
	if len(lines) == 0 {
		return r
	}
	first := lines[0]
	r.blocks = []block{{indent: s.indent, white: text[first.start:first.body]}}
	for i, l := range lines {
		r.place(l)
		word := l.keyword(text)
		if word == "@" && i+1 < len(lines) {
			switch lines[i+1].keyword(text) {
			case "@", "def", "class":
				word = "@def"
			}
		}
		r.line(l, word)
	}
	if s.kind == ClassUnit && len(r.blocks) > 1 { // its body is in units of its own
		r.add(r.blocks[1].head.last, " pass")
		r.blocks = r.blocks[:1]
	}
	for len(r.blocks) > 1 {
		r.leave(nil, s.end)
	}
	slices.SortFunc(r.broken, func(a, b brokenLine) int { return cmp.Compare(a.Start, b.Start) })
	r.broken = slices.CompactFunc(r.broken, func(a, b brokenLine) bool { return a.Start == b.Start })
	for i := range r.broken {
		r.broken[i].Span = r.broken[i].Shift(-s.start)
	}
	return r
}

// place finds the block of a line, and gives the line that block's indentation
// where it has another.
func (r *repair) place(l *logicalLine) {
	if top := &r.blocks[len(r.blocks)-1]; top.indent < 0 && l.indent > top.head.indent {
		top.indent, top.white = l.indent, r.text[l.start:l.body]
		return
	}
	for n := len(r.blocks) - 1; n > 0; n-- {
		if r.blocks[n].indent >= 0 && r.nearer(l.indent, n) {
			break
		}
		r.leave(l, l.start)
	}
	top := r.blocks[len(r.blocks)-1]
	if l.indent == top.indent {
		// The grammar counts tabs and form feeds in its own way.
		if white := r.text[l.start:l.body]; white != top.white && strings.ContainsAny(white+top.white, "\t\f") {
			r.patches = append(r.patches, patch{l.start, len(white), top.white})
		}
		return
	}
	r.patches = append(r.patches, patch{l.start, l.body - l.start, top.white})
	if l.indent > top.indent && r.hid {
		l.broken = true // it continues the line above
	}
	r.note(l)
}

// nearer reports whether an indentation is nearer to block n than to the one
// around it. What is indented at all more than the def of the unit is in it.
func (r *repair) nearer(indent, n int) bool {
	in, out := r.blocks[n].indent, r.blocks[n-1].indent
	if n == 1 && r.blocks[n].word == "def" {
		return indent > out
	}
	return indent-out >= in-indent
}

// leave closes the innermost block, before line l or at the end of the unit.
func (r *repair) leave(l *logicalLine, at int) {
	b := r.blocks[len(r.blocks)-1]
	r.blocks = r.blocks[:len(r.blocks)-1]
	if b.indent < 0 && b.word != "match" {
		r.note(b.head)
		r.add(b.head.last, " pass")
	}
	if b.word != "try" || l != nil && l.indent == b.head.indent && (l.word == "except" || l.word == "finally") {
		return
	}
	finally := r.blocks[len(r.blocks)-1].white + "finally: pass\n"
	if l == nil {
		finally = "\n" + finally
	}
	r.note(b.head)
	r.add(at, finally)
}

func (r *repair) add(at int, text string) { r.patches = append(r.patches, patch{at, 0, text}) }

// note says that a line is broken.
func (r *repair) note(l *logicalLine) {
	r.broken = append(r.broken, brokenLine{Span: Span{l.body, l.last}})
}

// line repairs one line, whose keyword is "@def" for a decorator that stands
// before a definition.
func (r *repair) line(l *logicalLine, word string) {
	bad := l.broken || r.unreadable[l.start]
	hid := false
	switch {
	case word == "@def":
		if bad || expectsMore(r.text, l) {
			r.note(l)
			r.replace(l, l.body+1, "_")
		}
	case blockWords[word]:
		r.head(l, word)
	case word == "case" && r.opens(l) && bad:
		r.note(l)
		r.replace(l, l.body, "case _:")
		r.open(l, word)
	case (word == "match" || word == "case") && r.opens(l) && !bad:
		r.open(l, word)
	case word == "@" || bad || expectsMore(r.text, l) || r.opens(l):
		r.broken = append(r.broken, brokenLine{Span{l.body, l.last}, true})
		r.replace(l, l.body, "pass")
		hid = true
	}
	r.hid = hid
	if !hid && !r.replaced(l) {
		r.patches = append(r.patches, l.patches...)
	}
}

// replace makes the parser read with in place of a line from an offset on.
func (r *repair) replace(l *logicalLine, from int, with string) {
	r.patches = append(r.patches, patch{from, l.last - from, with})
	for _, p := range l.patches { // a line end
		if p.at >= l.last && p.old > 0 {
			r.patches = append(r.patches, p)
		}
	}
}

// replaced reports whether the line that was added last was replaced.
func (r *repair) replaced(l *logicalLine) bool {
	for i := len(r.patches) - 1; i >= 0; i-- {
		if p := r.patches[i]; p.at < l.start {
			return false
		} else if p.old > 0 && p.at+p.old == l.last && p.at >= l.body {
			return true
		}
	}
	return false
}

func (r *repair) opens(l *logicalLine) bool { return l.opensBlock(r.text) }

func (r *repair) open(l *logicalLine, word string) {
	r.blocks = append(r.blocks, block{head: l, word: word, indent: -1})
}

// head completes the head of a block.
func (r *repair) head(l *logicalLine, word string) {
	opens := r.opens(l) || l.colon < 0
	if stub := stubs[word]; r.unreadable[l.start] && stub != "" && opens {
		r.note(l)
		r.replace(l, l.body, stub)
		r.open(l, word)
		return
	}
	if l.colon >= 0 && !opens && (l.broken || expectsMore(r.text, l)) { // what stands behind the colon is broken
		r.note(l)
		r.replace(l, l.colon+1, " pass")
		if word == "try" {
			r.blocks = append(r.blocks, block{head: l, word: word, indent: l.indent + 1})
		}
		return
	}
	var add strings.Builder
	alone := l.last-l.body == len(word) && l.word == word
	switch {
	case alone && (word == "else" || word == "try" || word == "finally" || word == "except"):
	case expectsMore(r.text, l), l.colon < 0 && l.closers == "" && r.text[l.last-1] == ',',
		l.closers != "" && r.text[l.last-1] == ':':
		add.WriteString(" _")
	}
	add.WriteString(l.closers)
	if head := r.text[l.body:l.last]; word == "for" && l.colon < 0 && !strings.Contains(head, " in ") && !strings.HasSuffix(head, " in") {
		add.WriteString(" in _")
	}
	if word == "def" && !l.parens {
		if l.colon >= 0 {
			r.note(l)
			r.add(l.colon, "()")
		} else {
			add.WriteString("()")
		}
	}
	if l.colon < 0 {
		add.WriteByte(':')
	}
	if add.Len() > 0 || l.broken {
		r.note(l)
	}
	if opens {
		r.open(l, word)
	} else if word == "try" {
		r.blocks = append(r.blocks, block{head: l, word: word, indent: l.indent + 1})
	}
	if add.Len() > 0 {
		r.patches = append(r.patches, l.patches...)
		l.patches = nil
		r.add(l.last, add.String())
	}
}
