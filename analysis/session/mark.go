package session

import (
	"fmt"
	"hash/maphash"
	"strings"

	"sessionlint/analysis/python"
)

var markSeed = maphash.MakeSeed()

// markOf returns a number that tells values apart by what is printed of them. It
// is never 0, and means nothing to another process.
func markOf(values ...any) uint64 {
	return max(1, maphash.String(markSeed, fmt.Sprint(values...)))
}

// bodyMark returns the mark of a function's text, or of a run of statements of a
// class, 0 if there is none.
func (x *File) bodyMark(name string) uint64 {
	if f := x.functions[name]; f != nil {
		return f.unit.Mark()
	}
	return 0
}

// headMark returns the mark of what a function's callers see of it without
// reading its body, 0 if there is none.
func (x *File) headMark(name string) uint64 {
	f := x.functions[name]
	if f == nil || f.def == nil {
		return 0
	}
	head := f.text
	if len(f.def.Body) > 0 {
		head = head[:f.def.Body[0].Pos().Start]
	}
	return markOf(head, f.def.Generator, len(f.unit.Errors) > 0)
}

// topMark returns the mark of what the file's top level binds.
func (x *File) topMark() uint64 { return x.top() }

func (x *File) readTop() uint64 {
	var b strings.Builder
	fmt.Fprint(&b, x.module.Traits())
	for _, p := range x.source.Units {
		switch u := p.Unit; {
		case u.Path != "":
		case u.Kind == python.FunctionUnit && u.Function() != nil:
			fmt.Fprintf(&b, "def %s\n", u.Function().Name.ID)
		default:
			fmt.Fprintf(&b, "%x\n", u.Mark())
		}
	}
	return markOf(b.String())
}

func (a *analyzer) sawHead(f *File, name string) {
	a.rests[question{ask: askHead, file: f.Path, name: name}] = f.headMark(name)
}

func (a *analyzer) sawBody(f *function) {
	a.rests[question{ask: askBody, file: f.file.Path, name: f.name}] = f.unit.Mark()
}

func (a *analyzer) sawTop(f *File) {
	a.rests[question{ask: askTop, file: f.Path}] = f.topMark()
}

// sawAll remembers that the whole file was looked at.
func (a *analyzer) sawAll() {
	a.sawTop(a.file)
	a.rests[question{ask: askText, file: a.file.Path}] = a.file.textMark()
}

// textMark returns the mark of the whole file.
func (x *File) textMark() uint64 {
	var b strings.Builder
	for _, p := range x.source.Units {
		fmt.Fprintf(&b, "%x ", p.Unit.Mark())
	}
	return markOf(b.String())
}

// sawClass remembers that all of a class was looked at.
func (a *analyzer) sawClass(c *class) {
	for _, m := range c.methods {
		a.sawBody(m)
	}
	a.sawStatements(c)
	a.sawTop(c.file)
}

// sawStatements remembers that what stands in a class beside its methods was looked at.
func (a *analyzer) sawStatements(c *class) {
	for n := range len(c.bodies) + 1 {
		name := bodyOf(c.name, n)
		a.rests[question{ask: askBody, file: c.file.Path, name: name}] = c.file.bodyMark(name)
	}
}
