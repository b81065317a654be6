package report

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/quickfix"
)

// marked returns a report on a text in which the finding stands between « and »,
// and each related place between ‹ and ›.
func marked(t *testing.T, text string) *Report {
	t.Helper()
	f := Finding{Finding: rule.Finding{
		Rule: &rule.Rule{Code: "SES101", Name: "use-after-close"}, Severity: rule.Error, Message: "it leaks", Function: "f",
	}}
	var b strings.Builder
	for _, r := range text {
		switch at := b.Len(); r {
		case '«':
			f.Span.Start = at
		case '»':
			f.Span.End = at
		case '‹':
			f.Related = append(f.Related, rule.Related{Span: python.Span{Start: at}, Message: "opened here"})
		case '›':
			f.Related[len(f.Related)-1].Span.End = at
		default:
			b.WriteRune(r)
		}
	}
	return &Report{Checked: 1, Files: []File{{Path: "a.py", Text: b.String(), Findings: []Finding{f}}}}
}

// quoted returns the frame of a text's finding: what stands between the place
// and the summary.
func quoted(t *testing.T, text string) string {
	t.Helper()
	var b strings.Builder
	if err := (Text{}).Write(&b, marked(t, text)); err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(b.String(), "\n")
	out, _, ok := strings.Cut(rest, "\n\nFound ")
	if !ok {
		t.Fatalf("no summary in\n%s", b.String())
	}
	return out
}

func TestFrame(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"one line": {"x = «s.get»(1)\n", `
 --> a.py:1:5
  |
1 | x = s.get(1)
  |     ^^^^^
  |`},
		"related lines, a gap, a single line between": {"with ‹S() as s›:\n    pass\n    ‹s›.a()\n\n\n«s»\n", `
 --> a.py:6:1
  |
1 | with S() as s:
  |      -------- opened here
2 |     pass
3 |     s.a()
  |     - opened here
...
6 | s
  | ^
  |`},
		"two on one line, in the order of the witness": {"‹a› = «bb», ‹c›", `
 --> a.py:1:5
  |
1 | a = bb, c
  |     ^^
  | - opened here
  |         - opened here
  |`},
		"tabs":                 {"\tif x:\t«s»", "\n --> a.py:1:8\n  |\n1 |     if x:    s\n  |              ^\n  |"},
		"wide characters":      {"名前 = «會話».get()", "\n --> a.py:1:6\n  |\n1 | 名前 = 會話.get()\n  |        ^^^^\n  |"},
		"emoji of many parts":  {"x('👩‍👩‍👧‍👦', «s»)", "\n --> a.py:1:14\n  |\n1 | x('👩‍👩‍👧‍👦', s)\n  |         ^\n  |"},
		"combining characters": {"e\u0301 = «s»", "\n --> a.py:1:6\n  |\n1 | e\u0301 = s\n  |     ^\n  |"},
		"CRLF":                 {"a\r\n«s.x»\r\nb\r\n", "\n --> a.py:2:1\n  |\n2 | s.x\n  | ^^^\n  |"},
		"a lone CR ends lines": {"a\rb\r«s»", "\n --> a.py:3:1\n  |\n3 | s\n  | ^\n  |"},
		"commands to the terminal": {"'\x1b[31m\u202e' + «s»", "\n --> a.py:1:12\n  |\n" +
			"1 | '␛[31m\ufffd' + s\n  |            ^\n  |"},
		"an empty span":          {"a\n«»b", "\n --> a.py:2:1\n  |\n2 | b\n  | ^\n  |"},
		"the end of the text":    {"a\n«»", "\n --> a.py:2:1\n  |\n2 |\n  | ^\n  |"},
		"an empty text":          {"«»", "\n --> a.py:1:1\n  |\n1 |\n  | ^\n  |"},
		"a span to a line's end": {"«s.x()\n»b\n", "\n --> a.py:1:1\n  |\n1 | s.x()\n  | ^^^^^\n  |"},
		"several lines": {"«s.x(\n    1,\n)»\n", `
 --> a.py:1:1
  |
1 | s.x(
  | ^^^^
2 |     1,
  |     ^^
3 | )
  | ^
  |`},
		"many lines": {"a\n‹s.x(\n  1,\n  2,\n  3,\n  4,\n)›\n«s»", `
 --> a.py:8:1
  |
2 | s.x(
  | ----
3 |   1,
  |   --
...
7 | )
  | - opened here
8 | s
  | ^
  |`},
		"wider line numbers": {strings.Repeat("\n", 8) + "‹a›\n«b»", `
  --> a.py:10:1
   |
 9 | a
   | - opened here
10 | b
   | ^
   |`},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(strings.TrimPrefix(c.want, "\n"), quoted(t, c.text)); diff != "" {
				t.Errorf("want (-), got (+):\n%s", diff)
			}
		})
	}
}

