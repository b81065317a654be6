package python_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sessionlint/analysis/python"
)

// pieces are what random edits insert: whole lines, parts of lines, and what is
// likely to upset the cut into units.
var pieces = []string{
	"x", " ", "    ", "\t", "\n", "\r\n", "\r", "\n\n", "\\\n", "\f", "🦜", "é", "\ufeff", "\x00",
	"(", ")", "[", "]", "{", "}", "'", "\"", "'''", "\"\"\"", "f\"{", "t'", ":", ",", ".", "=", ";", "#", "@", "\\",
	"def ", "class ", "async ", "with ", "try:", "return", "if x:", "else:", "except A, B, C:", "finally:", "lambda",
	"def f(s):\n", "class A:\n", "    def m(self):\n", "        s.commit()\n", "@deco\n", "@app.get(\n",
	"    @property\n", "pass\n", "    x = 1\n", "# note\n", "    # note\n", "s.", "s.query(", "with Session() as s:\n",
	"async def g(): pass\n", "    class B(A):\n", "match x:\n", "    case y:\n", "x = (\n", "type X[T = int] = T\n",
	"\"\"\"\ndef inside():\n\"\"\"\n",
}

// module draws the text of a file of functions, classes and statements.
func module(t *rapid.T) string {
	var b strings.Builder
	end := rapid.SampledFrom([]string{"\n", "\n", "\r\n", "\r"}).Draw(t, "line end")
	lines := func(indent, source string) {
		for _, l := range strings.Split(strings.TrimSuffix(source, "\n"), "\n") {
			b.WriteString(strings.TrimRight(indent+l, " ") + end)
		}
	}
	bodies := []string{
		"    return 1\n",
		"    \"\"\"Docs.\n\n    def not_code(): pass\n    \"\"\"\n    s.commit()\n",
		"    with Session() as s:\n        s.query(\n            A,\n        )\n\n    # done\n    s.close()\n",
		"    try:\n        s.commit()\n    except E as e:\n        raise\n    x = f\"{s['a']!r:>{n}}\"\n",
		"    def inner(x):\n        yield x\n    return inner\n",
	}
	for i := range rapid.IntRange(0, 5).Draw(t, "definitions") {
		body := rapid.SampledFrom(bodies).Draw(t, "body")
		switch rapid.IntRange(0, 4).Draw(t, "kind") {
		case 0:
			lines("", fmt.Sprintf("import os\nX%d = [\n    1,\n]\nif X:\n    def g(): pass\n", i))
		case 1, 2:
			lines("", fmt.Sprintf("\n# above\n@app.get(\"/%d\")\nasync def f%d(s: Session = Depends(get)):\n%s", i, i, body))
		default:
			lines("", fmt.Sprintf("\nclass C%d(Base):\n    x: int = 1\n", i))
			for j := range rapid.IntRange(0, 3).Draw(t, "methods") {
				lines("    ", fmt.Sprintf("\n@property\ndef m%d(self):\n%s", j, body))
			}
			if rapid.Bool().Draw(t, "nested") {
				lines("    ", "class Inner:\n    def deep(self):\n        pass\nafter = 2\n")
			}
		}
	}
	return b.String()
}

// edit draws an edit of text: at any byte, or of whole lines.
func edit(t *rapid.T, text string) python.Edit {
	var e python.Edit
	if rapid.IntRange(0, 2).Draw(t, "where") == 0 {
		l := python.NewLines(text)
		from := rapid.IntRange(0, l.Count()).Draw(t, "line")
		e.Start, e.End = l.Start(from), l.Start(from+rapid.IntRange(0, 2).Draw(t, "lines"))
	} else {
		e.Start = rapid.IntRange(0, len(text)).Draw(t, "start")
		e.End = min(len(text), e.Start+rapid.SampledFrom([]int{0, 0, 0, 1, 1, 3, 40, 200}).Draw(t, "length"))
	}
	for range rapid.IntRange(0, 3).Draw(t, "pieces") {
		e.New += rapid.SampledFrom(pieces).Draw(t, "piece")
	}
	return e
}

// TestEdit proves that a file that was edited is the file that parsing its text
// afresh gives, whatever the edits were.
func TestEdit(t *testing.T) {
	p, fresh := python.NewParser(), python.NewParser()
	defer p.Close()
	defer fresh.Close()
	rapid.Check(t, func(t *rapid.T) {
		f := p.Parse(module(t))
		for range rapid.IntRange(1, 12).Draw(t, "edits") {
			e := edit(t, f.Text)
			before := f.Text
			f = p.Edit(f, e)
			if want := before[:e.Start] + e.New + before[e.End:]; f.Text != want {
				t.Fatalf("text is %q, want %q", f.Text, want)
			}
			if want := fresh.Parse(f.Text); !reflect.DeepEqual(f, want) {
				t.Fatalf("after %+v of\n%q\n(-fresh +edited):\n%s\nlines %v", e, before,
					cmp.Diff(dumpFile(want), dumpFile(f)), cmp.Diff(starts(want.Lines), starts(f.Lines)))
			}
		}
	})
}

func starts(l *python.Lines) (out []int) {
	for i := range l.Count() + 2 {
		out = append(out, l.Start(i))
	}
	return out
}

// TestEditSharesOtherUnits proves that an edit inside one function leaves every
// other unit as it was, also where the edit leaves brackets and blocks open.
func TestEditSharesOtherUnits(t *testing.T) {
	p := python.NewParser()
	defer p.Close()
	rapid.Check(t, func(t *rapid.T) {
		f := p.Parse(module(t))
		var at []int
		for i, u := range f.Units {
			if u.Unit.Function() != nil {
				at = append(at, i)
			}
		}
		if len(at) == 0 {
			return
		}
		i := rapid.SampledFrom(at).Draw(t, "unit")
		u := f.Units[i]
		body := u.Unit.Function().Body
		pos := u.Abs(body[rapid.IntRange(0, len(body)-1).Draw(t, "statement")].Pos()).Start
		indent := f.Indentation(pos)
		piece := rapid.SampledFrom([]string{
			"s.", "x = ", "s.query(", "[", "{", "'", "\"", "f\"{", "if x", "try:", "@", "return", "x", "é🦜", "# ", "with S() as",
		}).Draw(t, "piece")
		n := p.Edit(f, python.Edit{Start: pos, End: pos, New: piece + "\n" + indent})
		if len(n.Units) != len(f.Units) {
			t.Fatalf("%d units became %d after %q at %d of\n%q", len(f.Units), len(n.Units), piece, pos, f.Text)
		}
		for j := range f.Units {
			if j != i && n.Units[j].Unit != f.Units[j].Unit {
				t.Fatalf("unit %d changed after %q in unit %d of\n%q", j, piece, i, f.Text)
			}
		}
		if n.Units[i].Unit == u.Unit {
			t.Fatalf("unit %d did not change after %q", i, piece)
		}
	})
}
