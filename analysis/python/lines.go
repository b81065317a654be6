package python

import (
	"sort"
	"strings"
)

// Lines knows where the lines of a text begin. A line ends after "\n", "\r\n"
// or a lone "\r", as the Language Server Protocol counts them. It is immutable.
type Lines struct {
	starts []int
	size   int
}

// NewLines returns the lines of text.
func NewLines(text string) *Lines {
	l := &Lines{starts: make([]int, 1, 1+strings.Count(text, "\n")), size: len(text)}
	l.starts = appendStarts(l.starts, text, 0)
	return l
}

// appendStarts appends the offsets at which lines begin in text, which stands
// at offset base; the first line of text is the caller's.
func appendStarts(starts []int, text string, base int) []int {
	for i := 0; i < len(text); {
		n := strings.IndexAny(text[i:], "\r\n")
		if n < 0 {
			break
		}
		i += n + 1
		if text[i-1] == '\r' && i < len(text) && text[i] == '\n' {
			i++
		}
		starts = append(starts, base+i)
	}
	return starts
}

// Count returns the number of lines; an empty text has one.
func (l *Lines) Count() int { return len(l.starts) }

// Start returns the byte offset at which a line begins, counted from 0. A line
// past the last one begins at the end of the text.
func (l *Lines) Start(line int) int {
	if line >= len(l.starts) {
		return l.size
	}
	return l.starts[line]
}

// End returns the byte offset after a line's terminator.
func (l *Lines) End(line int) int { return l.Start(line + 1) }

// Of returns the line, counted from 0, that holds the byte at offset.
func (l *Lines) Of(offset int) int {
	return sort.Search(len(l.starts), func(i int) bool { return l.starts[i] > offset }) - 1
}

// Position returns the line and the byte column, both counted from 0, of a
// byte offset.
func (l *Lines) Position(offset int) (line, column int) {
	line = l.Of(offset)
	return line, offset - l.starts[line]
}

// edit returns the lines of the text that e makes of one with lines l; text is
// the new text.
func (l *Lines) edit(e Edit, text string) *Lines {
	// One line more on each side, so that a "\r" that meets a "\n" is seen.
	first := max(l.Of(e.Start)-1, 0)
	last := l.Of(e.End) + 1
	delta := len(e.New) - (e.End - e.Start)
	n := &Lines{size: l.size + delta, starts: make([]int, 0, len(l.starts)+8)}
	n.starts = append(n.starts, l.starts[:first+1]...)
	end := l.Start(last) + delta
	n.starts = appendStarts(n.starts, text[l.starts[first]:end], l.starts[first])
	if last < len(l.starts) {
		if n.starts[len(n.starts)-1] == end {
			n.starts = n.starts[:len(n.starts)-1]
		}
		for _, s := range l.starts[last:] {
			n.starts = append(n.starts, s+delta)
		}
	}
	return n
}
