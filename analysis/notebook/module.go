// Package notebook makes one module of the Python cells of a notebook, and finds
// the places of the one in the other. Each byte of a cell is one of the module, at
// a place that only the cells before it decide: what is IPython's and not Python's
// is masked, and takes as many bytes as before.
package notebook

import (
	"sort"
	"strings"

	"sessionlint/analysis/python"
)

// Module is the cells of a notebook, one behind the other, as Python sees them. It
// is immutable.
type Module struct {
	Text  string
	cells []cell
}

// cell is a part of the text of a module. One byte, the end of a line, stands
// between it and the next one.
type cell struct {
	python.Span
	masked []python.Span // in the module, in their order
}

// New returns the module of cells, whose texts are valid UTF-8.
func New(cells []string) *Module {
	m := &Module{}
	var b strings.Builder
	for _, text := range cells {
		start := b.Len()
		seen, masked := mask(text)
		for n := range masked {
			masked[n].Start += start
			masked[n].End += start
		}
		b.WriteString(seen)
		m.cells = append(m.cells, cell{python.Span{Start: start, End: b.Len()}, masked})
		b.WriteByte('\n')
	}
	m.Text = b.String()
	return m
}

// Start returns the offset at which a cell begins.
func (m *Module) Start(cell int) int { return m.cells[cell].Start }

// Cell returns which cell an offset lies in: the end of a cell belongs to it. It is
// -1 if there are no cells.
func (m *Module) Cell(offset int) int {
	n := sort.Search(len(m.cells), func(n int) bool { return m.cells[n].Start > offset })
	return max(n-1, min(0, len(m.cells)-1))
}

// Place returns the cell that an edit of the module changes, and the edit with
// offsets from the start of that cell. It returns false if no cell can have the
// edit: because it concerns several, or what is masked.
func (m *Module) Place(e python.Edit) (cell int, in python.Edit, ok bool) {
	cell = m.Cell(e.Start)
	if cell < 0 {
		return 0, e, false
	}
	c := m.cells[cell]
	if e.Start == c.Start && e.End == e.Start && cell > 0 && indented(e.New) {
		// A line that goes on with a block is the last one of the cell before.
		cell--
		c = m.cells[cell]
		e = python.Edit{Start: c.End, End: c.End, New: "\n" + strings.TrimSuffix(e.New, "\n")}
	}
	switch {
	case e.End == c.End+1 && strings.HasSuffix(e.New, "\n"):
		e.End, e.New = c.End, strings.TrimSuffix(e.New, "\n")
	case e.End == c.End+1 && e.New == "":
		e.End = c.End // the cell keeps an empty line
	}
	if e.Start > c.End || e.End > c.End {
		return 0, e, false
	}
	for _, s := range c.masked {
		if e.Start <= s.Start && s.Start <= e.End || s.Start <= e.Start && e.Start < s.End {
			return 0, e, false
		}
	}
	e.Start -= c.Start
	e.End -= c.Start
	return cell, e, true
}

func indented(line string) bool { return strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t") }
