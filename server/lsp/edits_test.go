package lsp_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"sessionlint/analysis"
	"sessionlint/analysis/python"
	"sessionlint/analysis/rule/all"
)

var fuzzEdits = flag.Int("edits", 3_000, "how many random edits are made")

// snippets are what is typed: code with sessions, halves of it, and what is hard to count.
var snippets = []string{
	"    with Session(engine) as session:\n", "        session.execute(text(\"select 1\"))\n", "    session.execute(text(\"select 2\"))\n",
	"        session.commit()\n", "    session.commit()\n", "    session = Session(engine)\n", "    session.close()\n", "def f(engine, session):\n",
	"\n\ndef g(engine):\n", "class C:\n", "    try:\n", "    except Exception:\n        pass\n", "    return session\n", "    if engine:\n", "    for a in b:\n",
	"# sessionlint: ignore\n", "async ", "await ", "(", ")", "[", "\"", "\"\"\"", "'", "#", ":", "\\", "\n", "\r\n", "\r", " ", "    ", "\t", "é", "😀", "\u2028", "\ufeff", "x", "session",
}

// lines is how many of the snippets are lines of code.
const lines = 15

// typist is a client's text, and where its edits are.
type typist struct {
	model
	r *rand.Rand
}

// edit makes a change in the text, and returns it as it is sent.
func (y *typist) edit() object {
	if len(y.text) > 3000 || y.r.IntN(50) == 0 {
		y.text = []rune(typed)
		return whole(typed)
	}
	a := y.place(y.r.IntN(len(y.text) + 1))
	b := a
	var text strings.Builder
	if y.r.IntN(4) > 0 { // a line, or the end of one
		for a > 0 && y.text[a-1] != '\n' {
			a--
		}
		for b = a; y.r.IntN(2) == 0 && b < len(y.text) && (b == a || y.text[b-1] != '\n'); {
			b++
		}
		b = y.place(b)
		text.WriteString(snippets[y.r.IntN(lines)])
	} else {
		if y.r.IntN(3) == 0 {
			b = y.place(min(len(y.text), a+y.r.IntN(30)))
		}
		for range y.r.IntN(3) {
			text.WriteString(snippets[y.r.IntN(len(snippets))])
		}
	}
	if y.r.IntN(8) == 0 && b > a { // moved to its own place, twice
		text.WriteString(string(y.text[a:b]))
	}
	r := span{y.position(a), y.position(b)}
	y.text = slices.Concat(y.text[:a], []rune(text.String()), y.text[b:])
	return partial(r, text.String())
}

// place returns the next index that a position can name.
func (y *typist) place(n int) int {
	if n > 0 && n < len(y.text) && y.text[n-1] == '\r' && y.text[n] == '\n' {
		n--
	}
	return n
}

// TestRandomEdits types at random, and holds what is shown, whenever all is quiet,
// against a fresh run: all that it finds is shown, and nothing else but in functions
// that do not parse, where it is what was found before.
func TestRandomEdits(t *testing.T) {
	r := random(t)
	e := analysis.NewEngine(all.Default()...)
	encodingsOf := []string{"utf-8", "utf-16", "utf-32"}
	quiet, found, kept := 0, 0, 0
	for made := 0; made < *fuzzEdits; {
		encoding := encodingsOf[r.IntN(3)]
		able := encodings(encoding)
		pulled := r.IntN(2) == 0
		if pulled {
			able["textDocument"], able["workspace"] = pulling()["textDocument"], pulling()["workspace"]
		}
		c := connect(t)
		c.initialize(able)
		y := &typist{model{text: []rune(typed), units: unitsOf(encoding)}, r}
		version := 1
		c.open(page, version, typed)
		for range 20 {
			for range 1 + r.IntN(8) {
				version++
				var changes []any
				for range 1 + r.IntN(3) {
					changes = append(changes, y.edit())
					made++
				}
				c.change(page, version, changes...)
			}
			var list []diagnostic
			if pulled {
				list = c.pull(page, "").Items
			} else {
				list = c.published(page, version)
			}
			n, m := y.wantFresh(t, e, list)
			quiet, found, kept = quiet+1, found+n, kept+m
		}
		c.held = slices.DeleteFunc(c.held, func(m message) bool { return m.Method == "textDocument/publishDiagnostics" })
		c.close()
	}
	t.Logf("%d times quiet, %d findings, %d of them kept", quiet, found, kept)
	if found == 0 || kept == 0 && *fuzzEdits >= 3_000 {
		t.Errorf("%d findings, %d of them kept: nothing was tested", found, kept)
	}
}

// wantFresh compares what is shown with what a fresh run finds, and counts.
func (y *typist) wantFresh(t *testing.T, e *analysis.Engine, list []diagnostic) (found, kept int) {
	t.Helper()
	doc := e.Open("/work/page.py", string(y.text))
	defer doc.Close()
	snap := doc.Snapshot()
	fresh, err := snap.Findings(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	key := func(code string, p position, message string) string {
		return fmt.Sprintf("%s %d:%d %s", code, p.Line, p.Character, message)
	}
	rest := map[string]int{}
	for _, d := range list {
		rest[key(d.Code, d.Range.Start, d.Message)]++
	}
	runes := func(offset int) int { return len([]rune(string(y.text)[:offset])) }
	for _, f := range fresh {
		k := key(f.Rule.Code, y.position(runes(f.Span.Start)), f.Message)
		if rest[k]--; rest[k] < 0 {
			t.Fatalf("%s is not shown, but %+v, in\n%s", k, list, string(y.text))
		}
	}
	for _, d := range list {
		k := key(d.Code, d.Range.Start, d.Message)
		if rest[k] <= 0 {
			continue
		}
		kept++
		broken := func(u python.Placed) bool {
			at := y.position(runes(u.Start))
			end := y.position(runes(u.End))
			return (len(u.Unit.Errors) > 0 || u.Unit.Opaque) && !before(d.Range.Start, at) && !before(end, d.Range.End)
		}
		if !slices.ContainsFunc(snap.File.Units, broken) {
			t.Fatalf("%s is shown, and a fresh run does not find it in\n%s", k, string(y.text))
		}
	}
	return len(list), kept
}

func before(a, b position) bool {
	return a.Line < b.Line || a.Line == b.Line && a.Character < b.Character
}
