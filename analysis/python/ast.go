package python

// Span is a half-open range of bytes. In nodes it counts from the start of the
// unit; where a function takes or gives offsets into the file, it says so.
type Span struct{ Start, End int }

// Pos returns the span itself, so that every node that embeds a Span is a [Node].
func (s Span) Pos() Span { return s }

// Shift returns the span moved by n bytes.
func (s Span) Shift(n int) Span { return Span{s.Start + n, s.End + n} }

// Contains reports whether o lies within s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// set makes s the span o.
func (s *Span) set(o Span) { *s = o }

// Node is any syntax node.
type Node interface{ Pos() Span }

// Stmt is a statement. The concrete types are the pointers to the structs below.
type Stmt interface {
	Node
	stmt()
}

// Expr is an expression. Parentheses leave no node of their own.
type Expr interface {
	Node
	expr()
}

// Statements.
type (
	// FunctionDef is a def or async def; its span begins at the first decorator.
	FunctionDef struct {
		Span
		Name       *Name
		Params     []*Param
		Returns    Expr // nil without annotation
		Body       []Stmt
		Decorators []Expr
		Async      bool
		Generator  bool // a yield of its own stands in the body
	}
	// ClassDef is a class statement. Of a class that is cut into units, Body
	// holds only what stands on the head's own line.
	ClassDef struct {
		Span
		Name       *Name
		Bases      []Expr
		Keywords   []*Keyword
		Body       []Stmt
		Decorators []Expr
	}
	// Return is a return statement; Value is nil for a bare one.
	Return struct {
		Span
		Value Expr
	}
	// Delete is a del statement.
	Delete struct {
		Span
		Targets []Expr
	}
	// Assign is an assignment; a = b = v has two targets.
	Assign struct {
		Span
		Targets []Expr
		Value   Expr
	}
	// AugAssign is an augmented assignment such as x += 1.
	AugAssign struct {
		Span
		Target Expr
		Op     string
		Value  Expr
	}
	// AnnAssign is an annotated assignment; Value is nil for a bare declaration.
	AnnAssign struct {
		Span
		Target     Expr
		Annotation Expr
		Value      Expr
	}
	// For is a for or async for loop.
	For struct {
		Span
		Target Expr
		Iter   Expr
		Body   []Stmt
		Else   []Stmt
		Async  bool
	}
	// While is a while loop.
	While struct {
		Span
		Cond Expr
		Body []Stmt
		Else []Stmt
	}
	// If is an if statement; an elif is an If that is the only statement of Else.
	If struct {
		Span
		Cond Expr
		Body []Stmt
		Else []Stmt
	}
	// With is a with or async with statement.
	With struct {
		Span
		Items []*WithItem
		Body  []Stmt
		Async bool
	}
	// WithItem is one context manager of a with statement.
	WithItem struct {
		Span
		Context Expr
		Target  Expr // nil without as
	}
	// Match is a match statement.
	Match struct {
		Span
		Subject Expr
		Cases   []*Case
	}
	// Case is one case of a match statement.
	Case struct {
		Span
		Binds       []*Name // the names that the pattern captures
		Irrefutable bool    // case _: or case name:, without a guard
		Guard       Expr    // nil without if
		Body        []Stmt
	}
	// Raise is a raise statement; Exc is nil for a bare re-raise.
	Raise struct {
		Span
		Exc   Expr
		Cause Expr
	}
	// Try is a try statement.
	Try struct {
		Span
		Body     []Stmt
		Handlers []*Handler
		Else     []Stmt
		Finally  []Stmt
		Star     bool // except*
	}
	// Handler is an except clause; Type is nil for a bare except, and a Tuple
	// for several types.
	Handler struct {
		Span
		Type Expr
		Name *Name
		Body []Stmt
	}
	// Assert is an assert statement.
	Assert struct {
		Span
		Test Expr
		Msg  Expr
	}
	// Import is import a.b as c, …
	Import struct {
		Span
		Names []*Alias
	}
	// ImportFrom is from m import a as b, …; Level counts the leading dots.
	ImportFrom struct {
		Span
		Module string
		Level  int
		Names  []*Alias // Name "*" for a star import
	}
	// Alias is one imported name; As is "" without as.
	Alias struct {
		Span
		Name string
		As   string
	}
	// Global is a global or nonlocal statement.
	Global struct {
		Span
		Names    []string
		Nonlocal bool
	}
	// ExprStmt is an expression on its own line.
	ExprStmt struct {
		Span
		Value Expr
	}
	// Pass is pass, and every statement that cannot matter here (a type alias).
	Pass struct{ Span }
	// Break is a break statement.
	Break struct{ Span }
	// Continue is a continue statement.
	Continue struct{ Span }
	// BadStmt is text that did not parse. It may do anything to the names in
	// it, and is never blamed.
	BadStmt struct {
		Span
		Names []*Name
		Exits bool // return, raise, break, continue or yield stands in the text
	}
)

func (*FunctionDef) stmt() {}
func (*ClassDef) stmt()    {}
func (*Return) stmt()      {}
func (*Delete) stmt()      {}
func (*Assign) stmt()      {}
func (*AugAssign) stmt()   {}
func (*AnnAssign) stmt()   {}
func (*For) stmt()         {}
func (*While) stmt()       {}
func (*If) stmt()          {}
func (*With) stmt()        {}
func (*Match) stmt()       {}
func (*Raise) stmt()       {}
func (*Try) stmt()         {}
func (*Assert) stmt()      {}
func (*Import) stmt()      {}
func (*ImportFrom) stmt()  {}
func (*Global) stmt()      {}
func (*ExprStmt) stmt()    {}
func (*Pass) stmt()        {}
func (*Break) stmt()       {}
func (*Continue) stmt()    {}
func (*BadStmt) stmt()     {}
