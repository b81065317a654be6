package python

import "strings"

// A scanner cuts text into logical lines. It knows strings, brackets, comments,
// continuation lines and indentation, and nothing else of the grammar.
//
// Text that is being typed leaves brackets and strings open. The scanner ends
// an open bracket where a line begins with a word that only a statement can
// begin with, and an open one-line string at the end of its line. What it
// decided is kept as patches, so that the parser sees the text the same way.
type scanner struct {
	text    string
	pos     int
	broken  map[int]bool // opening triple quotes that are known to be never closed
	triples []Span       // the triple-quoted strings that were scanned
	open    int          // the triple quote that was open at the end of the text, or -1
}

// A logicalLine is one statement's line, with its continuation lines.
type logicalLine struct {
	start   int    // first byte of the first physical line
	end     int    // after the terminator of the last one
	indent  int    // width of the indentation; a tab goes to the next multiple of 8
	word    string // first word; "@" for a decorator, "" for anything else
	blank   bool   // only white space or a comment
	patches []patch
	comment []Span // comments, without their "#…" terminator
}

// A patch replaces bytes of the text that the parser sees. It never changes a
// length, so offsets stay true.
type patch struct {
	at   int
	with string
}

// bracketStops are the words that begin a statement and never a line inside brackets.
var bracketStops = map[string]bool{
	"def": true, "class": true, "with": true, "return": true, "try": true, "while": true,
	"raise": true, "del": true, "pass": true, "break": true, "continue": true, "global": true,
	"nonlocal": true, "assert": true, "except": true, "finally": true, "elif": true, "import": true,
}

func newScanner(text string, pos int, broken map[int]bool) *scanner {
	return &scanner{text: text, pos: pos, broken: broken, open: -1}
}

// next returns the next logical line; ok is false at the end of the text.
func (s *scanner) next() (line logicalLine, ok bool) {
	if s.pos >= len(s.text) {
		return logicalLine{}, false
	}
	var blanked []int
	triples := len(s.triples)
	for {
		s.triples = s.triples[:triples]
		s.open = -1
		l, unclosed := s.scan(s.pos, blanked)
		if len(unclosed) == 0 {
			for _, b := range blanked {
				l.patches = append(l.patches, patch{b, " "})
			}
			s.pos = l.end
			return l, true
		}
		blanked = append(blanked, unclosed...)
	}
}

// scan reads one logical line from start, taking the brackets in blanked for
// white space. It returns the brackets that stay open, if any: the line must
// then be read again without them.
func (s *scanner) scan(start int, blanked []int) (l logicalLine, unclosed []int) {
	t := s.text
	l.start = start
	i := start
	l.indent, i = indentation(t, i)
	l.word = firstWord(t, i)
	l.blank = true
	var stack []int
	skip := func(at int) bool {
		for _, b := range blanked {
			if b == at {
				return true
			}
		}
		return false
	}
	for i < len(t) {
		switch c := t[i]; {
		case c == '\n' || c == '\r':
			if c == '\r' && !(i+1 < len(t) && t[i+1] == '\n') {
				l.patches = append(l.patches, patch{i, "\n"})
			} else if c == '\r' {
				i++
			}
			i++
			if len(stack) == 0 {
				l.end = i
				return l, nil
			}
			_, j := indentation(t, i)
			if w := firstWord(t, j); bracketStops[w] || w == "async" && beginsStatement(t[j+len("async"):]) {
				return l, stack
			}
		case c == '#':
			j := i
			for j < len(t) && t[j] != '\n' && t[j] != '\r' {
				j++
			}
			l.comment = append(l.comment, Span{i, j})
			i = j
		case c == ' ' || c == '\t' || c == '\f':
			i++
		case c == '\\':
			l.blank = false
			i = s.continuation(i, &l)
		case c == '"' || c == '\'':
			l.blank = false
			i = s.str(start, i, &l)
		case c == '(' || c == '[' || c == '{':
			l.blank = false
			if !skip(i) {
				stack = append(stack, i)
			}
			i++
		case c == ')' || c == ']' || c == '}':
			l.blank = false
			if len(stack) > 0 {
				stack = stack[:len(stack)-1]
			}
			i++
		default:
			l.blank = false
			i++
		}
	}
	l.end = i
	return l, stack
}

