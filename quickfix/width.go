package quickfix

import (
	"strings"
	"unicode/utf8"

	"sessionlint/analysis"
	"sessionlint/analysis/python"
	"sessionlint/quickfix/edit"
)

// fit breaks the lines that edits make longer than the file's lines may be, as black
// would: https://black.readthedocs.io/en/stable/the_black_code_style/current_style.html.
// Lines that were too long before are left, and so are those with a comment.
func fit(s *analysis.Snapshot, edits []TextEdit) []TextEdit {
	width := s.Width()
	if width == 0 {
		return edits
	}
	text := edit.Apply(s.File.Text, edits)
	if !tooLong(text, width) {
		return edits
	}
	old := map[string]bool{} // the lines that were too long, however they are indented
	for line := range strings.Lines(s.File.Text) {
		if line = strings.TrimRight(line, "\r\n"); lengthOf(line) > width {
			old[strings.TrimSpace(line)] = true
		}
	}
	fixed := s.Check(text).File
	alone := linesAlone(fixed)
	var out strings.Builder
	broken := false
	for n := range fixed.Lines.Count() {
		whole := text[fixed.Lines.Start(n):fixed.Lines.End(n)]
		line := strings.TrimRight(whole, "\r\n")
		eol := whole[len(line):]
		if lengthOf(line) > width && alone[n] && !old[strings.TrimSpace(line)] {
			if lines := breakLine(line, width); len(lines) > 1 {
				broken = true
				out.WriteString(strings.Join(lines, eol) + eol)
				continue
			}
		}
		out.WriteString(whole)
	}
	if !broken {
		return edits
	}
	return edit.Between(s.File.Text, out.String())
}

func tooLong(text string, width int) bool {
	for line := range strings.Lines(text) {
		if lengthOf(strings.TrimRight(line, "\r\n")) > width {
			return true
		}
	}
	return false
}

// lengthOf returns the length of a line in characters; a tab counts as four, as for ruff.
func lengthOf(line string) int { return utf8.RuneCountInString(line) + 3*strings.Count(line, "\t") }

// linesAlone returns the lines on which a statement, or the head of one, begins and
// ends: no other line hangs together with them.
func linesAlone(f *python.File) map[int]bool {
	out := map[int]bool{}
	for _, p := range f.Units {
		for _, st := range p.Unit.Body {
			python.Inspect(st, func(n python.Node) bool {
				if st, ok := n.(python.Stmt); ok {
					first, last := headLines(f, p, st)
					out[first] = first == last
				}
				return true
			})
		}
	}
	return out
}

// headLines returns the first and the last line of a statement, less its blocks.
func headLines(f *python.File, p python.Placed, st python.Stmt) (first, last int) {
	sp := p.Abs(st.Pos())
	first, last = f.Lines.Of(sp.Start), f.Lines.Of(max(sp.End-1, sp.Start))
	for _, body := range blocksOf(st) {
		if len(body) > 0 {
			last = min(last, max(first, f.Lines.Of(p.Abs(body[0].Pos()).Start)-1))
		}
	}
	switch st.(type) {
	case *python.FunctionDef, *python.ClassDef:
		last = first + 1 // decorators and parameters: never broken here
	}
	return first, last
}

// breakLine breaks a line at its last brackets that hold something: what is in them
// gets a line of its own, or one for each element. It returns one line where it cannot.
func breakLine(line string, width int) []string {
	in := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
	unit := "    "
	if strings.Contains(in, "\t") {
		unit = "\t"
	}
	open, end, commas := lastBrackets(line)
	if open < 0 {
		return []string{line}
	}
	head, body, tail := line[:open+1], strings.TrimSpace(line[open+1:end]), in+line[end:]
	if lengthOf(head) > width {
		return []string{line}
	}
	lines := []string{head}
	if whole := in + unit + body; lengthOf(whole) <= width || len(commas) == 0 {
		if lengthOf(whole) > width {
			lines = append(lines, breakLine(whole, width)...)
		} else {
			lines = append(lines, whole)
		}
		return append(lines, tail)
	}
	from := open + 1
	for _, at := range append(commas, end) {
		if element := strings.TrimSpace(line[from:at]); element != "" {
			if each := in + unit + element + ","; lengthOf(each) > width {
				lines = append(lines, breakLine(each, width)...)
			} else {
				lines = append(lines, each)
			}
		}
		from = at + 1
	}
	return append(lines, tail)
}

// lastBrackets returns the places of the last brackets of a line that stand in no
// others and hold something, and of the commas between their elements; open is -1
// where there are none, or a comment.
func lastBrackets(line string) (open, end int, commas []int) {
	open = -1
	var opened []int
	var between []int
	for n := 0; n < len(line); n++ {
		switch c := line[n]; c {
		case '#':
			return -1, 0, nil
		case '\'', '"':
			if n = endOfString(line, n); n < 0 {
				return -1, 0, nil
			}
		case '(', '[', '{':
			if opened = append(opened, n); len(opened) == 1 {
				between = nil
			}
		case ',':
			if len(opened) == 1 {
				between = append(between, n)
			}
		case ')', ']', '}':
			if len(opened) == 0 {
				return -1, 0, nil
			}
			if len(opened) == 1 && strings.TrimSpace(line[opened[0]+1:n]) != "" {
				open, end, commas = opened[0], n, between
			}
			opened = opened[:len(opened)-1]
		}
	}
	if len(opened) > 0 {
		return -1, 0, nil
	}
	return open, end, commas
}

// endOfString returns the place of the last quote of the string that begins at a
// quote, -1 if it does not end on the line.
func endOfString(line string, at int) int {
	quote := line[at : at+1]
	if triple := strings.Repeat(quote, 3); strings.HasPrefix(line[at:], triple) {
		if n := strings.Index(line[at+3:], triple); n >= 0 {
			return at + 3 + n + 2
		}
		return -1
	}
	for n := at + 1; n < len(line); n++ {
		switch line[n] {
		case '\\':
			n++
		case quote[0]:
			return n
		}
	}
	return -1
}
