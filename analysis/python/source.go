package python

import (
	"cmp"
	"slices"
	"sort"
)

// A source is what the parser is given for a unit: its text with patches, in an
// if statement where it is indented. It maps the parser's offsets back.
type source struct {
	text  string // the unit's own text
	bytes []byte // what the parser reads
	marks []mark // where the two go out of step, in order
}

// From a mark on, an offset at of the parser's bytes stands for unit in the
// text, and those behind it for the ones that follow up to limit.
type mark struct{ at, unit, limit int }

const wrapper = "if 1:\n"

// newSource returns the source of a segment of a text. The patches are at
// offsets into the text.
func newSource(text string, s segment, patches []patch) *source {
	src := &source{text: text[s.start:s.end]}
	src.bytes = make([]byte, 0, len(src.text)+len(wrapper)+16)
	if s.indent > 0 {
		src.bytes = append(src.bytes, wrapper...)
		src.marks = append(src.marks, mark{0, 0, 0})
	}
	src.mark(0)
	slices.SortStableFunc(patches, func(a, b patch) int {
		if a.at != b.at {
			return cmp.Compare(a.at, b.at)
		}
		return cmp.Compare(min(a.old, 1), min(b.old, 1)) // what is inserted stands first
	})
	done := s.start
	for _, p := range patches {
		if p.at < done || p.at+p.old > s.end {
			continue // within one that reaches further
		}
		src.bytes = append(src.bytes, text[done:p.at]...)
		done = p.at + p.old
		if len(p.with) != p.old {
			src.marks = append(src.marks, mark{len(src.bytes), p.at - s.start, p.at - s.start})
		}
		src.bytes = append(src.bytes, p.with...)
		if len(p.with) != p.old {
			src.mark(done - s.start)
		}
	}
	src.bytes = append(src.bytes, text[done:s.end]...)
	return src
}

// mark says that the end of the bytes stands for an offset of the unit.
func (s *source) mark(unit int) {
	s.marks = append(s.marks, mark{len(s.bytes), unit, len(s.text)})
}

// span returns what a range of the parser's bytes stands for in the unit.
func (s *source) span(start, end int) Span {
	a := s.offset(start)
	return Span{a, max(a, s.offset(end))}
}

func (s *source) offset(at int) int {
	i := sort.Search(len(s.marks), func(i int) bool { return s.marks[i].at > at }) - 1
	if i < 0 {
		return 0
	}
	m := s.marks[i]
	return min(m.unit+at-m.at, m.limit)
}
