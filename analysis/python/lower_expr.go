package python

import "strings"

// optional lowers r; where it is nil, which only broken text has, it makes a BadExpr.
func (l *lowerer) optional(r *raw) Expr {
	if r == nil {
		return &BadExpr{}
	}
	return l.expr(r)
}

// maybe lowers r, or returns nil where it is nil.
func (l *lowerer) maybe(r *raw) Expr {
	if r == nil {
		return nil
	}
	return l.expr(r)
}

// first lowers the first child, or returns nil where there is none.
func (l *lowerer) first(r *raw) Expr {
	if ks := r.nodes(); len(ks) > 0 {
		return l.expr(ks[0])
	}
	return nil
}

func (l *lowerer) name(r *raw) *Name {
	if r.made {
		return &Name{Span: r.Span}
	}
	return &Name{r.Span, strings.Clone(r.literal)}
}

func (l *lowerer) exprs(rs []*raw) []Expr {
	var out []Expr
	for _, r := range rs {
		out = append(out, l.expr(r))
	}
	return out
}

// elements returns the elements of a tuple without parentheses, else e itself.
func elements(e Expr) []Expr {
	if t, ok := e.(*Tuple); ok {
		return t.Elts
	}
	if e == nil {
		return nil
	}
	return []Expr{e}
}

func (l *lowerer) expr(r *raw) Expr {
	sp := r.Span
	if r.bad {
		return &BadExpr{sp, l.exprs(r.nodes())}
	}
	switch r.kind {
	case "identifier":
		if r.made {
			return &BadExpr{Span: sp}
		}
		return l.name(r)
	case "attribute":
		a := &Attribute{Span: sp, Value: l.optional(r.child("object"))}
		star := unstar(&a.Value, &a.Span)
		if n := r.child("attribute"); n != nil {
			a.Attr = l.name(n)
		} else {
			a.Attr = &Name{Span: Span{sp.End, sp.End}}
		}
		return restar(a, star)
	case "call":
		return l.call(r)
	case "subscript":
		return l.subscript(r)
	case "parenthesized_expression", "type", "as_pattern_target", "case_pattern":
		if e := l.first(r); e != nil {
			return e
		}
		return &BadExpr{Span: sp}
	case "string", "concatenated_string":
		return l.str(r)
	case "integer", "float":
		return &Constant{sp, NumberConst, strings.Clone(r.literal)}
	case "none":
		return &Constant{sp, NoneConst, "None"}
	case "true":
		return &Constant{sp, TrueConst, "True"}
	case "false":
		return &Constant{sp, FalseConst, "False"}
	case "ellipsis":
		return &Constant{sp, EllipsisConst, "..."}
	case "binary_operator":
		return &BinOp{sp, l.operator(r), l.optional(r.child("left")), l.optional(r.child("right"))}
	case "union_type":
		if ks := l.exprs(r.nodes()); len(ks) == 2 {
			return &BinOp{sp, "|", ks[0], ks[1]}
		}
	case "boolean_operator":
		return &BoolOp{sp, r.has("or"), l.optional(r.child("left")), l.optional(r.child("right"))}
	case "not_operator":
		return &UnaryOp{sp, "not", l.optional(r.child("argument"))}
	case "unary_operator":
		return &UnaryOp{sp, l.operator(r), l.optional(r.child("argument"))}
	case "comparison_operator":
		return l.compare(r)
	case "conditional_expression":
		if ks := l.exprs(r.nodes()); len(ks) == 3 {
			return &IfExp{sp, ks[1], ks[0], ks[2]}
		}
	case "lambda":
		return &Lambda{sp, l.params(r.child("parameters")), l.optional(r.child("body"))}
	case "await":
		if x := l.first(r); x != nil {
			return &Await{sp, x}
		}
	case "yield":
		return &Yield{sp, l.first(r), r.has("from")}
	case "tuple_pattern":
		if ks := r.nodes(); len(ks) == 1 && !r.has(",") { // (x): int
			return l.expr(ks[0])
		}
		return &Tuple{sp, l.exprs(r.nodes())}
	case "tuple", "expression_list", "pattern_list":
		return &Tuple{sp, l.exprs(r.nodes())}
	case "list", "list_pattern":
		return &List{sp, l.exprs(r.nodes())}
	case "set":
		return &Set{sp, l.exprs(r.nodes())}
	case "dictionary":
		return l.dict(r)
	case "list_comprehension", "set_comprehension", "dictionary_comprehension", "generator_expression":
		return l.comprehension(r)
	case "list_splat", "list_splat_pattern", "parenthesized_list_splat", "splat_type", "dictionary_splat":
		if x := l.first(r); x != nil {
			return &Starred{sp, x}
		}
	case "named_expression":
		if n := r.child("name"); n != nil {
			return &NamedExpr{sp, l.name(n), l.optional(r.child("value"))}
		}
	case "slice":
		return &Slice{sp, l.exprs(r.nodes())}
	case "generic_type":
		if ks := r.nodes(); len(ks) == 2 {
			return l.subscripted(sp, l.expr(ks[0]), tuple(l.exprs(ks[1].nodes())))
		}
	case "member_type":
		if ks := r.nodes(); len(ks) == 2 {
			return &Attribute{sp, l.expr(ks[0]), l.name(ks[1])}
		}
	case "dotted_name":
		return l.dottedExpr(r)
	case "chevron": // print >>f, x
		if x := l.first(r); x != nil {
			return x
		}
	}
	return &BadExpr{sp, l.exprs(r.nodes())}
}

