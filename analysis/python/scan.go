package python

import "strings"

// A scanner cuts text into logical lines. It knows strings, brackets, comments,
// continuation lines and indentation, and nothing else of the grammar.
//
// Text that is being typed leaves brackets and strings open. The scanner ends
// an open bracket where a line begins with a word that only a statement can
// begin with, and an open one-line string at the end of its line. A line where
// it had to do so is broken.
type scanner struct {
	text     string
	pos      int
	unclosed map[int]bool // opening brackets that are known to stay open
	broken   map[int]bool // opening triple quotes that are known to be never closed
	plain    Span         // f-strings that begin here are known to be open
	giveUp   bool         // take every triple quote that stays open for broken
	triples  []tripleQuoted
	open     int // the triple quote that was open at the end of the text, or -1
	steps    int // bytes that were looked at, for the test that the time is linear
}

// A tripleQuoted string, and the indentation of the line that it begins in.
type tripleQuoted struct {
	Span
	indent int
}

// A logicalLine is one statement's line, with its continuation lines.
type logicalLine struct {
	start   int    // first byte of the first physical line
	end     int    // after the terminator of the last one
	body    int    // first byte that is not indentation
	last    int    // after the last byte that is neither white space nor comment
	colon   int    // the first colon outside of brackets, or -1
	indent  int    // width of the indentation; a tab goes to the next multiple of 8
	word    string // first word; "@" for a decorator, "" for anything else
	blank   bool   // only white space or a comment
	parens  bool   // a round bracket stands in the line
	broken  bool   // a bracket or string is open, or a bracket closes nothing
	closers string // what ends the strings and brackets that are open
	patches []patch
	comment []Span // comments, without their terminator
}

// A patch makes the parser see other bytes than the text has.
type patch struct {
	at   int
	old  int // how many bytes are replaced
	with string
}

// bracketStops are the words that begin a statement and never a line inside brackets.
var bracketStops = map[string]bool{
	"def": true, "class": true, "with": true, "return": true, "try": true, "while": true,
	"raise": true, "del": true, "pass": true, "break": true, "continue": true, "global": true,
	"nonlocal": true, "assert": true, "except": true, "finally": true, "elif": true, "import": true,
}

func newScanner(text string, pos int) *scanner {
	return &scanner{text: text, pos: pos, open: -1}
}

// next returns the next logical line; ok is false at the end of the text.
func (s *scanner) next() (line logicalLine, ok bool) {
	if s.pos >= len(s.text) {
		return logicalLine{}, false
	}
	triples := len(s.triples)
	line, unclosed := s.scan(s.pos)
	if len(unclosed) > 0 {
		// No line up to the one that ended the brackets can close them either.
		if s.unclosed == nil {
			s.unclosed = map[int]bool{}
		}
		for _, b := range unclosed {
			s.unclosed[b] = true
		}
		s.triples, s.open = s.triples[:triples], -1
		line, _ = s.scan(s.pos)
	}
	s.pos = line.end
	return line, true
}

