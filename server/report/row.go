package report

import (
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

const (
	tabWidth = 4   // columns that a tab is shown with, wherever it stands
	maxWidth = 120 // columns of a source line that are shown
	lead     = 20  // columns that are kept before an underlined part when a line is cut
)

// row is a source line as a terminal shows it: cells of one or more columns.
type row struct {
	cells []cell
	width int // in columns
	size  int // in bytes of the source
}

// cell is a grapheme cluster, which a terminal shows as one.
type cell struct {
	text   string
	offset int // byte offset in the source line
	column int // where it begins, from 0
	width  int // in columns
}

// layOut finds out where the characters of a line stand in a terminal.
func layOut(line string) row {
	r := row{size: len(line)}
	state := -1
	for rest := line; rest != ""; {
		c := cell{offset: len(line) - len(rest), column: r.width}
		c.text, rest, c.width, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if c.text == "\t" {
			c.text, c.width = strings.Repeat(" ", tabWidth), tabWidth
		} else if first, _ := utf8.DecodeRuneInString(c.text); c.width == 0 || first < 0x20 {
			// What has no width of its own would hide in the output.
			c.text, c.width = printable(c.text), 1
		}
		r.cells = append(r.cells, c)
		r.width += c.width
	}
	return r
}

// printable returns the one character to show for a cluster without a width.
func printable(cluster string) string {
	first, _ := utf8.DecodeRuneInString(cluster)
	if shown, ok := visible(first); ok {
		return string(shown)
	}
	return string(utf8.RuneError)
}

// columns returns the columns that the bytes from start to end take, at least
// one; end is the column after the last.
func (r row) columns(start, end int) (from, to int) {
	from, to = r.column(start), r.width
	for _, c := range r.cells {
		if c.offset >= end {
			to = c.column
			break
		}
	}
	return from, max(to, from+1)
}

// column returns the column of the cluster that holds the byte at offset.
func (r row) column(offset int) int {
	if offset >= r.size {
		return r.width
	}
	column := 0
	for _, c := range r.cells {
		if c.offset > offset {
			break
		}
		column = c.column
	}
	return column
}

// window is the part of a row that is shown.
type window struct {
	text     string // with marks where it is cut
	from, to int    // the columns of the row that it shows
	shift    int    // columns that the mark at its beginning takes
	cut      bool   // the row goes on after it
}

// window returns the part of a row that shows the columns from…to, or as many
// of them as there is room for.
func (r row) window(from, to int) window {
	w := window{from: 0, to: r.width}
	if r.width > maxWidth {
		if to > maxWidth {
			w.from = max(0, min(from-lead, r.width-maxWidth))
		}
		w.to = w.from + maxWidth
	}
	var b strings.Builder
	if w.from > 0 {
		b.WriteString("…")
		w.shift = 1
	}
	first := true
	for _, c := range r.cells {
		if c.column < w.from || c.column+c.width > w.to {
			continue
		}
		if first {
			w.from, first = c.column, false // a wide character at the edge falls away
		}
		b.WriteString(c.text)
	}
	if w.cut = w.to < r.width; w.cut {
		b.WriteString("…")
	}
	w.text = b.String()
	return w
}

// holds reports whether the window shows a column, the one after its last
// included if the row ends there.
func (w window) holds(column int) bool {
	return w.from <= column && (column < w.to || column == w.to && !w.cut)
}

// underline returns a line of marks under the columns from…to of the row.
func (w window) underline(from, to int, mark byte) string {
	from = max(from, w.from)
	to = max(from+1, min(to, w.to))
	return strings.Repeat(" ", w.shift+from-w.from) + strings.Repeat(string(mark), to-from)
}
