package analysis_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	sitter "github.com/smacker/go-tree-sitter"
	grammar "github.com/smacker/go-tree-sitter/python"

	"sessionlint/analysis"
	"sessionlint/analysis/python"
	"sessionlint/analysis/rule/all"
)

// service returns a file of about so many lines, with a defect in every tenth function.
func service(lines int) string {
	var b strings.Builder
	b.WriteString("from sqlalchemy import select\n\nfrom service.db import get_sessionmaker\n\nSessionMaker = get_sessionmaker()\n")
	for n := 0; strings.Count(b.String(), "\n") < lines; n++ {
		fmt.Fprintf(&b, `

def rename_%d(user_id: int, name: str) -> dict:
    """Give a user another name, and say who has it now."""
    if not name.strip():
        raise ValueError("a name is needed")
    with SessionMaker() as session:
        with session.begin():
            user = session.get(User, user_id)
            if user is None:
                raise LookupError(f"no user {user_id}")
            user.name = name
        rows = session.scalars(select(User.name)).all()
    return {"name": name, "all": [row for row in rows]}
`, n)
		if n%10 == 0 {
			b.WriteString("    session.execute(select(User))\n")
		}
	}
	return strings.ReplaceAll(b.String(), "    return {\"name\": name, \"all\": [row for row in rows]}\n    session.execute(select(User))\n",
		"    session.execute(select(User))\n    return {\"name\": name, \"all\": [row for row in rows]}\n")
}

// BenchmarkKeystroke measures an edit's whole way: a letter is typed into a
// function in the middle of a file, the text is read again, and the file's
// findings are there. Beside it, in the same run, runs tree-sitter's own
// incremental parse of the same edit; ratio is ours to that.
func BenchmarkKeystroke(b *testing.B) {
	for _, lines := range []int{100, 1_000, 10_000} {
		b.Run(fmt.Sprintf("%d_lines", lines), func(b *testing.B) {
			text := service(lines)
			at := strings.Index(text[len(text)/2:], "strip()") + len(text)/2
			d := analysis.NewEngine(all.Default()...).Open("service.py", text)
			defer d.Close()
			findings(b, d.Snapshot())
			p := newPlainParser(text)
			defer p.close()
			edits := [2]python.Edit{{Start: at, End: at, New: "x"}, {Start: at, End: at + 1}}
			texts := [2][]byte{[]byte(text[:at] + "x" + text[at:]), []byte(text)}
			var ours, theirs time.Duration
			b.ResetTimer()
			for n := range b.N {
				start := time.Now()
				if err := d.Edit(edits[n%2]); err != nil {
					b.Fatal(err)
				}
				findings(b, d.Snapshot())
				ours += time.Since(start)
				start = time.Now()
				p.edit(edits[n%2], texts[n%2])
				theirs += time.Since(start)
			}
			b.ReportMetric(float64(ours.Nanoseconds())/float64(b.N), "ns/keystroke")
			b.ReportMetric(float64(theirs.Nanoseconds())/float64(b.N), "ns/reparse")
			b.ReportMetric(float64(ours)/float64(theirs), "ratio")
		})
	}
}

func findings(tb testing.TB, s *analysis.Snapshot) int {
	fs, err := s.Findings(context.Background())
	if err != nil {
		tb.Fatal(err)
	}
	return len(fs)
}

// A plainParser is tree-sitter on its own, with one tree of the whole file.
type plainParser struct {
	parser *sitter.Parser
	tree   *sitter.Tree
}

func newPlainParser(text string) *plainParser {
	p := &plainParser{parser: sitter.NewParser()}
	p.parser.SetLanguage(grammar.GetLanguage())
	p.tree, _ = p.parser.ParseCtx(context.Background(), nil, []byte(text))
	return p
}

func (p *plainParser) edit(e python.Edit, text []byte) {
	p.tree.Edit(sitter.EditInput{
		StartIndex: uint32(e.Start), OldEndIndex: uint32(e.End), NewEndIndex: uint32(e.Start + len(e.New)),
	})
	tree, _ := p.parser.ParseCtx(context.Background(), p.tree, text)
	p.tree.Close()
	p.tree = tree
}

func (p *plainParser) close() {
	p.tree.Close()
	p.parser.Close()
}
