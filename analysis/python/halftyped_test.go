package python_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sessionlint/analysis/python"
)

// service is a file into which lines are typed where it says # here.
const service = `"""Module."""
import os

def first(s):
    """Docs."""
    s.first()
    return [
        1,
    ]

class Service(Base):
    """A class."""
    x: int = 1

    def one(self, s):
        """Docs
        of one."""
        s.one()
        with s.begin():
            s.two()
            # here
            s.three()
        s.four()
        if s:
            return s

    @decorated(a=(1,
        2))
    async def two(self):
        """Docs of two."""
        await self.s.commit()

    class Inner:
        def deep(self):
            return """
            text"""

y = "module"

@app.get("/")
def last(s):
    s.last()
    # here

@app.get("/after")
def after(s):
    """Docs of after."""
    s.after()
    # here
`

// TestHalfTyped types lines into a method in the middle of a class, a function
// in the middle of the file and one at its end. All other units must stay the
// same, and the unit that is typed in must keep the statements around the line.
func TestHalfTyped(t *testing.T) {
	lines := []string{
		"s.", "s.query(", "s.query(a, b", "s.query(a)[", "x = {", "x = {a:", "f(g(h[", "s.query(A).filter(A.b == ",
		"x = '", `x = "abc`, `x = f"{`, `x = f"{a`, `x = """`, `"""`, `'''Some words`, "x = r'''",
		"x =", "x +=", "x: ", "x = a if", "x = a if b", "x = a if b else", "not", "x = not", "await", "return", "return (",
		"yield", "raise", "del", "import", "from", "from a", "from a import", "from a import (", "assert", "lambda", "lambda x",
		"try:", "try", "if x", "if", "if x:", "if x.", "elif", "else", "else:", "while", "while x", "for", "for x", "for x in",
		"for x in y", "for x in y:", "with", "with S() as", "with S() as t", "with S() as t:", "with S(", "async", "async with",
		"async with S(", "except", "except E", "except E:", "except E as", "finally", "finally:", "match", "match x", "match x:",
		"case", "def", "def f", "def f(", "def f(s", "def f(s)", "def f(s) ->", "def f(s):", "async def f(", "class", "class A",
		"class A(", "class A(B", "class A:", "@", "@a", "@a.", "@a(", "lambda:", "1 +* 2", "a b c", "x = (]", ")", "]", "}", "?", "$x",
		"!ls", "%time x", "`", "print x,", "...", "x.is.", "global", "nonlocal", "type X", "type X =", "x; y.", "if x: s.", "\\ ", "x = \\ ",
		"  over.indented()", "#", "é🦜", "\x00", "s.query(\n            a,", "x = [\n            s.b(),", "try:\n                s.a()",
	}
	p := python.NewParser()
	defer p.Close()
	before := p.Parse(service)
	places := places(service)
	wants := []string{"one", "last", "after"}
	for i, at := range places {
		for _, line := range lines {
			f := p.Edit(before, python.Edit{Start: at, End: at + len("# here"), New: line})
			checkSpans(t, line, f)
			if diff := cmp.Diff(others(before, wants[i]), others(f, wants[i])); diff != "" {
				t.Errorf("%q in %s changed other units:\n%s", line, wants[i], diff)
			}
			got := kept(f, wants[i])
			for _, want := range kept(before, wants[i]) {
				if !slices.Contains(got, want) {
					t.Errorf("%q in %s lost %s; it has %v", line, wants[i], want, got)
				}
			}
		}
	}
}

// TestWrongIndentation indents a line as nothing around it is. It must be read
// with its neighbours, and all other units must stay the same.
func TestWrongIndentation(t *testing.T) {
	before := parse(t, service)
	for _, c := range []struct{ in, line, to, name string }{
		{"one", "            s.two()", "           s.two()", "three"},
		{"one", "            s.three()", "           s.three()", "three"},
		{"one", "            s.three()", "              s.three()", "three"},
		{"one", "        s.four()", "      s.four()", "four"},
		{"one", "        s.four()", "         s.four()", "four"},
		{"one", "    def one(self, s):", "   def one(self, s):", ""},
		{"one", "    def one(self, s):", "     def one(self, s):", ""},
		{"two", "    async def two(self):", "   async def two(self):", ""},
		{"first", "    s.first()", "   s.first()", "first"},
		{"first", "    s.first()", "     s.first()", "first"},
		{"last", "    s.last()", "  s.last()", ""},
	} {
		f := parse(t, strings.Replace(service, c.line+"\n", c.to+"\n", 1))
		if diff := cmp.Diff(others(before, c.in), others(f, c.in)); diff != "" {
			t.Errorf("%q changed other units:\n%s", c.to, diff)
		}
		call := "(ExprStmt Value:(Call Func:(Attribute Value:s Attr:" + c.name + ")))"
		want := strings.Replace(dump(function(t, before, c.in).Body), call, "(BadStmt Names:[s])", 1)
		if diff := cmp.Diff(want, dump(function(t, f, c.in).Body)); diff != "" {
			t.Errorf("%q changed %s:\n%s", c.to, c.in, diff)
		}
	}
}

// function returns the unit's function of the given name.
func function(t *testing.T, f *python.File, name string) *python.FunctionDef {
	for _, u := range f.Units {
		if fn := u.Unit.Function(); fn != nil && fn.Name.ID == name {
			return fn
		}
	}
	t.Fatalf("no function %s", name)
	return nil
}

// places returns the offsets of "# here".
func places(text string) (out []int) {
	for at := 0; ; {
		i := strings.Index(text[at:], "# here")
		if i < 0 {
			return out
		}
		out = append(out, at+i)
		at += i + 1
	}
}

// others returns a dump of all units but the function of the given name.
func others(f *python.File, name string) string {
	var b strings.Builder
	for _, u := range f.Units {
		if fn := u.Unit.Function(); fn == nil || fn.Name.ID != name {
			b.WriteString(u.Unit.Path + ": " + dumpUnit(u.Unit))
		}
	}
	return b.String()
}

// kept returns a function's own name and those of the methods that it calls.
func kept(f *python.File, name string) (out []string) {
	for _, u := range f.Units {
		fn := u.Unit.Function()
		if fn == nil || fn.Name.ID != name {
			continue
		}
		out = append(out, name)
		python.Inspect(fn, func(n python.Node) bool {
			if c, ok := n.(*python.Call); ok {
				if a, ok := c.Func.(*python.Attribute); ok {
					out = append(out, a.Attr.ID)
				}
			}
			return true
		})
	}
	return out
}
