package python

import "strings"

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