// continuation steps over a backslash and the line end behind it.
func (s *scanner) continuation(i int, l *logicalLine) int {
	t := s.text
	switch {
	case i+1 >= len(t):
		l.patches = append(l.patches, patch{i, " "})
		return i + 1
	case t[i+1] == '\r' && i+2 < len(t) && t[i+2] == '\n':
		return i + 3
	case t[i+1] == '\r':
		l.patches = append(l.patches, patch{i + 1, "\n"})
		return i + 2
	default:
		return i + 2
	}
}

// str steps over the string whose opening quote stands at i, in a logical line
// that begins at start.
func (s *scanner) str(start, i int, l *logicalLine) int {
	t := s.text
	quote := t[i]
	s.templatePrefix(start, i, l)
	if strings.HasPrefix(t[i:], strings.Repeat(string(quote), 3)) {
		return s.triple(i, l)
	}
	for j := i + 1; j < len(t); j++ {
		switch t[j] {
		case '\\':
			if j+2 < len(t) && t[j+1] == '\r' && t[j+2] == '\n' {
				j++
			}
			j++
		case quote:
			return j + 1
		case '\n', '\r':
			l.patches = append(l.patches, closeString(i, j, quote))
			return j
		}
	}
	l.patches = append(l.patches, closeString(i, len(t), quote))
	return len(t)
}

// closeString ends the open string from i to end with its quote. A lone quote
// becomes a name.
func closeString(i, end int, quote byte) patch {
	if end-i < 2 {
		return patch{i, "_"}
	}
	return patch{end - 1, string(quote)}
}

// triple steps over a triple-quoted string that begins at i.
func (s *scanner) triple(i int, l *logicalLine) int {
	t := s.text
	if s.broken[i] {
		l.patches = append(l.patches, patch{i, "_  "})
		return i + 3
	}
	end := t[i : i+3]
	for j := i + 3; j < len(t); j++ {
		switch {
		case t[j] == '\\':
			j++
		case t[j] == '\r' && !(j+1 < len(t) && t[j+1] == '\n'):
			l.patches = append(l.patches, patch{j, "\n"})
		case strings.HasPrefix(t[j:], end):
			s.triples = append(s.triples, Span{i, j + 3})
			return j + 3
		}
	}
	s.open = i
	return len(t)
}

// templatePrefix lets the parser read a t-string (PEP 750) as an f-string: the
// grammar does not know t-strings, and both have the same inside.
func (s *scanner) templatePrefix(start, quote int, l *logicalLine) {
	i := quote
	for i > start && quote-i < 2 && strings.IndexByte("tTrR", s.text[i-1]) >= 0 {
		i--
	}
	if i > start && isNameByte(s.text[i-1]) {
		return
	}
	for ; i < quote; i++ {
		if s.text[i] == 't' || s.text[i] == 'T' {
			l.patches = append(l.patches, patch{i, "f"})
		}
	}
}

// indentation returns the width of the white space at i and the offset after it.
func indentation(t string, i int) (width, after int) {
	for ; i < len(t); i++ {
		switch t[i] {
		case ' ':
			width++
		case '\t':
			width = width/8*8 + 8
		case '\f':
			width = 0
		default:
			return width, i
		}
	}
	return width, i
}

// firstWord returns the name or keyword at i, "@" for a decorator, else "".
func firstWord(t string, i int) string {
	if i < len(t) && t[i] == '@' {
		return "@"
	}
	j := i
	for j < len(t) && isNameByte(t[j]) {
		j++
	}
	return t[i:j]
}

// beginsStatement reports whether def or with follows, as after "async".
func beginsStatement(t string) bool {
	_, i := indentation(t, 0)
	w := firstWord(t, i)
	return w == "def" || w == "with"
}

func isNameByte(c byte) bool {
	return c == '_' || c >= 0x80 || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}
