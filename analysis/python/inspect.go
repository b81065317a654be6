package python

// Inspect calls f for n and all nodes below it, parents first and in source
// order. It does not go below a node for which f returns false.
func Inspect(n Node, f func(Node) bool) {
	if !f(n) {
		return
	}
	for _, c := range Children(n) {
		Inspect(c, f)
	}
}

// Children returns the nodes right below n, in source order. Names that are no
// expressions of their own, such as an attribute's, are not among them.
func Children(n Node) []Node {
	var c collector
	switch n := n.(type) {
	case *FunctionDef:
		c.exprs(n.Decorators)
		c.params(n.Params)
		c.expr(n.Returns)
		c.stmts(n.Body)
	case *ClassDef:
		c.exprs(n.Decorators)
		c.arguments(n.Bases, n.Keywords)
		c.stmts(n.Body)
	case *Return:
		c.expr(n.Value)
	case *Delete:
		c.exprs(n.Targets)
	case *Assign:
		c.exprs(n.Targets)
		c.expr(n.Value)
	case *AugAssign:
		c.expr(n.Target)
		c.expr(n.Value)
	case *AnnAssign:
		c.expr(n.Target)
		c.expr(n.Annotation)
		c.expr(n.Value)
	case *For:
		c.expr(n.Target)
		c.expr(n.Iter)
		c.stmts(n.Body)
		c.stmts(n.Else)
	case *While:
		c.expr(n.Cond)
		c.stmts(n.Body)
		c.stmts(n.Else)
	case *If:
		c.expr(n.Cond)
		c.stmts(n.Body)
		c.stmts(n.Else)
	case *With:
		for _, i := range n.Items {
			c.expr(i.Context)
			c.expr(i.Target)
		}
		c.stmts(n.Body)
	case *Match:
		c.expr(n.Subject)
		for _, k := range n.Cases {
			c.expr(k.Guard)
			c.stmts(k.Body)
		}
	case *Raise:
		c.expr(n.Exc)
		c.expr(n.Cause)
	case *Try:
		c.stmts(n.Body)
		for _, h := range n.Handlers {
			c.expr(h.Type)
			c.stmts(h.Body)
		}
		c.stmts(n.Else)
		c.stmts(n.Finally)
	case *Assert:
		c.expr(n.Test)
		c.expr(n.Msg)
	case *ExprStmt:
		c.expr(n.Value)
	case *Attribute:
		c.expr(n.Value)
	case *Call:
		c.expr(n.Func)
		c.arguments(n.Args, n.Keywords)
	case *Subscript:
		c.expr(n.Value)
		c.expr(n.Index)
	case *JoinedStr:
		c.exprs(n.Values)
	case *BinOp:
		c.expr(n.L)
		c.expr(n.R)
	case *BoolOp:
		c.expr(n.L)
		c.expr(n.R)
	case *UnaryOp:
		c.expr(n.X)
	case *Compare:
		c.expr(n.First)
		c.exprs(n.Rest)
	case *IfExp:
		c.expr(n.Then)
		c.expr(n.Cond)
		c.expr(n.Else)
	case *Lambda:
		c.params(n.Params)
		c.expr(n.Body)
	case *Await:
		c.expr(n.X)
	case *Yield:
		c.expr(n.X)
	case *Tuple:
		c.exprs(n.Elts)
	case *List:
		c.exprs(n.Elts)
	case *Set:
		c.exprs(n.Elts)
	case *Dict:
		for i := range n.Values {
			c.expr(n.Keys[i])
			c.expr(n.Values[i])
		}
	case *Comprehension:
		c.expr(n.Elt)
		c.expr(n.Value)
		for _, k := range n.Clauses {
			c.expr(k.Target)
			c.expr(k.Iter)
			c.exprs(k.Ifs)
		}
	case *Starred:
		c.expr(n.X)
	case *NamedExpr:
		c.expr(n.Target)
		c.expr(n.Value)
	case *Slice:
		c.exprs(n.Parts)
	case *BadExpr:
		c.exprs(n.Parts)
	case *BadStmt:
		for _, n := range n.Names {
			c.expr(n)
		}
	}
	return c.out
}

type collector struct{ out []Node }

func (c *collector) expr(e Expr) {
	if e != nil {
		c.out = append(c.out, e)
	}
}

func (c *collector) exprs(es []Expr) {
	for _, e := range es {
		c.expr(e)
	}
}

func (c *collector) stmts(ss []Stmt) {
	for _, s := range ss {
		c.out = append(c.out, s)
	}
}

// arguments adds positional and keyword arguments in source order: a starred
// one may stand behind a keyword.
func (c *collector) arguments(args []Expr, keywords []*Keyword) {
	for _, k := range keywords {
		for len(args) > 0 && args[0].Pos().Start < k.Start {
			c.expr(args[0])
			args = args[1:]
		}
		c.expr(k.Value)
	}
	c.exprs(args)
}

func (c *collector) params(ps []*Param) {
	for _, p := range ps {
		c.expr(p.Annotation)
		c.expr(p.Default)
	}
}
