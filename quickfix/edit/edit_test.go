package edit_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sessionlint/analysis/python"
	"sessionlint/quickfix/edit"
)

const source = `def f():
    # above
    a = 1

    b = """
  text
"""
    c = [
	1,
    ]
`

// editor returns an editor of a text whose strings are known to it.
func editor(t *testing.T, text string) *edit.Editor {
	t.Helper()
	p := python.NewParser()
	t.Cleanup(p.Close)
	f := p.Parse(text)
	var strings []python.Span
	for n := range f.Units {
		strings = append(strings, f.Multiline(n)...)
	}
	return edit.New(f, strings)
}

func TestEdits(t *testing.T) {
	for _, c := range []struct {
		name string
		text string
		do   func(*edit.Editor)
		want string
	}{
		{"nothing", source, func(*edit.Editor) {}, source},
		{"indent leaves strings and blank lines alone", source, func(e *edit.Editor) { e.Indent(1, 9, "  ") },
			"def f():\n      # above\n      a = 1\n\n      b = \"\"\"\n  text\n\"\"\"\n      c = [\n  \t1,\n      ]\n"},
		{"indent twice", "a\nb\n", func(e *edit.Editor) { e.Indent(0, 1, " "); e.Indent(1, 1, "\t") }, " a\n \tb\n"},
		{"dedent leaves strings, blank lines and what is indented less alone", source, func(e *edit.Editor) { e.Dedent(0, 9, "    ") },
			"def f():\n# above\na = 1\n\nb = \"\"\"\n  text\n\"\"\"\nc = [\n\t1,\n]\n"},
		{"dedent twice", "    a\n    b\n", func(e *edit.Editor) { e.Dedent(0, 1, "  "); e.Dedent(1, 1, "  ") }, "  a\nb\n"},
		{"replace from the start of what is dedented", "  abc\n", func(e *edit.Editor) { e.Dedent(0, 0, "  "); e.Replace(2, 3, "x") }, "xbc\n"},
		{"what is deleted is not dedented", "  a\n  b\n", func(e *edit.Editor) { e.Delete(0, 0); e.Dedent(0, 1, "  ") }, "b\n"},
		{"delete", "a\nb\nc\n", func(e *edit.Editor) { e.Delete(1, 1) }, "a\nc\n"},
		{"delete the first", "a\nb\nc\n", func(e *edit.Editor) { e.Delete(0, 0) }, "b\nc\n"},
		{"delete all", "a\nb\nc\n", func(e *edit.Editor) { e.Delete(0, 2) }, ""},
		{"what is deleted is not indented", "a\nb\n", func(e *edit.Editor) { e.Indent(0, 1, " "); e.Delete(1, 1) }, " a\n"},
		{"insert", "a\nb\n", func(e *edit.Editor) { e.Insert(1, "x", "y") }, "a\nx\ny\nb\n"},
		{"insert before the first", "a\n", func(e *edit.Editor) { e.Insert(0, "x") }, "x\na\n"},
		{"insert at the end", "a\n", func(e *edit.Editor) { e.Insert(1, "x") }, "a\nx\n"},
		{"insert at an end without a newline", "a", func(e *edit.Editor) { e.Insert(1, "x") }, "a\nx"},
		{"insert keeps order", "a\n", func(e *edit.Editor) { e.Insert(0, "x"); e.Insert(0, "y") }, "x\ny\na\n"},
		{"insert before what is indented", "a\n", func(e *edit.Editor) { e.Indent(0, 0, "  "); e.Insert(0, "x") }, "x\n  a\n"},
		{"insert before what is deleted", "a\nb\n", func(e *edit.Editor) { e.Delete(0, 0); e.Insert(0, "x") }, "x\nb\n"},
		{"insert with carriage returns", "a\r\nb\r\n", func(e *edit.Editor) { e.Insert(1, "x", "y") }, "a\r\nx\r\ny\r\nb\r\n"},
		{"indent with carriage returns", "a\r\n\r\nb\r\n", func(e *edit.Editor) { e.Indent(0, 2, " ") }, " a\r\n\r\n b\r\n"},
		{"old line ends", "a\rb\r", func(e *edit.Editor) { e.Insert(1, "x") }, "a\rx\rb\r"},
		{"replace", "abc\nd\n", func(e *edit.Editor) { e.Replace(1, 2, "xy") }, "axyc\nd\n"},
		{"replace what is indented", "abc\n", func(e *edit.Editor) { e.Indent(0, 0, "  "); e.Replace(1, 2, "") }, "  ac\n"},
		{"replace from the start of a line that is indented", "abc\n", func(e *edit.Editor) { e.Indent(0, 0, "  "); e.Replace(0, 1, "x") }, "  xbc\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := editor(t, c.text)
			c.do(e)
			edits := e.Edits()
			if diff := cmp.Diff(c.want, edit.Apply(c.text, edits)); diff != "" {
				t.Errorf("the text differs (-want +got):\n%s", diff)
			}
			for n := 1; n < len(edits); n++ {
				if edits[n].Start <= edits[n-1].End {
					t.Errorf("edits touch or are not in order: %v", edits)
				}
			}
		})
	}
}

func TestMoved(t *testing.T) {
	got := editor(t, source).Moved(1, 9, "    ", "\t")
	want := strings.Split("\t# above\n\ta = 1\n\n\tb = \"\"\"\n  text\n\"\"\"\n\tc = [\n\t1,\n\t]", "\n")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the lines differ (-want +got):\n%s", diff)
	}
}

func TestLines(t *testing.T) {
	e := editor(t, source)
	for n, want := range []struct {
		comment, blank bool
		indentation    string
	}{
		1: {true, false, "    "},
		2: {false, false, "    "},
		3: {false, true, ""},
		4: {false, false, "    "},
		8: {false, false, "\t"},
	} {
		if n == 0 || n > 4 && n < 8 {
			continue
		}
		if e.Comment(n) != want.comment || e.Blank(n) != want.blank || e.Indentation(n) != want.indentation {
			t.Errorf("line %d: comment %v, blank %v, indentation %q, want %v", n, e.Comment(n), e.Blank(n), e.Indentation(n), want)
		}
	}
	if e := editor(t, "x = '''\n# no comment\n'''\n"); e.Comment(1) {
		t.Error("a line of a string is taken for a comment")
	}
}

func TestEOL(t *testing.T) {
	for text, want := range map[string]string{"": "\n", "a": "\n", "a\n": "\n", "a\r\nb\n": "\r\n", "a\rb": "\r"} {
		if got := editor(t, text).EOL(); got != want {
			t.Errorf("the lines of %q end in %q, want %q", text, got, want)
		}
	}
}
