package python

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
	// JoinedStr is an f-string or t-string; Values are its interpolations, Head
	// is the source from its prefix to the first of them.
	JoinedStr struct {
		Span
		Values []Expr
		Head   string
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
