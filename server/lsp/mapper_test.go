package lsp

import (
	"strings"
	"testing"
	"unicode/utf8"

	"go.lsp.dev/protocol"
	"pgregory.net/rapid"

	"sessionlint/analysis/python"
)

var allEncodings = []protocol.PositionEncodingKind{
	protocol.PositionEncodingKindUTF8, protocol.PositionEncodingKindUTF16, protocol.PositionEncodingKindUTF32,
}

func mapped(text string, e protocol.PositionEncodingKind) mapper {
	return mapper{text: text, lines: python.NewLines(text), encoding: e}
}

func TestMapperPositions(t *testing.T) {
	const text = "aé😀b\r\nx\ry\n"
	for _, test := range []struct {
		offset             int
		line               uint32
		utf8, utf16, utf32 uint32
	}{
		{0, 0, 0, 0, 0},
		{1, 0, 1, 1, 1},
		{3, 0, 3, 2, 2},
		{7, 0, 7, 4, 3},
		{8, 0, 8, 5, 4},
		{10, 1, 0, 0, 0},
		{11, 1, 1, 1, 1},
		{12, 2, 0, 0, 0},
		{14, 3, 0, 0, 0},
	} {
		for n, want := range []uint32{test.utf8, test.utf16, test.utf32} {
			m := mapped(text, allEncodings[n])
			p := protocol.Position{Line: test.line, Character: want}
			if got := m.position(test.offset); got != p {
				t.Errorf("%s: offset %d is %v, want %v", m.encoding, test.offset, got, p)
			}
			if got, err := m.offset(p); err != nil || got != test.offset {
				t.Errorf("%s: %v is %d (%v), want %d", m.encoding, p, got, err, test.offset)
			}
		}
	}
}

// Offsets that no position can name become the place before them.
func TestMapperOffsetsBetween(t *testing.T) {
	for offset, want := range map[int]protocol.Position{
		-1: {}, 1: {}, 2: {}, 3: {}, 5: {Character: 1}, 6: {Line: 1}, 99: {Line: 1},
	} {
		if got := mapped("😀\r\n", protocol.PositionEncodingKindUTF32).position(offset); got != want {
			t.Errorf("offset %d is %v, want %v", offset, got, want)
		}
	}
}

func TestMapperErrors(t *testing.T) {
	for _, p := range []protocol.Position{{Line: 2}, {Line: 1, Character: 1}, {Line: 1<<32 - 1}, {Character: 1}} {
		if n, err := mapped("😀", protocol.PositionEncodingKindUTF16).offset(p); err == nil {
			t.Errorf("%v is %d", p, n)
		}
	}
	// Within a character of two units there is one bad place, of four bytes three.
	for n, want := range []int{3, 1, 0} {
		bad := 0
		for character := range uint32(9) {
			if _, err := mapped("😀", allEncodings[n]).offset(protocol.Position{Character: character}); err != nil {
				bad++
			}
		}
		if bad != want {
			t.Errorf("%s: %d bad places, want %d", allEncodings[n], bad, want)
		}
	}
}

// Every offset that a position can name comes back.
func TestMapperRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{
			"a", "\t", "é", "e\u0301", "\ufeff", "\uffff", "😀", "👩‍👩‍👧", "\n", "\r\n", "\r", "\u2028",
		})).Draw(t, "pieces"), "")
		for _, e := range allEncodings {
			m := mapped(text, e)
			for offset := range len(text) + 1 {
				within := offset < len(text) && !utf8.RuneStart(text[offset])
				crlf := offset > 0 && offset < len(text) && text[offset-1:offset+1] == "\r\n"
				if within || crlf {
					continue
				}
				got, err := m.offset(m.position(offset))
				if err != nil || got != offset {
					t.Fatalf("%s: offset %d of %q comes back as %d (%v)", e, offset, text, got, err)
				}
			}
		}
	})
}
