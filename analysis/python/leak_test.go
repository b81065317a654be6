package python

import (
	"strings"
	"testing"
)

// TestTreesAreClosed counts the tree-sitter trees that are open: one at most
// while files are parsed and edited, none after Close.
func TestTreesAreClosed(t *testing.T) {
	p := NewParser()
	f := p.Parse(strings.Repeat("class A:\n    def f(self): return 1\n    x = (\n", 50))
	if p.trees != 0 {
		t.Errorf("%d trees are open after Parse", p.trees)
	}
	hot := 0
	for i, piece := range []string{"x", ")", "a(", "\n", "'''", "def g(): pass\n", "'''", "class", "\x00", "lambda"} {
		at := len(f.Text) * i / 10
		f = p.Edit(f, Edit{Start: at, End: at, New: piece})
		if p.trees < 0 || p.trees > 1 {
			t.Errorf("%d trees are open after Edit", p.trees)
		}
		hot = max(hot, p.trees)
		f = p.Edit(f, Edit{Start: at, End: at + len(piece)})
	}
	if hot != 1 {
		t.Error("no tree was kept for incremental parsing")
	}
	p.Parse("x = 1\n")
	if p.trees != 0 {
		t.Errorf("%d trees are open after the second Parse", p.trees)
	}
	p.Edit(p.Parse("def f(): pass\n"), Edit{Start: 9, End: 9, New: " "})
	p.Close()
	if p.trees != 0 {
		t.Errorf("%d trees are open after Close", p.trees)
	}
}
