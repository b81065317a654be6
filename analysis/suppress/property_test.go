package suppress_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sessionlint/analysis"
	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/rule/all"
)

var comments = regexp.MustCompile(`(?m)[ \t]*#[ ]*(?:sessionlint|noqa|NOQA|want|hidden|type).*$`)

// bare returns the examples without their comments, so that nothing is suppressed.
func bare(t *testing.T) []*analysis.Snapshot {
	t.Helper()
	var out []*analysis.Snapshot
	for _, name := range []string{"statements.py", "definitions.py", "file.py"} {
		text, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		s := analysis.NewEngine(all.Default()...).Check(name, comments.ReplaceAllString(string(text), ""))
		if left, suppressed := split(t, s); len(left) < 3 || len(suppressed) > 0 {
			t.Fatalf("%s without its comments has %d findings, and %d are suppressed", name, len(left), len(suppressed))
		}
		out = append(out, s)
	}
	return out
}

// TestACommentHidesItsStatementOnly puts a comment behind or above any line: it
// hides the findings of the statement there, as the syntax tree has it, and no
// others.
func TestACommentHidesItsStatementOnly(t *testing.T) {
	files := bare(t)
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.SampledFrom(files).Draw(t, "file")
		line := rapid.IntRange(0, s.File.Lines.Count()-1).Draw(t, "line")
		above := rapid.Bool().Draw(t, "above")
		what := rapid.SampledFrom([]string{"# sessionlint: ignore", "# sessionlint: ignore[SES101, SES201]", "# noqa", "# noqa: SES101,SES201"}).Draw(t, "comment")
		at, end := s.File.Lines.Start(line), s.File.Lines.End(line)
		source := strings.TrimSpace(s.File.Text[at:end])
		if source == "" || source[0] == '#' {
			return
		}
		insert, put := at, s.File.Indentation(at)+what+"\n"
		if !above {
			insert, put = at+len(strings.TrimRight(s.File.Text[at:end], "\r\n")), "  "+what
		}
		before, _ := split(t, s)
		_, hidden := split(t, s.Check(s.File.Text[:insert]+put+s.File.Text[insert:]))
		for _, f := range before {
			was := slices.ContainsFunc(hidden, func(h rule.Finding) bool {
				start := h.Span.Start
				if start > insert {
					start -= len(put)
				}
				return start == f.Span.Start && h.Rule == f.Rule
			})
			must, sure := expected(s.File, f, line, insert, above, strings.HasPrefix(what, "# noqa"))
			if sure && was != must {
				t.Fatalf("%q at %d: the finding in line %d is suppressed: %t, want %t\n%s", what, line+1, lineOf(s.File, f)+1, was, must, s.File.Text)
			}
		}
	})
}

// expected returns whether a comment at a line, counted from 0, has to hide a
// finding, by the file's syntax tree. It is not sure of clauses, which are no
// statements; of those it says only what is not theirs.
func expected(f *python.File, d rule.Finding, line, insert int, above, noqa bool) (must, sure bool) {
	p := f.Units[d.Unit]
	for n := range f.Units {
		for _, s := range f.Multiline(n) {
			if s.Start < insert && insert < s.End {
				return false, true
			}
		}
	}
	first := func(s python.Span) int { return f.Lines.Of(p.Abs(s).Start) }
	last := func(s python.Span) int { return f.Lines.Of(p.Abs(s).End - 1) }
	at := d.Span.Shift(-p.Start)
	word, _, _ := strings.Cut(strings.TrimSpace(f.Text[f.Lines.Start(line):f.Lines.End(line)]), " ")
	clause := slices.Contains([]string{"else:", "elif", "finally:", "except", "except:"}, word)
	var innermost python.Span
	for _, s := range p.Unit.Body {
		python.Inspect(s, func(n python.Node) bool {
			statement, ok := n.(python.Stmt)
			if !ok || !n.Pos().Contains(at) {
				return ok || n.Pos().Contains(at)
			}
			innermost = head(statement)
			must = must || above && !noqa && first(n.Pos()) <= line && line <= f.Lines.Of(p.Abs(begins(statement)).Start)
			return true
		})
	}
	// Above a class, whose head is a unit of its own.
	for c := p.Parent; c >= 0; c = f.Units[c].Parent {
		of, head := f.Units[c], f.Units[c].Unit.Body[0]
		from, to := f.Lines.Of(of.Abs(head.Pos()).Start), f.Lines.Of(of.Abs(begins(head)).Start)
		must = must || above && !noqa && from <= line && line <= to
	}
	inside := first(innermost) <= line && line <= last(innermost)
	if above {
		inside = inside && line > first(innermost)
	}
	return must || inside, !clause || lineOf(f, d) < line
}

// begins returns where the line of a statement is that its decorators stand above.
func begins(s python.Stmt) python.Span {
	switch s := s.(type) {
	case *python.FunctionDef:
		return s.Name.Pos()
	case *python.ClassDef:
		return s.Name.Pos()
	}
	return python.Span{Start: s.Pos().Start, End: s.Pos().Start + 1}
}

// head returns a simple statement, and of another one the beginning of its first line.
func head(s python.Stmt) python.Span {
	span := s.Pos()
	for _, c := range python.Children(s) {
		if _, ok := c.(python.Stmt); ok {
			return python.Span{Start: span.Start, End: min(span.Start+1, c.Pos().Start)}
		}
	}
	return span
}
