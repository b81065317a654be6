package quickfix

import (
	"strings"

	"sessionlint/analysis/python"
)

// deleteStmt deletes a statement that stands on lines of its own, and is not the
// only one of its block.
func (s *site) deleteStmt(st python.Stmt) {
	s.deleteLine(s.placed.Abs(st.Pos()), s.firstLine(st), s.lastLine(st))
}

// deleteLine deletes a statement's lines. A comment behind it stays, on a line
// of its own.
func (s *site) deleteLine(at python.Span, first, last int) {
	f := s.snap.File
	if rest := strings.TrimLeft(f.Text[at.End:f.Lines.End(last)], " \t"); strings.HasPrefix(rest, "#") {
		s.edit.Replace(at.Start, f.Lines.End(last)-len(rest), "")
		return
	}
	if s.edit.Blank(first-1) && (last+1 >= f.Lines.Count() || s.edit.Blank(last+1) || s.endsBlock(first, last)) {
		first--
	}
	s.edit.Delete(first, last)
}

// endsBlock reports whether the line behind the given ones is indented less.
func (s *site) endsBlock(first, last int) bool {
	return len(s.edit.Indentation(last+1)) < len(s.edit.Indentation(first))
}

// unwrap takes the head of a statement away and dedents its body. head is where
// the expressions of the head end. It says why it does not, "" if it does.
func (s *site) unwrap(st python.Stmt, head int, body []python.Stmt) string {
	first := s.firstLine(st)
	colon := s.colonLine(head, s.placed.Abs(body[0].Pos()).Start)
	if colon < 0 || !s.ownLines(body[0]) {
		return "the block stands on the line of its head"
	}
	comment := -1
	for n := first; n <= colon; n++ {
		if at := s.comment(n); at >= 0 {
			if first < colon {
				return "a comment stands on the head of the block"
			}
			comment = at
		}
	}
	outer, inner := s.edit.Indentation(first), s.edit.Indentation(s.firstLine(body[0]))
	by, ok := strings.CutPrefix(inner, outer)
	if !ok || by == "" {
		return "the indentation was not understood"
	}
	if comment >= 0 {
		s.edit.Replace(s.placed.Abs(st.Pos()).Start, comment, "")
	} else {
		s.edit.Delete(first, colon)
	}
	s.edit.Dedent(colon+1, s.bodyEnd(body), by)
	return ""
}

// bodyEnd returns the last line of a block, with the comments that end it.
func (s *site) bodyEnd(body []python.Stmt) int {
	last := s.lastLine(body[len(body)-1])
	inner := s.edit.Indentation(s.firstLine(body[0]))
	for last+1 < s.snap.File.Lines.Count() && s.edit.Comment(last+1) && strings.HasPrefix(s.edit.Indentation(last+1), inner) {
		last++
	}
	return last
}

// colonLine returns the line of the colon that ends a head, which is looked for
// from an offset of the file on; -1 if there is none before the body.
func (s *site) colonLine(from, body int) int {
	text := s.snap.File.Text
	for n := from; n < body; n++ {
		switch text[n] {
		case ':':
			if line := s.snap.File.Lines.Of(n); line < s.snap.File.Lines.Of(body) {
				return line
			}
			return -1
		case '#':
			for n < body && text[n] != '\n' && text[n] != '\r' {
				n++
			}
		}
	}
	return -1
}

// comment returns where the comment of a line begins, -1 if it has none.
func (s *site) comment(line int) int {
	f := s.snap.File
	for _, p := range f.Units {
		for _, c := range p.Unit.Comments {
			if at := p.Abs(c); f.Lines.Of(at.Start) == line {
				return at.Start
			}
		}
	}
	return -1
}

// removeFinally takes the finally clause of a try away, and the try too if it
// has no handlers. The comments of a statement that moved elsewhere may go with
// it. It says why it does not, "" if it does.
func (s *site) removeFinally(t *python.Try, moved python.Stmt) string {
	first, last := s.firstLine(t.Finally[0]), s.bodyEnd(t.Finally)
	head := first - 1
	for head > 0 && (s.edit.Blank(head) || s.edit.Comment(head)) {
		head--
	}
	if strings.TrimSpace(s.edit.Line(head)) != "finally:" {
		return "the head of the finally clause was not understood"
	}
	for n := head; n <= last; n++ {
		stays := moved == nil || n <= head || n > s.lastLine(moved)
		if stays && s.comment(n) >= 0 {
			return "a comment stands in the finally clause"
		}
	}
	s.edit.Delete(head, last)
	if len(t.Handlers) > 0 {
		return ""
	}
	if len(t.Else) > 0 {
		return "the try has an else"
	}
	return s.unwrap(t, s.placed.Abs(t.Span).Start+len("try"), t.Body)
}
