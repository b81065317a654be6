package quickfix

import (
	"context"
	"log/slog"
	"regexp"
	"slices"
	"strings"

	"sessionlint/analysis"
	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/rule/unusedsuppression"
	"sessionlint/analysis/suppress"
	"sessionlint/quickfix/edit"
)

// Suppressions returns the fixes that mend nothing: comments that let a finding
// be, for its statement or for the whole file. Like any fix they are tried: no
// other text changes, the finding is hidden, and no other one comes, such as that
// the comment is of no use.
func Suppressions(ctx context.Context, s *analysis.Snapshot, f rule.Finding) ([]Fix, error) {
	c := commenter{s, f}
	var out []Fix
	for _, way := range []struct {
		title string
		edits [][]TextEdit // the best ones first
	}{
		{"Ignore " + f.Rule.Code + " for this line", c.forLine()},
		{"Ignore " + f.Rule.Code + " in this file", c.forFile()},
	} {
		for _, edits := range way.edits {
			reason, err := hides(ctx, s, f, edits)
			if err != nil {
				return nil, err
			}
			if reason == "" {
				out = append(out, Fix{Title: way.title, Safe: true, Edits: edits})
				break
			}
			slog.DebugContext(ctx, "comment is not offered", "path", s.Path, "rule", f.Rule.Code, "title", way.title, "reason", reason)
		}
	}
	return out, nil
}

// commenter makes the edits that suppress a finding.
type commenter struct {
	snap *analysis.Snapshot
	f    rule.Finding
}

// directives returns the directives of a unit, at their places in the file, that
// can name one more rule, as the edits that let them.
func (c commenter) directives(unit int, want func(*python.Unit, suppress.Directive) bool) []TextEdit {
	p := c.snap.File.Units[unit]
	var out []TextEdit
	for _, d := range suppress.Read(p.Unit, c.snap.File.Text[p.Start:p.End]) {
		if at, text, ok := d.Extend(c.f.Rule); ok && want(p.Unit, d) {
			out = append(out, TextEdit{Start: p.Start + at, End: p.Start + at, New: text})
		}
	}
	return out
}

// forLine returns the ways to suppress the finding in its statement.
func (c commenter) forLine() [][]TextEdit {
	at := c.f.Span.Start - c.snap.File.Units[c.f.Unit].Start
	there := c.directives(c.f.Unit, func(u *python.Unit, d suppress.Directive) bool {
		r := u.Remark(d.Span())
		return !d.OfFile() && !r.Alone && r.About.Start <= at && at < r.About.End
	})
	line := c.snap.File.Lines.Of(c.f.Span.Start)
	slices.SortStableFunc(there, func(a, b TextEdit) int { return c.distance(a, line) - c.distance(b, line) })
	var ways [][]TextEdit
	for _, e := range there {
		ways = append(ways, []TextEdit{e})
	}
	if n, ok := c.endOf(line); ok {
		ways = append(ways, []TextEdit{c.behind(n)})
	}
	return append(ways, []TextEdit{c.above(line)})
}

func (c commenter) distance(e TextEdit, line int) int {
	n := c.snap.File.Lines.Of(e.Start) - line
	return max(n, -n)
}

// endOf returns the first line from the given one on that a comment can stand
// behind: that does not end in a string or go on after a backslash.
func (c commenter) endOf(line int) (int, bool) {
	f := c.snap.File
	strings := f.Multiline(c.f.Unit)
	for ; line < f.Lines.Count(); line++ {
		end := f.Lines.Start(line) + len(c.line(line))
		inside := slices.ContainsFunc(strings, func(s python.Span) bool { return s.Start < end && end < s.End })
		if !inside && (c.comment(line) || !endsInBackslash(c.line(line))) {
			return line, true
		}
	}
	return 0, false
}

