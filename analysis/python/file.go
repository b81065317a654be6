package python

import "fmt"

// File is one version of a source file: its text, cut into units. It is
// immutable and may be read by many goroutines; units are shared between
// versions.
type File struct {
	Text  string
	Lines *Lines
	Units []Placed // in source order

	open bool // a triple-quoted string is never closed
}

// Placed is a unit at its place in one version of a file.
type Placed struct {
	Start  int // byte offset of the unit in the file
	End    int // byte offset after the unit's last byte
	Parent int // index in File.Units of the class head that the unit belongs to, or -1
	Unit   *Unit
}

// Abs returns a span of the unit's nodes as byte offsets into the file.
func (p Placed) Abs(s Span) Span { return s.Shift(p.Start) }

// UnitKind tells what a unit holds.
type UnitKind uint8

// The kinds of units.
const (
	FunctionUnit   UnitKind = iota // exactly one FunctionDef
	ClassUnit                      // exactly one ClassDef: the head of a class
	StatementsUnit                 // a run of other statements of a module or class
)

// Unit is a part of a file that is parsed on its own. It is immutable.
type Unit struct {
	Kind     UnitKind
	Path     string // qualified name of the enclosing class, "" in the module
	Body     []Stmt
	Comments []Span
	Errors   []Span // where the text did not parse
	Opaque   bool   // too costly or too deep to parse: Body is empty

	lines  []unitLine // of a unit with comments
	indent int        // indentation of the first statement
	name   string     // of a class: its name
	hash   uint64
}

// Mark returns a number that is another one for every other text of a unit. It
// means nothing to another process.
func (u *Unit) Mark() uint64 { return u.hash }

// Function returns the function of a FunctionUnit and nil for other units, or
// where the text is too broken to tell.
func (u *Unit) Function() *FunctionDef {
	if u.Kind != FunctionUnit || len(u.Body) == 0 {
		return nil
	}
	f, _ := u.Body[0].(*FunctionDef)
	return f
}

// Class returns the class of a ClassUnit, and nil otherwise.
func (u *Unit) Class() *ClassDef {
	if u.Kind != ClassUnit || len(u.Body) == 0 {
		return nil
	}
	c, _ := u.Body[0].(*ClassDef)
	return c
}

// Edit replaces the bytes from Start to End of a file's text by New.
type Edit struct {
	Start, End int
	New        string
}

// Check reports an edit that does not fit a text of size bytes.
func (e Edit) Check(size int) error {
	if e.Start < 0 || e.End < e.Start || e.End > size {
		return fmt.Errorf("edit of bytes %d to %d does not fit a text of %d bytes", e.Start, e.End, size)
	}
	return nil
}

// Indentation returns the white space that the line of a byte offset begins with.
func (f *File) Indentation(offset int) string {
	start := f.Lines.Start(f.Lines.Of(offset))
	_, end := indentation(f.Text, start)
	return f.Text[start:end]
}
