package python_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	sitter "github.com/smacker/go-tree-sitter"
	grammar "github.com/smacker/go-tree-sitter/python"

	"sessionlint/analysis/python"
)

// routes returns a file of about the given number of lines, as a web service has it.
func routes(lines int) string {
	var b strings.Builder
	b.WriteString("from sqlalchemy.orm import Session\n\nrouter = APIRouter()\n\n\n")
	for i := 0; strings.Count(b.String(), "\n") < lines; i++ {
		for j := range 20 {
			fmt.Fprintf(&b, `@router.get("/items/%d/%d")
async def read_%d_%d(item_id: int, db: Session = Depends(get_db)) -> Item:
    """Return one item."""
    with Session(engine) as s, s.begin():
        item = s.query(Item).filter(Item.id == item_id, Item.owner != None).first()
        if item is None:
            raise HTTPException(status_code=404, detail=f"no item {item_id}")
        # mark it as read
        item.reads += 1
        s.commit()
    return item


`, i, j, i, j)
			if strings.Count(b.String(), "\n") >= lines {
				break
			}
		}
	}
	return b.String()
}

// wholeFile is tree-sitter on its own, with one tree of the whole file.
type wholeFile struct {
	parser *sitter.Parser
	tree   *sitter.Tree
}

func newWholeFile(text string) *wholeFile {
	w := &wholeFile{parser: sitter.NewParser()}
	w.parser.SetLanguage(grammar.GetLanguage())
	w.tree, _ = w.parser.ParseCtx(context.Background(), nil, []byte(text))
	return w
}

func (w *wholeFile) edit(e python.Edit, text []byte) {
	w.tree.Edit(sitter.EditInput{
		StartIndex: uint32(e.Start), OldEndIndex: uint32(e.End), NewEndIndex: uint32(e.Start + len(e.New)),
	})
	tree, _ := w.parser.ParseCtx(context.Background(), w.tree, text)
	w.tree.Close()
	w.tree = tree
}

func (w *wholeFile) close() {
	w.tree.Close()
	w.parser.Close()
}

// BenchmarkEdit types a letter into a function in the middle of a file and takes
// it away again. The ratio is to tree-sitter's own incremental parse of the same
// edits of the whole file, in turn with it.
func BenchmarkEdit(b *testing.B) {
	for _, lines := range []int{100, 1_000, 10_000} {
		b.Run(fmt.Sprint(lines), func(b *testing.B) {
			text := routes(lines)
			at := strings.Index(text[len(text)/2:], "item.reads") + len(text)/2
			edits := [2]python.Edit{{Start: at, End: at, New: "x"}, {Start: at, End: at + 1}}
			texts := [2][]byte{[]byte(text[:at] + "x" + text[at:]), []byte(text)}
			p := python.NewParser()
			defer p.Close()
			f := p.Parse(text)
			w := newWholeFile(text)
			defer w.close()
			var ours, theirs time.Duration
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				start := time.Now()
				f = p.Edit(f, edits[i%2])
				middle := time.Now()
				w.edit(edits[i%2], texts[i%2])
				ours += middle.Sub(start)
				theirs += time.Since(middle)
			}
			report(b, ours, theirs)
		})
	}
}

// BenchmarkParse reads a whole file; the ratio is to tree-sitter's parse of it.
func BenchmarkParse(b *testing.B) {
	for _, lines := range []int{100, 1_000, 10_000} {
		b.Run(fmt.Sprint(lines), func(b *testing.B) {
			text := routes(lines)
			p := python.NewParser()
			defer p.Close()
			var ours, theirs time.Duration
			for b.Loop() {
				start := time.Now()
				p.Parse(text)
				middle := time.Now()
				newWholeFile(text).close()
				ours += middle.Sub(start)
				theirs += time.Since(middle)
			}
			report(b, ours, theirs)
		})
	}
}

func report(b *testing.B, ours, theirs time.Duration) {
	b.ReportMetric(float64(ours.Microseconds())/float64(b.N), "ours-µs/op")
	b.ReportMetric(float64(theirs.Microseconds())/float64(b.N), "tree-sitter-µs/op")
	b.ReportMetric(float64(ours)/float64(theirs), "ratio")
}
