package notebook_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"sessionlint/analysis/notebook"
	"sessionlint/analysis/python"
)

var pieces = rapid.SampledFrom([]string{
	"\n", "\n", "\r\n", "    ", "x = 1\n", "def f(s):\n", "    s.commit()\n", "%matplotlib inline\n", "!ls é 日本\n", "%%time\n", "%%bash\n",
	"files = !ls\n", "f?\n", "?f\n", "'''", "(", ")", "\\\n", "if x:\n    !rm it's\n", "# what?\n", "y = '%s' % x\n", "😀", "%", "?", "!", ",f a\n",
})

func cells(t *rapid.T) []string {
	return rapid.SliceOfN(rapid.Map(rapid.SliceOfN(pieces, 0, 8), func(p []string) string { return strings.Join(p, "") }), 0, 6).Draw(t, "cells")
}

// TestPlaces takes each offset of each cell to the module and back.
func TestPlaces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := cells(t)
		m := notebook.New(texts)
		if !utf8.ValidString(m.Text) {
			t.Fatalf("%q is no text", m.Text)
		}
		at := 0
		for n, text := range texts {
			if m.Start(n) != at {
				t.Fatalf("cell %d begins at %d, want %d", n, m.Start(n), at)
			}
			for i := range len(text) + 1 {
				if m.Cell(at+i) != n {
					t.Fatalf("offset %d is in cell %d, want %d", at+i, m.Cell(at+i), n)
				}
				if strings.IndexByte("\r\n", (text + "\n")[i]) >= 0 && m.Text[at+i] != (text + "\n")[i] {
					t.Fatalf("cell %d: %q became %q: its lines are other ones", n, text, m.Text[at:])
				}
			}
			at += len(text) + 1
		}
		if at != len(m.Text) {
			t.Fatalf("the module has %d bytes, want %d", len(m.Text), at)
		}
	})
}

// TestEditsArePlaced makes edits that have a place in the module and in their cell,
// and compares.
func TestEditsArePlaced(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := cells(t)
		m := notebook.New(texts)
		e := python.Edit{New: rapid.SampledFrom([]string{"", "x = 2\n", "    s.commit()\n", "y"}).Draw(t, "new")}
		e.Start = rapid.IntRange(0, len(m.Text)).Draw(t, "start")
		e.End = rapid.IntRange(e.Start, len(m.Text)).Draw(t, "end")
		n, in, ok := m.Place(e)
		if !ok {
			return
		}
		if e.Start < m.Start(n) || in.Start < 0 || in.End > len(texts[n]) {
			if e.Start != e.End || in.Start != len(texts[n]) {
				t.Fatalf("%+v is %+v in cell %d", e, in, n)
			}
		}
		before := strings.Join(texts, "\n") + "\n"
		texts[n] = texts[n][:in.Start] + in.New + texts[n][in.End:]
		want := before[:e.Start] + e.New + before[e.End:]
		got := strings.Join(texts, "\n") + "\n"
		if got != want && !(e.New == "" && e.End > e.Start && before[e.End-1] == '\n' && got == before[:e.Start]+"\n"+before[e.End:]) {
			t.Fatalf("%+v makes %q of the cells, and %q of the module", e, got, want)
		}
	})
}

// TestMask shows what Python sees of cells.
func TestMask(t *testing.T) {
	for _, test := range []struct{ cell, want string }{
		{"x = 1\n", "x = 1\n"},
		{"%matplotlib inline\nx\n", "0                 \nx\n"},
		{"!ls", "0  "},
		{"if x:\n    !rm it's\n", "if x:\n    0       \n"},
		{"!ls \\\n  -l\nx", "0    \n    \nx"},
		{"files = !ls 'a\nx", "files = 0     \nx"},
		{"a, b = %sql select\n", "a, b = 0          \n"},
		{"f?\n", "0 \n"}, {"f.x??  # help\n", "0      # help\n"}, {"?f", "0 "},
		{"# what?\nx = '?'\n", "# what?\nx = '?'\n"},
		{"x = (5\n%3)\n", "x = (5\n%3)\n"}, {"'''\n!ls\n%x\n'''\n", "'''\n!ls\n%x\n'''\n"},
		{"x = a \\\n  % b\n", "x = a \\\n  % b\n"},
		{"%%time\ns.commit()\n", "0     \ns.commit()\n"},
		{"\n%%timeit -n 3\n!ls\n", "\n0            \n0  \n"},
		{"%%bash\necho 'it\n", "0     \n        \n"},
		{"%%timeitx\nx", "0        \n "},
		{"x == !y\n", "x == !y\n"},
		{"%", "0"}, {"?", "0"}, {"", ""},
	} {
		if got := notebook.New([]string{test.cell}).Text; got != test.want+"\n" {
			t.Errorf("%q: %q, want %q", test.cell, got, test.want+"\n")
		}
	}
}

// TestEditsOfSeveralCellsHaveNoPlace and neither have those of what is masked.
func TestEditsOfSeveralCellsHaveNoPlace(t *testing.T) {
	m := notebook.New([]string{"ab\n%magic\ncd", "%%time\nef", "gh"})
	for _, e := range []python.Edit{
		{Start: 11, End: 14}, {Start: 0, End: 25}, {Start: 3, End: 4}, {Start: 5, End: 5, New: "x"}, {Start: 0, End: 10},
		{Start: 13, End: 13, New: "# above the magic\n"}, {Start: 22, End: 24, New: "x"},
	} {
		if n, in, ok := m.Place(e); ok {
			t.Errorf("%+v is %+v in cell %d", e, in, n)
		}
	}
	if _, _, ok := notebook.New(nil).Place(python.Edit{}); ok {
		t.Error("a notebook without cells has one that is edited")
	}
	for _, test := range []struct {
		e, in python.Edit
		cell  int
	}{
		{python.Edit{Start: 10, End: 13, New: "xy\n"}, python.Edit{Start: 10, End: 12, New: "xy"}, 0},
		{python.Edit{Start: 23, End: 23, New: "  xy\n"}, python.Edit{Start: 9, End: 9, New: "\n  xy"}, 1},
		{python.Edit{Start: 23, End: 23, New: "xy\n"}, python.Edit{New: "xy\n"}, 2},
	} {
		if n, in, ok := m.Place(test.e); !ok || n != test.cell || in != test.in {
			t.Errorf("%+v is %+v in cell %d (%v), want %+v in %d", test.e, in, n, ok, test.in, test.cell)
		}
	}
}
