package python_test

import (
	"reflect"
	"strings"
	"testing"

	"sessionlint/analysis/python"
)

// TestSpans proves that each node covers its own source: names are what they
// are called, children lie in order inside their parents, nothing begins or
// ends with white space.
func TestSpans(t *testing.T) {
	for _, name := range fixtures(t) {
		checkSpans(t, name, parse(t, readFile(t, name)))
	}
}

func checkSpans(t testing.TB, name string, f *python.File) {
	t.Helper()
	end := 0
	if len(f.Units) > 0 {
		end = f.Units[0].Start
	}
	for _, u := range f.Units {
		if u.Start != end || u.End <= u.Start || u.End > len(f.Text) {
			t.Errorf("%s: unit %d-%d follows one that ends at %d", name, u.Start, u.End, end)
		}
		end = u.End
		source := f.Text[u.Start:u.End]
		all := python.Span{Start: 0, End: len(source)}
		last := 0
		for _, s := range u.Unit.Body {
			if s.Pos().Start < last || !all.Contains(s.Pos()) {
				t.Errorf("%s: statement at %v of a unit of %d bytes follows one that ends at %d", name, s.Pos(), len(source), last)
			}
			last = s.Pos().End
			if b, ok := s.(*python.BadStmt); ok {
				last = b.Start
			}
			python.Inspect(s, func(n python.Node) bool { return checkNode(t, name, source, n) })
		}
		for _, c := range u.Unit.Comments {
			if source[c.Start] != '#' || strings.ContainsAny(source[c.Start:c.End], "\r\n") {
				t.Errorf("%s: comment %q", name, source[c.Start:c.End])
			}
		}
	}
	if len(f.Units) > 0 && end != len(f.Text) {
		t.Errorf("%s: units end at %d of %d", name, end, len(f.Text))
	}
}

func checkNode(t testing.TB, name, source string, n python.Node) bool {
	t.Helper()
	sp := n.Pos()
	if sp.Start > sp.End || sp.End > len(source) {
		t.Errorf("%s: %T at %v of %d bytes", name, n, sp, len(source))
		return false
	}
	text := source[sp.Start:sp.End]
	if strings.TrimSpace(text) != text {
		t.Errorf("%s: %T covers %q", name, n, text)
	}
	for _, id := range names(n) {
		if at := id.Pos(); source[at.Start:at.End] != id.ID || !sp.Contains(at) {
			t.Errorf("%s: name %s at %v in %T at %v", name, id.ID, at, n, sp)
		}
	}
	if f, ok := n.(*python.FunctionDef); ok {
		want := "def"
		switch {
		case len(f.Decorators) > 0:
			want = "@"
		case f.Async:
			want = "async"
		}
		if !strings.HasPrefix(text, want) {
			t.Errorf("%s: function %s begins with %.10q", name, f.Name.ID, text)
		}
	}
	last := sp.Start
	for _, c := range python.Children(n) {
		at := c.Pos()
		if at.Start < last || !sp.Contains(at) {
			t.Errorf("%s: %T at %v in %T at %v, behind %d: %q", name, c, at, n, sp, last, text)
		}
		// What is broken in the head of a block stands before the whole.
		if b, ok := c.(*python.BadStmt); ok {
			last = b.Start
		} else {
			last = at.End
		}
	}
	return true
}

// names returns the names right in n.
func names(n python.Node) []*python.Name {
	if id, ok := n.(*python.Name); ok {
		return []*python.Name{id}
	}
	var out []*python.Name
	v := reflect.ValueOf(n).Elem()
	for i := range v.NumField() {
		switch f := v.Field(i).Interface().(type) {
		case *python.Name:
			if f != nil {
				out = append(out, f)
			}
		case []*python.Name:
			out = append(out, f...)
		case []*python.Param:
			for _, p := range f {
				out = append(out, p.Name)
			}
		}
	}
	return out
}
