package python

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	sitter "github.com/smacker/go-tree-sitter"
)

// A lowerer makes the nodes of ast.go from one unit's tree.
type lowerer struct {
	source *source
	broken []brokenLine
	errors []Span
}

// unit lowers a whole tree.
func (l *lowerer) unit(root *sitter.Node, s segment) []Stmt {
	r := copyTree(root, l.source)
	l.collectErrors(r)
	if s.indent > 0 { // inside "if 1:"
		w := r.of("if_statement")
		if w == nil || w.child("consequence") == nil {
			return []Stmt{badText(l.source.text, Span{0, len(l.source.text)})}
		}
		out := l.block(w.child("consequence"))
		for _, k := range r.nodes() { // what recovery left outside of the if
			if k != w {
				out = append(out, l.stmt(k)...)
			}
		}
		return only(s.kind, out)
	}
	return only(s.kind, l.block(r))
}

// brokenAt returns the broken line that holds offset at.
func (l *lowerer) brokenAt(at int) (brokenLine, bool) {
	i := sort.Search(len(l.broken), func(i int) bool { return l.broken[i].End > at })
	if i < len(l.broken) && l.broken[i].Start <= at {
		return l.broken[i], true
	}
	return brokenLine{}, false
}

// errorSpans returns where the unit did not parse, in order.
func (l *lowerer) errorSpans() []Span {
	out := l.errors
	for _, b := range l.broken {
		out = append(out, b.Span)
	}
	slices.SortFunc(out, func(a, b Span) int { return cmp.Or(a.Start-b.Start, a.End-b.End) })
	return slices.Compact(out)
}

// only keeps a definition first in the unit that is named after it, whatever
// error recovery put before it.
func only(kind UnitKind, body []Stmt) []Stmt {
	for i, b := range body {
		switch b := b.(type) {
		case *FunctionDef:
			if kind == FunctionUnit {
				b.Body = append(b.Body, body[i+1:]...)
				return []Stmt{b}
			}
		case *ClassDef:
			if kind == ClassUnit {
				return []Stmt{b}
			}
		}
	}
	return body
}

func (l *lowerer) collectErrors(r *raw) {
	if !r.hasBad {
		return
	}
	if r.bad {
		l.errors = append(l.errors, r.Span)
		return
	}
	for _, k := range r.kids {
		l.collectErrors(k)
	}
}

// bad makes a statement of text that did not parse.
func (l *lowerer) bad(rs ...*raw) *BadStmt {
	b := &BadStmt{Span: Span{rs[0].Span.Start, rs[len(rs)-1].Span.End}}
	var walk func(*raw)
	walk = func(r *raw) {
		switch r.kind {
		case "identifier":
			b.Names = append(b.Names, l.name(r))
		case "return", "raise", "break", "continue", "yield":
			b.Exits = true
		}
		for _, k := range r.kids {
			walk(k)
		}
	}
	for _, r := range rs {
		walk(r)
	}
	return b
}

// block lowers the statements of a block or module.
func (l *lowerer) block(r *raw) []Stmt {
	if r == nil {
		return nil
	}
	var out []Stmt
	for _, k := range r.kids {
		if k.bad || k.named && !k.comment() {
			out = append(out, l.stmt(k)...)
		}
	}
	return out
}

// stmt lowers one statement. Text in its own part (not in a nested block) that
// did not parse becomes a BadStmt before it.
func (l *lowerer) stmt(r *raw) []Stmt {
	b, broken := l.brokenAt(r.Start)
	switch {
	case b.hidden:
		return []Stmt{badText(l.source.text, b.Span)}
	case r.kind == "pass_statement" && r.leaf().made: // of a block without statements
		return nil
	case broken && compound[r.kind]:
		return append([]Stmt{badText(l.source.text, b.Span)}, l.wellFormed(r)...)
	case broken:
		return []Stmt{badText(l.source.text, r.Span)}
	}
	if r.bad {
		return []Stmt{l.bad(r)}
	}
	var out []Stmt
	if r.hasBad {
		if broken := brokenParts(r, nil); len(broken) > 0 {
			out = append(out, l.bad(broken...))
		}
	}
	return append(out, l.wellFormed(r)...)
}

// compound are the statements that hold blocks.
var compound = map[string]bool{
	"if_statement": true, "for_statement": true, "while_statement": true, "with_statement": true,
	"try_statement": true, "match_statement": true, "function_definition": true,
	"class_definition": true, "decorated_definition": true,
}

// brokenParts appends the bad nodes of a statement outside its blocks.
func brokenParts(r *raw, out []*raw) []*raw {
	for _, k := range r.kids {
		switch {
		case k.bad:
			out = append(out, k)
		case k.kind == "block" || !k.hasBad:
		default:
			out = brokenParts(k, out)
		}
	}
	return out
}

