package python

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
	case "tuple_pattern": // (name), but not ()
		return len(k.nodes()) == 1 && irrefutable(k)
	case "case_pattern":
		return irrefutable(k)
	}
	return false
}
