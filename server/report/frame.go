package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sessionlint/analysis/python"
)

// label is a span of a text to underline, with what to say about it.
type label struct {
	span    python.Span
	mark    byte // what it is underlined with
	style   style
	message string
}

// frame quotes the lines of a text that labels stand on.
type frame struct {
	text   string
	lines  *python.Lines
	pieces []piece // sorted by line
	gutter int     // columns that the line numbers need
}

// piece is the part of a label that stands on one line.
type piece struct {
	label
	line int // counted from 0
}

// longLabel is how many lines of one label are quoted; of a longer one the
// lines in its middle are left out.
const longLabel = 4

func newFrame(text string, lines *python.Lines, labels []label) frame {
	fr := frame{text: text, lines: lines}
	for _, l := range labels {
		first, last := lines.Of(l.span.Start), lines.Of(l.span.End)
		if last > first && l.span.End == lines.Start(last) {
			last-- // the label ends with the line break before
		}
		for line := first; line <= last; line++ {
			if last-first >= longLabel && line == first+2 {
				line = last
			}
			fr.pieces = append(fr.pieces, fr.piece(l, line, first, last))
		}
	}
	slices.SortStableFunc(fr.pieces, func(a, b piece) int { return a.line - b.line })
	fr.gutter = len(strconv.Itoa(fr.pieces[len(fr.pieces)-1].line + 1))
	return fr
}

// piece cuts a label that stands on the lines first to last to one of them. On
// the lines after the first it leaves out the indentation; its message stands
// on the last.
func (fr frame) piece(l label, line, first, last int) piece {
	start, content := fr.lines.Start(line), fr.content(line)
	if line > first {
		l.span.Start = start + len(content) - len(strings.TrimLeft(content, " \t\f"))
	}
	if line < last {
		l.message = ""
	}
	l.span.End = max(l.span.Start, min(l.span.End, start+len(content)))
	return piece{l, line}
}

// content returns a line without its terminator.
func (fr frame) content(line int) string {
	return strings.TrimRight(fr.text[fr.lines.Start(line):fr.lines.End(line)], "\r\n")
}

func (fr frame) write(out *strings.Builder, p painter) {
	fr.rule(out, p)
	for i := 0; i < len(fr.pieces); {
		line := fr.pieces[i].line
		if i > 0 {
			fr.gap(out, p, fr.pieces[i-1].line, line)
		}
		from := i
		for i < len(fr.pieces) && fr.pieces[i].line == line {
			i++
		}
		fr.quote(out, p, fr.pieces[from:i])
	}
	fr.rule(out, p)
}

// gap writes what stands for the lines between two quoted ones; a single line
// is quoted, since leaving it out would save nothing.
func (fr frame) gap(out *strings.Builder, p painter, before, after int) {
	switch after - before {
	case 1:
	case 2:
		fr.source(out, p, before+1, layOut(fr.content(before+1)).window(0, 0))
	default:
		fmt.Fprintln(out, p.paint(blue, "..."))
	}
}

// quote writes a line, and under it each of the pieces that stand on it. A
// piece that does not fit beside the others on a long line gets its own quote.
func (fr frame) quote(out *strings.Builder, p painter, pieces []piece) {
	line := pieces[0].line
	start, row := fr.lines.Start(line), layOut(fr.content(line))
	var shown window
	for i, pc := range pieces {
		from, to := row.columns(pc.span.Start-start, pc.span.End-start)
		if i == 0 || !shown.holds(from) {
			shown = row.window(from, to)
			fr.source(out, p, line, shown)
		}
		under := shown.underline(from, to, pc.mark)
		if pc.message != "" {
			under += " " + pc.message
		}
		indent := len(under) - len(strings.TrimLeft(under, " "))
		fmt.Fprintf(out, "%s %s%s\n", p.paint(blue, fr.margin("")+" |"), under[:indent], p.paint(pc.style, under[indent:]))
	}
}

func (fr frame) source(out *strings.Builder, p painter, line int, w window) {
	number := p.paint(blue, fr.margin(strconv.Itoa(line+1))+" |")
	fmt.Fprintln(out, strings.TrimRight(number+" "+w.text, " "))
}

// rule writes an empty line of the margin.
func (fr frame) rule(out *strings.Builder, p painter) {
	fmt.Fprintln(out, p.paint(blue, fr.margin("")+" |"))
}

// note writes a remark under the quoted lines.
func (fr frame) note(out *strings.Builder, p painter, text string) {
	fmt.Fprintf(out, "%s %s\n", p.paint(blue, fr.margin("")+" ="), text)
}

func (fr frame) margin(number string) string {
	return strings.Repeat(" ", fr.gutter-len(number)) + number
}