func (l *lowerer) wellFormed(r *raw) []Stmt {
	sp := r.Span
	one := func(s Stmt) []Stmt { return []Stmt{s} }
	switch r.kind {
	case "expression_statement":
		return l.expressionStatement(r)
	case "return_statement":
		return one(&Return{sp, l.first(r)})
	case "delete_statement":
		return one(&Delete{sp, elements(l.first(r))})
	case "raise_statement":
		s := &Raise{Span: sp, Cause: l.maybe(r.child("cause"))}
		for _, k := range r.nodes() {
			if k.field != "cause" {
				s.Exc = l.expr(k)
			}
		}
		return one(s)
	case "assert_statement":
		s := &Assert{Span: sp}
		if ks := r.nodes(); len(ks) > 0 {
			s.Test = l.expr(ks[0])
			if len(ks) > 1 {
				s.Msg = l.expr(ks[1])
			}
		}
		return one(s)
	case "break_statement":
		return one(&Break{sp})
	case "continue_statement":
		return one(&Continue{sp})
	case "global_statement", "nonlocal_statement":
		s := &Global{Span: sp, Nonlocal: r.kind == "nonlocal_statement"}
		for _, k := range r.nodes() {
			s.Names = append(s.Names, strings.Clone(k.literal))
		}
		return one(s)
	case "import_statement", "import_from_statement", "future_import_statement":
		return one(l.importStatement(r))
	case "if_statement":
		return one(l.ifStatement(r))
	case "for_statement":
		return one(&For{sp, l.optional(r.child("left")), l.optional(r.child("right")), l.block(r.child("body")), l.elseBlock(r), r.has("async")})
	case "while_statement":
		return one(&While{sp, l.optional(r.child("condition")), l.block(r.child("body")), l.elseBlock(r)})
	case "with_statement":
		return one(&With{sp, l.withItems(r), l.block(r.child("body")), r.has("async")})
	case "try_statement":
		return one(l.tryStatement(r))
	case "match_statement":
		return one(l.matchStatement(r))
	case "function_definition":
		return one(l.function(r, nil))
	case "class_definition":
		return one(l.class(r, nil))
	case "decorated_definition":
		return l.decorated(r)
	case "print_statement", "exec_statement":
		t := &Tuple{Span: sp}
		for _, k := range r.nodes() {
			t.Elts = append(t.Elts, l.expr(k))
		}
		return one(&ExprStmt{sp, t})
	case "pass_statement", "type_alias_statement":
		return one(&Pass{sp})
	default:
		return one(l.bad(r))
	}
}

func (l *lowerer) expressionStatement(r *raw) []Stmt {
	ks := r.nodes()
	sp := r.Span
	if len(ks) == 1 && !r.has(",") {
		switch k := ks[0]; k.kind {
		case "assignment":
			return l.assignment(k, sp)
		case "augmented_assignment":
			op := ""
			if o := k.child("operator"); o != nil {
				op = strings.TrimSuffix(o.kind, "=")
			}
			return []Stmt{&AugAssign{sp, l.optional(k.child("left")), op, l.optional(k.child("right"))}}
		}
		return []Stmt{&ExprStmt{sp, l.expr(ks[0])}}
	}
	t := &Tuple{Span: sp}
	for _, k := range ks {
		t.Elts = append(t.Elts, l.expr(k))
	}
	return []Stmt{&ExprStmt{sp, t}}
}

// assignment lowers a = b = v and a: T = v.
func (l *lowerer) assignment(r *raw, sp Span) []Stmt {
	if t := r.child("type"); t != nil {
		return []Stmt{&AnnAssign{sp, l.optional(r.child("left")), l.expr(t), l.maybe(r.child("right"))}}
	}
	s := &Assign{Span: sp}
	for {
		s.Targets = append(s.Targets, l.optional(r.child("left")))
		right := r.child("right")
		if right != nil && right.kind == "assignment" && right.child("type") == nil {
			r = right
			continue
		}
		s.Value = l.optional(right)
		return []Stmt{s}
	}
}

func (l *lowerer) importStatement(r *raw) Stmt {
	sp := r.Span
	var names []*Alias
	for _, k := range r.children("name") {
		a := &Alias{Span: k.Span}
		if k.kind == "aliased_import" {
			a.Name = l.dotted(k.child("name"))
			if as := k.child("alias"); as != nil {
				a.As = strings.Clone(as.literal)
			}
		} else {
			a.Name = l.dotted(k)
		}
		names = append(names, a)
	}
	if w := r.of("wildcard_import"); w != nil {
		names = append(names, &Alias{Span: w.Span, Name: "*"})
	}
	switch r.kind {
	case "import_statement":
		return &Import{sp, names}
	case "future_import_statement":
		return &ImportFrom{sp, "__future__", 0, names}
	}
	s := &ImportFrom{Span: sp, Names: names}
	if m := r.child("module_name"); m != nil {
		if m.kind == "relative_import" {
			if p := m.of("import_prefix"); p != nil {
				s.Level = p.End - p.Start
			}
			m = m.of("dotted_name")
		}
		s.Module = l.dotted(m)
	}
	return s
}

func (l *lowerer) dotted(r *raw) string {
	if r == nil {
		return ""
	}
	var parts []string
	for _, k := range r.nodes() {
		parts = append(parts, k.literal)
	}
	return strings.Join(parts, ".")
}

