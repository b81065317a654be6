package quickfix

import (
	"strings"

	"sessionlint/analysis/python"
)

// rewrite makes the edits of a move.
func (m *move) rewrite() string {
	from := m.edit.Indentation(m.firstLine(m.with))
	to, reason := m.openBody(m.into)
	if reason != "" {
		return reason
	}
	if by, ok := strings.CutPrefix(to, from); ok && m.contiguous() {
		m.indentInPlace(to, by)
		return ""
	}
	m.carry(from, to)
	return ""
}

// contiguous reports whether the statements that move stand right behind the
// block.
func (m *move) contiguous() bool {
	for n := m.block.index + 1; n <= m.last; n++ {
		if !m.moved[n] {
			return false
		}
	}
	return true
}

// indentInPlace moves statements into the block before them by indenting them.
func (m *move) indentInPlace(to, by string) {
	first := m.topLine(m.block.stmts[m.block.index+1], m.lastLine(m.with))
	for n := m.lastLine(m.with) + 1; n < first; n++ { // comments between
		if rest, ok := strings.CutPrefix(to, m.edit.Indentation(n)); ok && m.edit.Comment(n) {
			m.edit.Indent(n, n, rest)
		}
	}
	m.edit.Indent(first, m.lastLine(m.block.stmts[m.last]), by)
}

// carry cuts the statements out and puts them at the end of the block.
func (m *move) carry(from, to string) {
	end := m.lastLine(m.into)
	for m.edit.Comment(end+1) && strings.HasPrefix(m.edit.Indentation(end+1), to) {
		end++
	}
	for n := m.block.index + 1; n <= m.last; n++ {
		if !m.moved[n] {
			continue
		}
		s := m.block.stmts[n]
		first, last := m.topLine(s, m.lastLine(m.block.stmts[n-1])), m.lastLine(s)
		m.edit.Insert(end+1, m.edit.Moved(first, last, from, to)...)
		if m.edit.Blank(first-1) && (m.edit.Blank(last+1) || n == len(m.block.stmts)-1) {
			first--
		}
		m.edit.Delete(first, last)
	}
}

// openBody returns the indentation of a with statement's body. A body that
// stands on the line of its head gets a line of its own.
func (s *site) openBody(w *python.With) (indent, reason string) {
	head, body := s.firstLine(w), s.firstLine(w.Body[0])
	if !s.sharesLine(w) {
		return s.edit.Indentation(body), ""
	}
	indent = s.edit.Indentation(head) + s.unit()
	sp := s.placed.Abs(w.Body[0].Pos())
	text := s.snap.File.Text
	colon := strings.LastIndexByte(text[:sp.Start], ':')
	if colon < 0 || !blank(text[colon+1:sp.Start]) {
		return "", "the head of the block was not understood"
	}
	s.edit.Replace(colon+1, sp.Start, s.edit.EOL()+indent)
	return indent, ""
}

// sharesLine reports whether a with statement's body stands on the line that
// its head ends on.
func (s *site) sharesLine(w *python.With) bool {
	sp := s.placed.Abs(w.Body[0].Pos())
	line := s.snap.File.Lines.Of(sp.Start)
	return !blank(s.snap.File.Text[s.snap.File.Lines.Start(line):sp.Start])
}

// unit returns what the function is indented by for each level: as much as its
// first compound statement does, else four spaces.
func (s *site) unit() string {
	unit := ""
	for _, st := range s.body {
		find([]python.Stmt{st}, nil, func(c python.Stmt) bool {
			for _, b := range blocksOf(c) {
				if len(b) == 0 || unit != "" {
					continue
				}
				outer := s.edit.Indentation(s.firstLine(c))
				inner := s.edit.Indentation(s.firstLine(b[0]))
				if by, ok := strings.CutPrefix(inner, outer); ok {
					unit = by
				}
			}
			return unit != ""
		})
	}
	if f := s.facts.Function; unit == "" && f != nil {
		outer := s.edit.Indentation(s.firstLine(f.Name))
		if by, ok := strings.CutPrefix(s.edit.Indentation(s.firstLine(s.body[0])), outer); ok {
			unit = by
		}
	}
	if unit == "" {
		unit = "    "
	}
	return unit
}