// scan reads one logical line from start. It returns the brackets that stay
// open, if any: the line must then be read again.
func (s *scanner) scan(start int) (l logicalLine, unclosed []int) {
	t := s.text
	l = logicalLine{start: start, colon: -1, blank: true}
	i := start
	l.indent, i = indentation(t, i)
	l.word = firstWord(t, i)
	l.body, l.last = i, i
	var stack []int
	var open []byte // brackets of this line that are known to stay open
	from := start
	for i < len(t) {
		switch c := t[i]; {
		case c == '\n' || c == '\r':
			if c == '\r' && !(i+1 < len(t) && t[i+1] == '\n') {
				l.patches = append(l.patches, patch{i, 1, "\n"})
			} else if c == '\r' {
				i++
			}
			i++
			if len(stack) == 0 {
				return s.finish(l, from, i, open), nil
			}
			if _, j := indentation(t, i); startsStatement(t, j) {
				s.steps += i - from
				return l, stack
			}
			continue
		case c == '#':
			j := i
			for j < len(t) && t[j] != '\n' && t[j] != '\r' {
				j++
			}
			l.comment = append(l.comment, Span{i, j})
			i = j
			continue
		case c == ' ' || c == '\t' || c == '\f':
			i++
			continue
		case c == '\\' && i+1 < len(t) && (t[i+1] == '\n' || t[i+1] == '\r'):
			i++
			if t[i] == '\r' && i+1 < len(t) && t[i+1] == '\n' {
				i++
			} else if t[i] == '\r' {
				l.patches = append(l.patches, patch{i, 1, "\n"})
			}
			i++
			l.blank = false
			continue
		case c == '\\':
			l.broken = true
			l.patches = append(l.patches, patch{i, 1, " "})
			i++
		case c == '"' || c == '\'':
			i = s.str(i, &l)
		case c == '(' || c == '[' || c == '{':
			l.parens = l.parens || c == '('
			if s.unclosed[i] {
				open = append(open, closer(c))
			} else {
				stack = append(stack, i)
			}
			i++
		case c == ')' || c == ']' || c == '}':
			if len(stack) > 0 {
				stack = stack[:len(stack)-1]
			} else {
				l.broken = true
			}
			i++
		default:
			if c == ':' && len(stack) == 0 && len(open) == 0 && l.colon < 0 && !strings.HasPrefix(t[i:], ":=") {
				l.colon = i
			}
			i++
		}
		l.blank = false
		l.last = i
	}
	s.steps += i - from
	return s.finish(l, i, i, open), stack
}

// finish ends a line at end. open are the brackets that it leaves open.
func (s *scanner) finish(l logicalLine, from, end int, open []byte) logicalLine {
	s.steps += end - from
	l.end = end
	for i := len(open) - 1; i >= 0; i-- {
		l.closers += string(open[i])
	}
	l.broken = l.broken || len(open) > 0
	switch l.word {
	case "class", "def", "async":
		l.patches = append(l.patches, typeParamDefaults(s.text, l)...)
	case "except":
		l.patches = append(l.patches, exceptTuple(s.text, l)...)
	case "type":
		l.patches = append(l.patches, typeStatement(s.text, l)...)
	}
	return l
}

func closer(open byte) byte {
	if open == '(' {
		return ')'
	}
	return open + 2
}

// startsStatement reports whether a statement begins at i that cannot be part
// of an expression.
func startsStatement(t string, i int) bool {
	w := firstWord(t, i)
	if w == "async" {
		_, i = indentation(t, i+len(w))
		w = firstWord(t, i)
		return w == "def" || w == "with"
	}
	return bracketStops[w]
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

func isNameByte(c byte) bool {
	return c == '_' || c >= 0x80 || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// typeParamDefaults blanks the defaults in a type parameter list (PEP 696),
// which the grammar does not know: class A[T = int] is read as class A[T      ].
func typeParamDefaults(text string, l logicalLine) []patch {
	head := text[l.body:l.end]
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
			out = append(out, patch{l.body + from, i - from, strings.Repeat(" ", i-from)})
			from = -1
		}
		if depth == 0 {
			break
		}
	}
	return out
}

// typeStatement handles a line that begins with "type": the grammar takes
// type(x).y = z for a type alias, so there the word is made a plain name.
func typeStatement(text string, l logicalLine) []patch {
	_, i := indentation(text, l.body+len("type"))
	if i < l.end && strings.IndexByte("([.", text[i]) >= 0 {
		return []patch{{l.body, 1, "_"}}
	}
	return typeParamDefaults(text, l)
}

// exceptTuple puts brackets around except A, B (PEP 758), which the grammar
// knows with two names only, and not behind except*.
func exceptTuple(text string, l logicalLine) []patch {
	_, from := indentation(text, l.body+len("except"))
	if from < l.last && text[from] == '*' {
		_, from = indentation(text, from+1)
	}
	depth, comma := 0, false
	for i := from; i < l.colon; i++ {
		switch text[i] {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth--
		case ',':
			comma = comma || depth == 0
		}
	}
	if !comma {
		return nil
	}
	return []patch{{from, 0, "("}, {l.colon, 0, ")"}}
}