func (l *lowerer) ifStatement(r *raw) *If {
	s := &If{r.Span, l.optional(r.child("condition")), l.block(r.child("consequence")), nil}
	at := s
	for _, alt := range r.children("alternative") {
		if alt.kind == "elif_clause" {
			e := &If{alt.Span, l.optional(alt.child("condition")), l.block(alt.child("consequence")), nil}
			e.End = s.End
			at.Else = []Stmt{e}
			at = e
		} else {
			at.Else = l.block(alt.child("body"))
		}
	}
	return s
}

func (l *lowerer) elseBlock(r *raw) []Stmt {
	if alt := r.child("alternative"); alt != nil {
		return l.block(alt.child("body"))
	}
	return nil
}

// withItems lowers all the ways that the grammar has for the items of a with.
func (l *lowerer) withItems(r *raw) []*WithItem {
	var out []*WithItem
	clause := r.of("with_clause")
	if clause == nil {
		return nil
	}
	for _, item := range clause.nodes() {
		if item.kind != "with_item" {
			continue
		}
		v := item.child("value")
		if v == nil {
			continue
		}
		// with (a as b): is a parenthesized expression to the grammar.
		if v.kind == "parenthesized_expression" {
			if in := v.nodes(); len(in) == 1 && in[0].kind == "as_pattern" {
				v = in[0]
			}
		}
		w := &WithItem{Span: item.Span}
		if v.kind == "as_pattern" {
			if ks := v.nodes(); len(ks) > 0 {
				w.Context = l.expr(ks[0])
			}
			if t := v.child("alias"); t != nil {
				w.Target = l.first(t)
			}
		} else {
			w.Context = l.expr(v)
		}
		if w.Context != nil {
			out = append(out, w)
		}
	}
	return out
}

func (l *lowerer) tryStatement(r *raw) *Try {
	s := &Try{Span: r.Span, Body: l.block(r.child("body"))}
	for _, k := range r.kids {
		switch k.kind {
		case "except_clause", "except_group_clause":
			h, star := l.handler(k)
			s.Handlers = append(s.Handlers, h)
			s.Star = s.Star || star
		case "else_clause":
			s.Else = l.block(k.child("body"))
		case "finally_clause":
			s.Finally = l.block(k.of("block"))
		}
	}
	return s
}

func (l *lowerer) handler(r *raw) (h *Handler, star bool) {
	h = &Handler{Span: r.Span, Body: l.block(r.of("block"))}
	star = r.kind == "except_group_clause"
	var types []Expr
	for _, k := range r.nodes() {
		switch k.kind {
		case "block":
		case "as_pattern":
			if ks := k.nodes(); len(ks) > 0 {
				types = append(types, l.expr(ks[0]))
			}
			if t := k.child("alias"); t != nil {
				h.Name, _ = l.first(t).(*Name)
			}
		default:
			types = append(types, l.expr(k))
		}
	}
	for i, t := range types { // the grammar has except *T for a splat where it can
		if t, ok := t.(*Starred); ok {
			types[i], star = t.X, true
		}
	}
	switch len(types) {
	case 0:
	case 1:
		h.Type = types[0]
	default: // except A, B: (PEP 758)
		h.Type = tuple(types)
	}
	return h, star
}

func (l *lowerer) matchStatement(r *raw) *Match {
	m := &Match{Span: r.Span, Subject: l.list(r, "subject")}
	body := r.child("body")
	if body == nil {
		return m
	}
	for _, k := range body.nodes() {
		if k.kind != "case_clause" {
			continue
		}
		c := &Case{Span: k.Span, Body: l.block(k.child("consequence"))}
		if g := k.child("guard"); g != nil {
			c.Guard = l.first(g)
		}
		patterns := 0
		for _, p := range k.nodes() {
			if p.kind == "case_pattern" {
				patterns++
				c.Binds = l.captures(p, c.Binds)
				c.Irrefutable = c.Guard == nil && patterns == 1 && !k.has(",") && irrefutable(p)
			}
		}
		m.Cases = append(m.Cases, c)
	}
	return m
}

// captures appends the names that a pattern binds: names without a dot, except
// the names of classes and keywords.
func (l *lowerer) captures(r *raw, out []*Name) []*Name {
	for i, k := range r.kids {
		switch {
		case k.kind == "dotted_name" && r.kind == "class_pattern":
		case k.kind == "identifier" && r.kind == "keyword_pattern" && i == 0:
		case k.kind == "dotted_name":
			if ids := k.nodes(); len(ids) == 1 {
				out = append(out, l.name(ids[0]))
			}
		case k.kind == "identifier":
			out = append(out, l.name(k))
		default:
			out = l.captures(k, out)
		}
	}
	return out
}

func irrefutable(r *raw) bool {
	ks := r.nodes()
	if len(ks) == 0 {
		return true // _
	}
	if len(ks) != 1 || r.has(",") {
		return false
	}
	switch k := ks[0]; k.kind {
	case "dotted_name":
		return len(k.nodes()) == 1
	case "tuple_pattern", "case_pattern": // (name)
		return irrefutable(k)
	}
	return false
}
