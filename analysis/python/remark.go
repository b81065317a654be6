package python

import "sort"

// A Remark is a comment with what it stands at. Spans count from the start of
// the unit.
type Remark struct {
	Span        // the comment, without the end of its line
	Alone  bool // it stands on a line of its own, not within a statement
	Indent int  // of one that is alone: the width of its indentation

	// About is the line that the comment stands in, with its continuation lines
	// and without its indentation: a simple statement, or the head of a block.
	// Of a comment that is alone, it is the whole statement or clause directly
	// below, with decorators and blocks; it is empty if an empty line or nothing
	// is there.
	About Span
}

// A unitLine is what a unit keeps of a logical line to tell what its comments
// are about.
type unitLine struct {
	body, end   int // without the indentation, and with the end of the line
	indent      int
	blank, note bool // without a statement; with a comment
	kind        lineKind
}

type lineKind uint8

const (
	otherLine lineKind = iota
	decorator
	hasClauses // begins a statement that can go on with a clause
	clause     // else and the like
)

// linesFor returns the lines that a unit keeps: none if it has no comments.
func linesFor(text string, s segment) []unitLine {
	n := 0
	for _, l := range s.lines {
		n += len(l.comment)
	}
	if n == 0 {
		return nil
	}
	out := make([]unitLine, len(s.lines))
	for i, l := range s.lines {
		out[i] = unitLine{
			body: l.body - s.start, end: l.end - s.start, indent: l.indent,
			blank: l.blank, note: len(l.comment) > 0,
		}
		switch l.keyword(text) {
		case "@":
			out[i].kind = decorator
		case "if", "for", "while", "try":
			out[i].kind = hasClauses
		case "elif", "else", "except", "finally":
			out[i].kind = clause
		}
	}
	return out
}

// Remark returns one of the unit's comments with what it stands at.
func (u *Unit) Remark(comment Span) Remark {
	r := Remark{Span: comment}
	at := sort.Search(len(u.lines), func(i int) bool { return u.lines[i].end > comment.Start })
	if at == len(u.lines) {
		return r // no comment of this unit
	}
	if l := u.lines[at]; !l.blank {
		r.About = Span{l.body, l.end}
		return r
	}
	r.Alone, r.Indent = true, u.lines[at].indent
	r.About = u.below(at)
	return r
}

// below returns the statement directly below a comment's line.
func (u *Unit) below(at int) Span {
	first := at + 1
	for first < len(u.lines) && u.lines[first].blank && u.lines[first].note {
		first++
	}
	if first == len(u.lines) || u.lines[first].blank {
		return Span{}
	}
	head := first
	for head+1 < len(u.lines) && (u.lines[head].kind == decorator || u.lines[head].blank) {
		head++
	}
	l := u.lines[head]
	about := Span{u.lines[first].body, l.end}
	for _, n := range u.lines[head+1:] {
		switch {
		case n.blank:
		case n.indent > l.indent, n.indent == l.indent && l.kind == hasClauses && n.kind == clause:
			about.End = n.end
		default:
			return about
		}
	}
	return about
}