func endsInBackslash(line string) bool { return strings.HasSuffix(line, `\`) }

// comment reports whether a line ends in a comment.
func (c commenter) comment(line int) bool {
	end := c.snap.File.Lines.Start(line) + len(c.line(line))
	for _, p := range c.snap.File.Units {
		for _, s := range p.Unit.Comments {
			if s = p.Abs(s); s.Start < end && end <= s.End {
				return true
			}
		}
	}
	return false
}

// line returns a line without its terminator.
func (c commenter) line(n int) string {
	f := c.snap.File
	return strings.TrimRight(f.Text[f.Lines.Start(n):f.Lines.End(n)], "\r\n")
}

// code returns a line without a byte order mark.
func (c commenter) code(n int) string { return strings.TrimPrefix(c.line(n), byteOrderMark) }

// behind puts the comment at the end of a line, also where another comment stands
// there: tools look for theirs in the whole of it, or at its beginning.
func (c commenter) behind(n int) TextEdit {
	start, text := c.snap.File.Lines.Start(n), c.line(n)
	kept := strings.TrimRight(text, " \t\f")
	return TextEdit{Start: start + len(kept), End: start + len(text), New: "  " + suppress.Comment(c.f.Rule, false)}
}

// above puts the comment on a line of its own.
func (c commenter) above(n int) TextEdit {
	f := c.snap.File
	return c.insert(n, f.Indentation(f.Lines.Start(n))+suppress.Comment(c.f.Rule, false))
}

// insert puts a line before another one.
func (c commenter) insert(n int, text string) TextEdit {
	e := edit.New(c.snap.File, nil)
	e.Insert(n, text)
	made := e.Edits()[0]
	if n == 0 && strings.HasPrefix(c.snap.File.Text, byteOrderMark) {
		made.Start, made.End = len(byteOrderMark), len(byteOrderMark)
	}
	return made
}

const byteOrderMark = "\ufeff"

// forFile returns the ways to suppress all findings of the rule in the file.
func (c commenter) forFile() [][]TextEdit {
	var ways [][]TextEdit
	for n := range c.snap.File.Units {
		for _, e := range c.directives(n, func(_ *python.Unit, d suppress.Directive) bool { return d.OfFile() }) {
			ways = append(ways, []TextEdit{e})
		}
	}
	text := suppress.Comment(c.f.Rule, true)
	for _, n := range []int{c.header(), c.firstLines()} {
		ways = append(ways, []TextEdit{c.insert(n, text)})
	}
	return ways
}

// encoding is the comment that says how a file is encoded (PEP 263).
var encoding = regexp.MustCompile(`^[ \t\f]*#.*?coding[:=][ \t]*[-\w.]+`)

// docstring is how a module's documentation begins.
var docstring = regexp.MustCompile(`^[rRuU]?["']`)

// firstLines returns how many lines have to stay the first ones: a line for the
// system that says what runs the file, and one that says how it is encoded.
func (c commenter) firstLines() int {
	n := 0
	if strings.HasPrefix(c.code(0), "#!") {
		n = 1
	}
	if encoding.MatchString(c.code(n)) {
		n++
	} else if n == 0 && c.snap.File.Lines.Count() > 1 && strings.HasPrefix(c.code(0), "#") && encoding.MatchString(c.code(1)) {
		n = 2
	}
	return n
}

// header returns how many lines the comments take that the file begins with, such
// as its license. Those right above a statement may be about that one; then it is
// the lines that have to be first.
func (c commenter) header() int {
	first := c.firstLines()
	n := first
	for n < c.snap.File.Lines.Count() && strings.HasPrefix(c.code(n), "#") {
		n++
	}
	if next := strings.TrimSpace(c.code(n)); next == "" || docstring.MatchString(next) {
		return n
	}
	return first
}

// hides tries edits that must not do more than to suppress a finding. It returns
// why they must not be offered, "" if they may.
func hides(ctx context.Context, s *analysis.Snapshot, f rule.Finding, edits []TextEdit) (reason string, err error) {
	before, err := s.Findings(ctx)
	if err != nil {
		return "", err
	}
	commented := s.Check(edit.Apply(s.File.Text, edits))
	after, err := commented.Findings(ctx)
	if err != nil {
		return "", err
	}
	if bare(s.File) != bare(commented.File) || !slices.Equal(stringsOf(s.File), stringsOf(commented.File)) {
		return "it would not be a comment", nil
	}
	left := map[spot]int{}
	for _, g := range after {
		if g.Rule == unusedsuppression.Rule && meets(g.Span, edits) {
			return "the comment is of no use", nil
		}
		left[spotOf(g, nil)]++
	}
	was := map[spot]int{} // one place can have several
	for _, g := range before {
		was[spotOf(g, edits)]++
	}
	if own := spotOf(f, edits); left[own] >= was[own] {
		return "the finding is still there", nil
	}
	for at, n := range was {
		if left[at] < n && at.code != f.Rule.Code && at.code != unusedsuppression.Rule.Code {
			return "it hides a finding of another rule: " + at.code, nil
		}
	}
	for at, n := range left {
		if n > was[at] && at.code != unusedsuppression.Rule.Code {
			return "a new finding came: " + at.code, nil
		}
	}
	return "", nil
}

// meets reports whether a span of the edited text has some of what was written.
func meets(span python.Span, edits []TextEdit) bool {
	for n, e := range edits {
		start := shifted(e.Start, edits[:n])
		if span.Start < start+len(e.New) && start < span.End {
			return true
		}
	}
	return false
}

// A spot is what tells a finding from others where only comments change.
type spot struct {
	code  string
	start int
}

// spotOf returns where a finding is after the edits. What was said of a directive
// may be said of each of its rules instead: of that, the place does not count.
func spotOf(f rule.Finding, edits []TextEdit) spot {
	if f.Rule == unusedsuppression.Rule {
		return spot{code: f.Rule.Code}
	}
	return spot{f.Rule.Code, shifted(f.Span.Start, edits)}
}

// shifted returns where an offset of the text is after the edits.
func shifted(offset int, edits []TextEdit) int {
	by := 0
	for _, e := range edits {
		if e.End <= offset {
			by += len(e.New) - (e.End - e.Start)
		}
	}
	return offset + by
}

// bare returns the text of a file without its comments, and without what white
// space they leave at the ends of lines.
func bare(f *python.File) string {
	var without strings.Builder
	at := 0
	for _, p := range f.Units {
		for _, c := range p.Unit.Comments {
			sp := p.Abs(c)
			without.WriteString(f.Text[at:sp.Start])
			at = sp.End
		}
	}
	without.WriteString(f.Text[at:])
	var out strings.Builder
	for line := range strings.FieldsFuncSeq(strings.TrimPrefix(without.String(), byteOrderMark), func(r rune) bool { return r == '\n' || r == '\r' }) {
		if line = strings.TrimRight(line, " \t\f"); line != "" {
			out.WriteString(line + "\n")
		}
	}
	return out.String()
}