// dottedExpr lowers a.b.c where the grammar has it as one name.
func (l *lowerer) dottedExpr(r *raw) Expr {
	var e Expr
	for _, k := range r.nodes() {
		if n := l.name(k); e == nil {
			e = n
		} else {
			e = &Attribute{Span{e.Pos().Start, n.End}, e, n}
		}
	}
	if e == nil {
		return &BadExpr{Span: r.Span}
	}
	return e
}

// tuple returns the only element itself, several as a Tuple.
func tuple(es []Expr) Expr {
	switch len(es) {
	case 0:
		return &BadExpr{}
	case 1:
		return es[0]
	}
	return &Tuple{Span{es[0].Pos().Start, es[len(es)-1].Pos().End}, es}
}

func (l *lowerer) operator(r *raw) string {
	if o := r.child("operator"); o != nil {
		return o.kind
	}
	return ""
}

func (l *lowerer) call(r *raw) Expr {
	c := &Call{Span: r.Span, Func: l.optional(r.child("function"))}
	star := unstar(&c.Func, &c.Span)
	args := r.child("arguments")
	switch {
	case args == nil:
	case args.kind == "generator_expression": // f(x for x in y)
		c.Args = []Expr{l.expr(args)}
	default:
		c.Args, c.Keywords = l.arguments(args)
	}
	return restar(c, star)
}

// subscript lowers x[i]; with a comma or a star, the index is a tuple.
func (l *lowerer) subscript(r *raw) Expr {
	return l.subscripted(r.Span, l.optional(r.child("value")), l.list(r, "subscript"))
}

func (l *lowerer) subscripted(sp Span, value, index Expr) Expr {
	s := &Subscript{sp, value, index}
	star := unstar(&s.Value, &s.Span)
	if i, ok := s.Index.(*Starred); ok {
		s.Index = &Tuple{i.Span, []Expr{i}}
	}
	return restar(s, star)
}

// unstar takes the star off x, with which a longer expression of the given span
// begins: the grammar binds the star of *a.b() more tightly than the call.
func unstar(x *Expr, longer *Span) (star *Starred) {
	star, ok := (*x).(*Starred)
	if !ok {
		return nil
	}
	*x = star.X
	longer.Start = star.X.Pos().Start
	return star
}

// restar puts a star that was taken off before x.
func restar(x Expr, star *Starred) Expr {
	if star == nil {
		return x
	}
	return &Starred{Span{star.Start, x.Pos().End}, x}
}

