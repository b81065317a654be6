package lsp

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"go.lsp.dev/protocol"

	"sessionlint/analysis/python"
)

// mapper turns the places of one text into those of the protocol and back. All
// conversions are made here. Two kinds of places meet:
//
//   - offsets are bytes from the start of the text; the engine knows only these;
//   - positions are a line and a character, both counted from 0. A line ends
//     after "\n", "\r\n" or a lone "\r". The character counts the units of the
//     encoding: bytes (UTF-8), 16-bit units (UTF-16) or code points (UTF-32).
//
// The text is valid UTF-8. A mapper is immutable.
type mapper struct {
	text     string
	lines    *python.Lines
	start    int // the offset of the text's first byte: that of a cell in its notebook's module
	encoding protocol.PositionEncodingKind
}

// offset returns the offset of a position. A character past the end of its line
// means the end of the line, as the protocol says, and the first character of the
// line after the last one means the end of the text, as many clients have it.
// Every other position that the text does not have is an error.
func (m mapper) offset(p protocol.Position) (int, error) {
	line := int(min(p.Line, math.MaxInt32))
	if line >= m.lines.Count() {
		if line == m.lines.Count() && p.Character == 0 {
			return m.start + len(m.text), nil
		}
		return 0, fmt.Errorf("line %d of a text with %d lines", p.Line, m.lines.Count())
	}
	n, whole := m.bytes(m.line(line), int(min(p.Character, math.MaxInt32)))
	if !whole {
		return 0, fmt.Errorf("character %d of line %d is within a character", p.Character, p.Line)
	}
	return m.start + m.lines.Start(line) + n, nil
}

// span returns the bytes of a range, and an error if the text does not have it.
func (m mapper) span(r protocol.Range) (python.Span, error) {
	if r.End.Line < r.Start.Line || r.End.Line == r.Start.Line && r.End.Character < r.Start.Character {
		return python.Span{}, fmt.Errorf("a range ends at %s before it starts at %s", show(r.End), show(r.Start))
	}
	start, err := m.offset(r.Start)
	if err != nil {
		return python.Span{}, fmt.Errorf("a range starts at %w", err)
	}
	end, err := m.offset(r.End)
	if err != nil {
		return python.Span{}, fmt.Errorf("a range ends at %w", err)
	}
	return python.Span{Start: start, End: end}, nil
}

func show(p protocol.Position) string { return fmt.Sprintf("%d:%d", p.Line, p.Character) }

// position returns the position of an offset. An offset that no position can
// name, within a character or a line terminator, becomes the one before it.
func (m mapper) position(offset int) protocol.Position {
	offset = max(0, min(offset-m.start, len(m.text)))
	line := m.lines.Of(offset)
	start := m.lines.Start(line)
	offset = min(offset, start+len(m.line(line)))
	for offset > start && offset < len(m.text) && !utf8.RuneStart(m.text[offset]) {
		offset--
	}
	return protocol.Position{Line: uint32(line), Character: uint32(m.units(m.text[start:offset]))}
}

// rng returns the range of a span of bytes.
func (m mapper) rng(s python.Span) protocol.Range {
	return protocol.Range{Start: m.position(s.Start), End: m.position(s.End)}
}

// line returns a line without its terminator.
func (m mapper) line(n int) string {
	text := m.text[m.lines.Start(n):m.lines.End(n)]
	return strings.TrimSuffix(strings.TrimSuffix(text, "\n"), "\r")
}

// units returns how many units of the encoding a string has.
func (m mapper) units(s string) int {
	n := len(s)
	switch m.encoding {
	case protocol.PositionEncodingKindUTF16:
		n = 0
		for _, r := range s {
			n += utf16Units(r)
		}
	case protocol.PositionEncodingKindUTF32:
		n = utf8.RuneCountInString(s)
	}
	return n
}

// bytes returns how many bytes of s the first units of it take, all if it has
// fewer; whole is false if they end within a character.
func (m mapper) bytes(s string, units int) (n int, whole bool) {
	if m.encoding == protocol.PositionEncodingKindUTF8 {
		if units >= len(s) {
			return len(s), true
		}
		return units, utf8.RuneStart(s[units])
	}
	for i, r := range s {
		if units <= 0 {
			return i, units == 0
		}
		if m.encoding == protocol.PositionEncodingKindUTF16 {
			units -= utf16Units(r)
		} else {
			units--
		}
	}
	return len(s), units >= 0
}

func utf16Units(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}