func TestLongLinesAreCut(t *testing.T) {
	filler := strings.Repeat("abcdefghi ", 30)
	for name, text := range map[string]string{
		"at the beginning":      "«s.x»" + filler,
		"in the middle":         filler + "«s.x»" + filler,
		"at the end":            filler + "«s.x»",
		"two far apart":         "‹s.x› " + filler + "«s.x»" + filler,
		"two far apart, turned": "«s.x» " + filler + "‹s.x›" + filler,
		"wide, cut in two":      strings.Repeat("話", 100) + "x«s.x»" + strings.Repeat("話", 100),
		"wide":                  strings.Repeat("話", 100) + "«s.x»" + strings.Repeat("話", 100),
	} {
		t.Run(name, func(t *testing.T) {
			lines := strings.Split(quoted(t, text), "\n")
			marks := 0
			for i, l := range lines {
				if n := layOut(l).width; n > maxWidth+len("1 | ")+2+len(" opened here") {
					t.Errorf("line of %d columns: %s", n, l)
				}
				at := strings.IndexAny(l, "^-")
				if i < 2 || at < 0 {
					continue
				}
				marks++
				above := layOut(lines[i-1])
				var under strings.Builder
				for _, c := range above.cells {
					if c.column >= at && c.column < at+3 {
						under.WriteString(c.text)
					}
				}
				if under.String() != "s.x" {
					t.Errorf("%q is underlined in\n%s", under.String(), strings.Join(lines, "\n"))
				}
			}
			if want := strings.Count(text, "s.x"); marks != want {
				t.Errorf("%d underlined places instead of %d in\n%s", marks, want, strings.Join(lines, "\n"))
			}
		})
	}
}

func TestWrongSpansDoNotStopAReport(t *testing.T) {
	for _, s := range []python.Span{{Start: -5, End: -1}, {Start: 2, End: 1}, {Start: 0, End: 99}, {Start: 50, End: 60}} {
		r := marked(t, "a\nb«»")
		r.Files[0].Findings[0].Span = s
		r.Files[0].Findings[0].Related = []rule.Related{{Span: s, Message: "m"}}
		r.Files[0].Findings[0].Fixes = []quickfix.Fix{{Edits: []quickfix.TextEdit{{Start: s.Start, End: s.End}}}}
		for _, f := range []Format{Text{}, JSON{}} {
			var b strings.Builder
			if err := f.Write(&b, r); err != nil || b.Len() == 0 {
				t.Errorf("%T of span %v: %v, %q", f, s, err, b.String())
			}
		}
	}
}

// FuzzFrame checks that no text and no span stops a report or puts a mark
// under nothing.
func FuzzFrame(f *testing.F) {
	f.Add("with S() as s:\n\ts.x()\r\n", 3, 8, 16, 20)
	f.Add("名\u0301\u200d👩‍👧\x00\u202e", 0, 3, 4, 99)
	f.Fuzz(func(t *testing.T, text string, a, b, c, d int) {
		text = strings.ToValidUTF8(text, "?")
		r := &Report{Checked: 1, Files: []File{{Path: "a.py", Text: text, Findings: []Finding{{Finding: rule.Finding{
			Rule: &rule.Rule{Code: "C", Name: "n"}, Severity: rule.Info, Span: python.Span{Start: a, End: b},
			Related: []rule.Related{{Span: python.Span{Start: c, End: d}, Message: "related"}},
		}}}}}}
		var out strings.Builder
		if err := (Text{}).Write(&out, r); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out.String(), "^") || !strings.Contains(out.String(), "- related") {
			t.Errorf("a mark is missing in\n%s", out.String())
		}
		if strings.ContainsAny(out.String(), "\x00\x1b\r\t\u202e") {
			t.Errorf("control characters in %q", out.String())
		}
	})
}
