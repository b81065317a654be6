// Package edit changes source text line by line: it indents, deletes and
// inserts lines, and leaves every byte alone that it need not touch.
package edit

import (
	"sort"
	"strings"

	"sessionlint/analysis/python"
)

// TextEdit replaces the bytes from Start to End of a file by New.
type TextEdit struct {
	Start, End int
	New        string
}

// Apply returns text with the edits made. They are sorted and do not overlap,
// as [Editor.Edits] gives them.
func Apply(text string, edits []TextEdit) string {
	var b strings.Builder
	at := 0
	for _, e := range edits {
		b.WriteString(text[at:e.Start])
		b.WriteString(e.New)
		at = e.End
	}
	b.WriteString(text[at:])
	return b.String()
}

// An Editor collects changes to the lines of one file. Lines are counted from 0.
type Editor struct {
	text   string
	lines  *python.Lines
	frozen map[int]bool // lines that begin inside a string
	eol    string
	indent map[int]string   // by line: what is put before it
	dedent map[int]int      // by line: how many bytes of its white space are taken away
	gone   map[int]bool     // lines that are deleted
	before map[int][]string // by line: the lines that are inserted before it
	spans  []TextEdit       // changes within a line
}

// New returns an editor of a file. strings are the spans of its string
// literals, as bytes of the file: lines that begin inside one are its text, and
// are never indented.
func New(f *python.File, strings []python.Span) *Editor {
	e := &Editor{
		text:   f.Text,
		lines:  f.Lines,
		frozen: map[int]bool{},
		indent: map[int]string{},
		dedent: map[int]int{},
		gone:   map[int]bool{},
		before: map[int][]string{},
		eol:    lineEnd(f.Text),
	}
	for _, s := range strings {
		for n := f.Lines.Of(s.Start) + 1; n <= f.Lines.Of(max(s.End-1, s.Start)); n++ {
			e.frozen[n] = true
		}
	}
	return e
}

// lineEnd returns how the lines of a text end: as the first one does.
func lineEnd(text string) string {
	n := strings.IndexAny(text, "\r\n")
	switch {
	case n < 0 || text[n] == '\n':
		return "\n"
	case strings.HasPrefix(text[n:], "\r\n"):
		return "\r\n"
	}
	return "\r"
}

// EOL returns how the lines of the file end.
func (e *Editor) EOL() string { return e.eol }

// Line returns a line without its terminator.
func (e *Editor) Line(n int) string {
	return strings.TrimRight(e.text[e.lines.Start(n):e.lines.End(n)], "\r\n")
}

// Blank reports whether a line is empty or only white space.
func (e *Editor) Blank(n int) bool { return strings.TrimSpace(e.Line(n)) == "" }

// Comment reports whether nothing but a comment stands on a line.
func (e *Editor) Comment(n int) bool {
	return !e.frozen[n] && strings.HasPrefix(strings.TrimSpace(e.Line(n)), "#")
}

// Indentation returns the white space at the start of a line.
func (e *Editor) Indentation(n int) string {
	l := e.Line(n)
	return l[:len(l)-len(strings.TrimLeft(l, " \t"))]
}

// Indent puts white space before the lines from first to last. Blank lines and
// lines inside a string stay as they are.
func (e *Editor) Indent(first, last int, by string) {
	for n := first; n <= last; n++ {
		if !e.frozen[n] && !e.Blank(n) {
			e.indent[n] += by
		}
	}
}

// Dedent takes white space away from the lines from first to last. Blank lines,
// lines inside a string, and those that do not begin with it stay as they are.
func (e *Editor) Dedent(first, last int, by string) {
	for n := first; n <= last; n++ {
		if !e.frozen[n] && !e.Blank(n) && strings.HasPrefix(e.Line(n)[e.dedent[n]:], by) {
			e.dedent[n] += len(by)
		}
	}
}

// Delete removes the lines from first to last.
func (e *Editor) Delete(first, last int) {
	for n := first; n <= last; n++ {
		e.gone[n] = true
	}
}

// Insert puts lines before a line.
func (e *Editor) Insert(before int, lines ...string) {
	e.before[before] = append(e.before[before], lines...)
}

// Replace changes bytes within a line.
func (e *Editor) Replace(start, end int, by string) {
	e.spans = append(e.spans, TextEdit{start, end, by})
}

// Moved returns the lines from first to last as they read when they are
// indented by to instead of from.
func (e *Editor) Moved(first, last int, from, to string) []string {
	var out []string
	for n := first; n <= last; n++ {
		l := e.Line(n)
		if rest, ok := strings.CutPrefix(l, from); ok && !e.frozen[n] && !e.Blank(n) {
			l = to + rest
		}
		out = append(out, l)
	}
	return out
}

// Edits returns the changes as text edits: sorted, and as small as they can be.
func (e *Editor) Edits() []TextEdit {
	var out []TextEdit
	for n := 0; n <= e.lines.Count(); n++ {
		start := e.lines.Start(n)
		if lines := e.before[n]; len(lines) > 0 {
			text := strings.Join(lines, e.eol) + e.eol
			if start == len(e.text) && start > 0 && !strings.HasSuffix(e.text, "\n") && !strings.HasSuffix(e.text, "\r") {
				text = e.eol + strings.Join(lines, e.eol)
			}
			out = append(out, TextEdit{start, start, text})
		}
		if e.gone[n] {
			out = append(out, TextEdit{start, e.lines.End(n), ""})
		} else if by, less := e.indent[n], e.dedent[n]; by != "" || less > 0 {
			out = append(out, TextEdit{start, start + less, by})
		}
	}
	out = append(out, e.spans...) // behind what is put before their line
	sort.SliceStable(out, func(i, j int) bool { return out[i].Start < out[j].Start })
	return merged(out)
}

// merged joins edits that touch one another.
func merged(es []TextEdit) []TextEdit {
	var out []TextEdit
	for _, e := range es {
		if n := len(out); n > 0 && e.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, e.End)
			out[n-1].New += e.New
			continue
		}
		out = append(out, e)
	}
	return out
}
