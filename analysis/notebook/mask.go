package notebook

import (
	"regexp"
	"strings"

	"sessionlint/analysis/python"
)

// mask returns a cell as Python sees it, and what in it was masked. A line of
// IPython's becomes the expression 0, since a block must not be left empty.
func mask(text string) (seen string, masked []python.Span) {
	m := masker{text: text}
	pos := 0
	if start := firstLine(text); strings.HasPrefix(text[start:], "%%") {
		if pos = lineEnd(text, start); !runsHere(text[start+2 : pos]) {
			pos = len(text)
		}
		m.hide(start, pos)
	}
	for pos < len(text) {
		pos = m.line(pos)
	}
	if m.seen == nil {
		return text, nil
	}
	return string(m.seen), m.masked
}

type masker struct {
	text   string
	seen   []byte // nil while nothing is masked
	masked []python.Span
}

// hide masks the bytes from start to end.
func (m *masker) hide(start, end int) {
	for end > start && (m.text[end-1] == '\n' || m.text[end-1] == '\r') {
		end--
	}
	if m.seen == nil {
		m.seen = []byte(m.text)
	}
	for n := start; n < end; n++ {
		if c := m.seen[n]; c != '\n' && c != '\r' {
			m.seen[n] = ' '
		}
	}
	m.seen[start] = '0'
	m.masked = append(m.masked, python.Span{Start: start, End: end})
}

// assigned finds what a name is given that IPython runs: files = !ls. No expression
// of Python begins in that way.
var assigned = regexp.MustCompile(`^[\pL_][\pL\pN_.,\[\]() \t*]*=[ \t]*[!%]`)

// line masks the logical line that begins at start, if it is IPython's, and returns
// where the next one begins.
func (m *masker) line(start int) (next int) {
	at := start
	for at < len(m.text) && (m.text[at] == ' ' || m.text[at] == '\t') {
		at++
	}
	end := lineEnd(m.text, at)
	if at < end && strings.IndexByte("%!?/,;", m.text[at]) >= 0 {
		m.hide(at, end)
		return end
	}
	if found := assigned.FindString(m.text[at:end]); found != "" {
		m.hide(at+len(found)-1, end)
		return end
	}
	last, next := python.LogicalLine(m.text, start)
	if last > at && m.text[last-1] == '?' {
		m.hide(at, last)
	}
	return next
}

// lineEnd returns the end of the line of IPython's that holds an offset, with its
// terminator: a backslash at its end has the next one belong to it.
func lineEnd(text string, at int) int {
	for {
		n := strings.IndexByte(text[at:], '\n')
		if n < 0 {
			return len(text)
		}
		line := strings.TrimSuffix(text[at:at+n], "\r")
		at += n + 1
		if !strings.HasSuffix(line, `\`) {
			return at
		}
	}
}

// firstLine returns where the first line begins that is not empty.
func firstLine(text string) int {
	rest := strings.TrimLeft(text, " \t\r\n")
	at := len(text) - len(rest)
	return strings.LastIndexByte(text[:at], '\n') + 1
}

// runsHere reports whether a cell's magic runs the rest of the cell as Python, among
// the names of the notebook.
func runsHere(magic string) bool {
	name, _, _ := strings.Cut(strings.TrimSpace(magic), " ")
	switch name {
	case "capture", "prun", "time", "timeit":
		return true
	}
	return false
}
