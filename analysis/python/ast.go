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

// Expressions.
type (
	// Name is an identifier.
	Name struct {
		Span
		ID string
	}
	// Attribute is value.attr.
	Attribute struct {
		Span
		Value Expr
		Attr  *Name
	}
	// Call is a call; a starred argument is a Starred in Args, **kw a Keyword
	// without a name.
	Call struct {
		Span
		Func     Expr
		Args     []Expr
		Keywords []*Keyword
	}
	// Keyword is name=value in a call; Name is "" for **value.
	Keyword struct {
		Span
		Name  string
		Value Expr
	}
	// Subscript is value[index]; several indices are a Tuple.
	Subscript struct {
		Span
		Value Expr
		Index Expr
	}
	// Constant is a literal: number, string without interpolation, None, True,
	// False or Ellipsis.
	Constant struct {
		Span
		Kind ConstantKind
		Text string // source text; of a string, what stands between the quotes
	}
	// JoinedStr is an f-string or t-string; Values are its interpolations.
	JoinedStr struct {
		Span
		Values []Expr
	}
	// BinOp is a binary arithmetic operation.
	BinOp struct {
		Span
		Op   string
		L, R Expr
	}
	// BoolOp is a and b, or a or b.
	BoolOp struct {
		Span
		Or   bool
		L, R Expr
	}
	// UnaryOp is not x, -x, +x or ~x.
	UnaryOp struct {
		Span
		Op string
		X  Expr
	}
	// Compare is a comparison, chained or not: Ops[i] stands before Rest[i].
	Compare struct {
		Span
		First Expr
		Ops   []string // "is not" and "not in" have one space
		Rest  []Expr
	}
	// IfExp is body if cond else other.
	IfExp struct {
		Span
		Cond, Then, Else Expr
	}
	// Lambda is a lambda expression.
	Lambda struct {
		Span
		Params []*Param
		Body   Expr
	}
	// Await is await x.
	Await struct {
		Span
		X Expr
	}
	// Yield is yield x or yield from x; X is nil for a bare yield.
	Yield struct {
		Span
		X    Expr
		From bool
	}
	// Tuple is a tuple, with or without parentheses.
	Tuple struct {
		Span
		Elts []Expr
	}
	// List is a list display.
	List struct {
		Span
		Elts []Expr
	}
	// Set is a set display.
	Set struct {
		Span
		Elts []Expr
	}
	// Dict is a dict display; Keys[i] is nil for **Values[i].
	Dict struct {
		Span
		Keys, Values []Expr
	}
	// Comprehension is a list, set or dict comprehension or a generator expression.
	Comprehension struct {
		Span
		Kind    ComprehensionKind
		Elt     Expr // the key of a dict comprehension
		Value   Expr // the value of a dict comprehension, else nil
		Clauses []*CompClause
	}
	// CompClause is one for … in … if … of a comprehension.
	CompClause struct {
		Span
		Target Expr
		Iter   Expr
		Ifs    []Expr
		Async  bool
	}
	// Starred is *x.
	Starred struct {
		Span
		X Expr
	}
	// NamedExpr is name := value.
	NamedExpr struct {
		Span
		Target *Name
		Value  Expr
	}
	// Slice is a[lo:hi:step]; each part may be nil.
	Slice struct {
		Span
		Parts []Expr
	}
	// BadExpr is text that did not parse; Parts are what could be read in it.
	BadExpr struct {
		Span
		Parts []Expr
	}
)

// ParamKind tells how a parameter takes its argument.
type ParamKind uint8

// The kinds of parameters.
const (
	Positional ParamKind = iota // positional or by keyword
	KeywordOnly
	VarArgs   // *args
	VarKwargs // **kwargs
)

// Param is one parameter of a function or lambda.
type Param struct {
	Span
	Name       *Name
	Kind       ParamKind
	Annotation Expr // nil without
	Default    Expr // nil without
}

// ConstantKind tells what a [Constant] is.
type ConstantKind uint8

// The kinds of constants.
const (
	NoneConst ConstantKind = iota
	TrueConst
	FalseConst
	NumberConst
	StringConst
	EllipsisConst
)

// ComprehensionKind tells what a [Comprehension] makes.
type ComprehensionKind uint8

// The kinds of comprehensions.
const (
	ListComp ComprehensionKind = iota
	SetComp
	DictComp
	GeneratorExp
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

func (*Name) expr()          {}
func (*Attribute) expr()     {}
func (*Call) expr()          {}
func (*Subscript) expr()     {}
func (*Constant) expr()      {}
func (*JoinedStr) expr()     {}
func (*BinOp) expr()         {}
func (*BoolOp) expr()        {}
func (*UnaryOp) expr()       {}
func (*Compare) expr()       {}
func (*IfExp) expr()         {}
func (*Lambda) expr()        {}
func (*Await) expr()         {}
func (*Yield) expr()         {}
func (*Tuple) expr()         {}
func (*List) expr()          {}
func (*Set) expr()           {}
func (*Dict) expr()          {}
func (*Comprehension) expr() {}
func (*Starred) expr()       {}
func (*NamedExpr) expr()     {}
func (*Slice) expr()         {}
func (*BadExpr) expr()       {}
