package python_test

import (
	"reflect"
	"strings"
	"testing"

	"sessionlint/analysis/python"
)

// hostile is text that has made parsers crash or crawl.
func hostile() map[string]string {
	const n = 100_000
	nested := func(open string, depth int) string {
		var b strings.Builder
		for i := range depth {
			b.WriteString(strings.Repeat(" ", i) + open + "\n")
		}
		return b.String()
	}
	return map[string]string{
		"open brackets":         strings.Repeat("(", n),
		"nested brackets":       strings.Repeat("[", n) + strings.Repeat("]", n),
		"nested braces in f":    "f'" + strings.Repeat("{", n),
		"nested f-strings":      strings.Repeat("f'{", n),
		"closing brackets":      strings.Repeat(")", n),
		"nested ifs":            nested("if x:", 1000),
		"nested functions":      nested("def f():", 1000),
		"nested classes":        nested("class A:", 1000),
		"nested lambdas":        "x = " + strings.Repeat("lambda: ", 10_000) + "0\n",
		"long sum":              "x = 1" + strings.Repeat(" + 1", 20_000) + "\n",
		"long chain":            "x = a" + strings.Repeat(".b()", 20_000) + "\n",
		"assignments":           strings.Repeat("a = ", 10_000) + "0\n",
		"unary":                 "x = " + strings.Repeat("-", 10_000) + "1\n",
		"huge line":             "x = '" + strings.Repeat("y", 1<<20) + "'\n",
		"too large a unit":      strings.Repeat("x = 1\n", 1<<20),
		"open triple and words": "'''\n" + strings.Repeat("some words and no quotes\n", 32_000),
		"open triples":          strings.Repeat("x = '''\ny = \"\"\"\ndef f():\n", 3_001),
		"NUL":                   "def f(s):\n    s.a(\x00)\n\x00\n" + strings.Repeat("\x00", 1000),
		"not UTF-8":             "x = '\xff\xfe'\n\xc3\x28 = 1\ndef \xf0\x9f(): pass\n",
		"continuations":         strings.Repeat("\\\n", n),
		"semicolons":            strings.Repeat("a;", n) + "\n",
		"elifs":                 "if a: b\n" + strings.Repeat("elif a: b\n", 5_000),
		"carriage returns":      strings.Repeat("\r", n),
		"form feeds":            strings.Repeat("\f", n),
		"empty":                 "",
		"byte order mark":       "\ufeff",
		"only a comment":        "# x",
	}
}

// TestHostile proves that no text makes the parser panic, and that what it
// returns fits the text.
func TestHostile(t *testing.T) {
	p := python.NewParser()
	defer p.Close()
	for name, text := range hostile() {
		f := p.Parse(text)
		checkFile(t, name, f)
		// The parser must be sound after a text that was too much for it.
		const plain = "def f(s):\n    s.commit()\n"
		if fn := p.Parse(plain).Units[0].Unit.Function(); fn == nil || fn.Name.ID != "f" || len(fn.Body) != 1 {
			t.Errorf("after %s a plain function is read as %v", name, fn)
		}
		e := python.Edit{Start: len(text) / 2, End: len(text) / 2, New: "x\n"}
		if n := p.Edit(f, e); n.Text != text[:e.Start]+e.New+text[e.End:] {
			t.Errorf("%s: wrong text after an edit", name)
		}
	}
}

// checkFile proves what holds for every file: units cover the text, and each
// node lies within its unit and within its parent.
func checkFile(t testing.TB, name string, f *python.File) {
	t.Helper()
	end := 0
	if strings.HasPrefix(f.Text, "\ufeff") {
		end = len("\ufeff")
	}
	for i, u := range f.Units {
		if u.Start != end || u.End <= u.Start || u.Parent >= i {
			t.Errorf("%s: unit %d is %d-%d in %d, behind %d", name, i, u.Start, u.End, u.Parent, end)
		}
		end = u.End
		all := python.Span{Start: 0, End: u.End - u.Start}
		var within func(n python.Node, outer python.Span)
		within = func(n python.Node, outer python.Span) {
			if !outer.Contains(n.Pos()) || n.Pos().Start > n.Pos().End {
				t.Errorf("%s: %T at %v is not within %v", name, n, n.Pos(), outer)
				return
			}
			for _, c := range python.Children(n) {
				within(c, n.Pos())
			}
		}
		for _, s := range u.Unit.Body {
			within(s, all)
		}
	}
	if end != len(f.Text) {
		t.Errorf("%s: units end at %d of %d", name, end, len(f.Text))
	}
}

// FuzzEdit proves for any text and edit that nothing panics and that the edited
// file is the one that its text gives afresh.
func FuzzEdit(f *testing.F) {
	for _, name := range fixtures(f) {
		text := readFile(f, name)
		f.Add(text, len(text)/2, 3, "s.query(")
	}
	f.Add("def f():\n  \"\"\"a\n\nclass A:\n def g(): '''b'''\n", 4, 0, "'''")
	f.Add("x = f'{a[\"b\"]}'\r\rif x\r  y(", 9, 2, "\\")
	p := python.NewParser()
	f.Cleanup(p.Close)
	f.Fuzz(func(t *testing.T, text string, start, length int, insert string) {
		if len(text)+len(insert) > 4000 {
			return
		}
		before := p.Parse(text)
		checkFile(t, "before", before)
		e := python.Edit{Start: start, End: start + length, New: insert}
		if e.Check(len(text)) != nil {
			return
		}
		after := p.Edit(before, e)
		if want := p.Parse(after.Text); !reflect.DeepEqual(after, want) {
			t.Errorf("fresh:\n%s\nedited:\n%s", dumpFile(want), dumpFile(after))
		}
	})
}
