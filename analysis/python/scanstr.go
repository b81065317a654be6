package python

import "strings"

// maxFieldLines bounds how far an interpolation of a one-line f-string may
// reach, so that text full of open ones is not read over and over.
const maxFieldLines = 40

// maxNestedFormats bounds how deep f-strings stand in one another.
const maxNestedFormats = 50

// str steps over the string whose opening quote stands at i.
func (s *scanner) str(i int, l *logicalLine) int {
	t := s.text
	formatted := prefix(t, i, l)
	if isTriple(t, i) {
		return s.triple(i, l)
	}
	if formatted && !s.plain.Contains(Span{i, i + 1}) {
		patches := len(l.patches)
		if end := formatString(t, i, l, 0); end > 0 {
			return end
		}
		l.patches = l.patches[:patches]
		// Nor will one that begins later on this line be closed.
		end := i
		for end < len(t) && t[end] != '\n' && t[end] != '\r' {
			end++
		}
		s.plain = Span{i, end}
	}
	end, closed := plainString(t, i)
	for j := i; j < end; j++ {
		if t[j] == '\r' && !(j+1 < len(t) && t[j+1] == '\n') { // behind a backslash
			l.patches = append(l.patches, patch{j, 1, "\n"})
		}
	}
	if !closed {
		l.broken = true
		l.patches = append(l.patches, patch{end, 0, t[i : i+1]})
	}
	return end
}

// plainString returns the end of the one-line string that begins at i, and
// whether it is closed there.
func plainString(t string, i int) (end int, closed bool) {
	for j := i + 1; j < len(t); j++ {
		switch t[j] {
		case '\\':
			if j+2 < len(t) && t[j+1] == '\r' && t[j+2] == '\n' {
				j++
			}
			j++
		case t[i]:
			return j + 1, true
		case '\n', '\r':
			return j, false
		}
	}
	return len(t), false
}

// A field is an interpolation that is being read.
type field struct {
	depth int  // brackets that are open in it, itself included
	spec  bool // the format spec is being read, which is text
}

// formatString returns the end of the one-line f-string that begins at i, whose
// interpolations may hold any string and, since PEP 701, line ends; 0 where it
// is not closed. The line gets the patches for t-strings inside of it.
func formatString(t string, i int, l *logicalLine, nesting int) int {
	if nesting > maxNestedFormats {
		return 0
	}
	quote, lines, depth := t[i], 0, 0
	var fields []field
	for j := i + 1; j < len(t); j++ {
		c := t[j]
		var in *field
		if len(fields) > 0 {
			in = &fields[len(fields)-1]
		}
		text := in == nil || in.spec && depth == in.depth
		switch {
		case c == '\n' || c == '\r':
			if lines++; text || lines > maxFieldLines {
				return 0
			}
		case text && c == '\\':
			j++
		case text && c == quote:
			if in != nil {
				return 0
			}
			return j + 1
		case text && c == '{':
			if in == nil && j+1 < len(t) && t[j+1] == '{' {
				j++
				continue
			}
			depth++
			fields = append(fields, field{depth: depth})
		case text && c == '}' && in == nil:
		case c == '}' && depth == in.depth:
			fields = fields[:len(fields)-1]
			depth--
		case text:
		case c == '(' || c == '[' || c == '{':
			depth++
		case c == ')' || c == ']' || c == '}':
			if depth--; depth < in.depth {
				return 0
			}
		case c == ':' && depth == in.depth:
			in.spec = true
		case c == '#':
			for j+1 < len(t) && t[j+1] != '\n' && t[j+1] != '\r' {
				j++
			}
		case c == '"' || c == '\'':
			end := nestedString(t, j, l, nesting+1)
			if end == 0 {
				return 0
			}
			j = end - 1
		}
	}
	return 0
}

// nestedString returns the end of the string in an interpolation whose quote
// stands at i, or 0 where it is not closed.
func nestedString(t string, i int, l *logicalLine, nesting int) int {
	formatted := prefix(t, i, l)
	if isTriple(t, i) {
		n := strings.Index(t[i+3:], t[i:i+3])
		if n < 0 {
			return 0
		}
		return i + 3 + n + 3
	}
	if formatted {
		return formatString(t, i, l, nesting)
	}
	end, closed := plainString(t, i)
	if !closed {
		return 0
	}
	return end
}

func isTriple(t string, i int) bool {
	return i+2 < len(t) && t[i+1] == t[i] && t[i+2] == t[i]
}

// triple steps over a triple-quoted string that begins at i.
func (s *scanner) triple(i int, l *logicalLine) int {
	t := s.text
	if s.broken[i] {
		return breakTriple(i, l)
	}
	end := t[i : i+3]
	patches := len(l.patches)
	for j := i + 3; j < len(t); j++ {
		switch {
		case t[j] == '\\' && j+1 < len(t) && t[j+1] != '\r':
			j++
		case t[j] == '\r' && !(j+1 < len(t) && t[j+1] == '\n'):
			l.patches = append(l.patches, patch{j, 1, "\n"})
		case t[j] == end[0] && strings.HasPrefix(t[j:], end):
			s.triples = append(s.triples, tripleQuoted{Span{i, j + 3}, l.indent})
			return j + 3
		}
	}
	if s.giveUp {
		l.patches = l.patches[:patches]
		return breakTriple(i, l)
	}
	s.open = i
	return len(t)
}

// breakTriple makes white space of a triple quote that is never closed.
func breakTriple(i int, l *logicalLine) int {
	l.broken = true
	l.patches = append(l.patches, patch{i, 3, "   "})
	return i + 3
}

// prefix reads the prefix of the string whose quote stands at i. It lets the
// parser read a t-string (PEP 750) as an f-string, for the grammar does not
// know t-strings and both have the same inside.
func prefix(t string, quote int, l *logicalLine) (formatted bool) {
	i := quote
	for i > l.start && quote-i < 2 && strings.IndexByte("tTrRfF", t[i-1]) >= 0 {
		i--
	}
	if i > l.start && isNameByte(t[i-1]) {
		return false
	}
	for ; i < quote; i++ {
		switch t[i] {
		case 'f', 'F':
			formatted = true
		case 't', 'T':
			formatted = true
			l.patches = append(l.patches, patch{i, 1, "f"})
		}
	}
	return formatted
}