// list lowers the nodes of a field: one alone as itself, several or one with a
// comma behind it as a tuple.
func (l *lowerer) list(r *raw, field string) Expr {
	es := l.exprs(r.children(field))
	comma := r.lastComma(field)
	if len(es) == 0 || len(es) == 1 && comma == 0 {
		return tuple(es)
	}
	first, last := es[0].Pos(), es[len(es)-1].Pos()
	return &Tuple{Span{first.Start, max(last.End, comma)}, es}
}

func (l *lowerer) arguments(r *raw) (args []Expr, keywords []*Keyword) {
	for _, k := range r.nodes() {
		switch k.kind {
		case "keyword_argument":
			kw := &Keyword{Span: k.Span, Value: l.optional(k.child("value"))}
			if n := k.child("name"); n != nil {
				kw.Name = strings.Clone(n.literal)
			}
			keywords = append(keywords, kw)
		case "dictionary_splat":
			keywords = append(keywords, &Keyword{Span: k.Span, Value: l.optional(firstNode(k))})
		default:
			args = append(args, l.expr(k))
		}
	}
	return args, keywords
}

func firstNode(r *raw) *raw {
	if ks := r.nodes(); len(ks) > 0 {
		return ks[0]
	}
	return nil
}

func (l *lowerer) compare(r *raw) Expr {
	c := &Compare{Span: r.Span}
	op := ""
	for _, k := range r.kids {
		switch {
		case k.comment():
		case !k.named:
			op = strings.Join(strings.Fields(op+" "+k.kind), " ")
		case c.First == nil:
			c.First = l.expr(k)
		default:
			c.Ops = append(c.Ops, op)
			c.Rest = append(c.Rest, l.expr(k))
			op = ""
		}
	}
	if c.First == nil {
		return &BadExpr{Span: c.Span}
	}
	return c
}

func (l *lowerer) dict(r *raw) Expr {
	d := &Dict{Span: r.Span}
	for _, k := range r.nodes() {
		switch k.kind {
		case "pair":
			d.Keys = append(d.Keys, l.optional(k.child("key")))
			d.Values = append(d.Values, l.optional(k.child("value")))
		case "dictionary_splat":
			d.Keys = append(d.Keys, nil)
			d.Values = append(d.Values, l.optional(firstNode(k)))
		}
	}
	return d
}

func (l *lowerer) comprehension(r *raw) Expr {
	c := &Comprehension{Span: r.Span}
	switch r.kind {
	case "set_comprehension":
		c.Kind = SetComp
	case "dictionary_comprehension":
		c.Kind = DictComp
	case "generator_expression":
		c.Kind = GeneratorExp
	}
	if b := r.child("body"); b != nil && b.kind == "pair" {
		c.Elt, c.Value = l.optional(b.child("key")), l.optional(b.child("value"))
	} else {
		c.Elt = l.optional(b)
	}
	for _, k := range r.nodes() {
		switch k.kind {
		case "for_in_clause":
			cl := &CompClause{Span: k.Span, Target: l.optional(k.child("left")), Async: k.has("async")}
			cl.Iter = tuple(l.exprs(k.children("right")))
			c.Clauses = append(c.Clauses, cl)
		case "if_clause":
			if n := len(c.Clauses); n > 0 {
				c.Clauses[n-1].Ifs = append(c.Clauses[n-1].Ifs, l.optional(firstNode(k)))
			}
		}
	}
	return c
}

// str lowers a string, or several that stand side by side.
func (l *lowerer) str(r *raw) Expr {
	var text strings.Builder
	var values []Expr
	var walk func(*raw)
	walk = func(r *raw) {
		switch r.kind {
		case "interpolation", "format_expression":
			for _, k := range r.nodes() {
				if k.field == "expression" {
					values = append(values, l.expr(k))
				} else {
					walk(k)
				}
			}
			return
		case "string":
			start, end := r.of("string_start"), r.of("string_end")
			if start != nil && end != nil {
				text.WriteString(l.source.text[start.End:end.Start])
			}
		}
		for _, k := range r.kids {
			walk(k)
		}
	}
	walk(r)
	if len(values) > 0 {
		return &JoinedStr{r.Span, values, l.source.text[r.Start:max(r.Start, values[0].Pos().Start)]}
	}
	return &Constant{r.Span, StringConst, text.String()}
}
