package python

func (l *lowerer) decorated(r *raw) []Stmt {
	var decorators []Expr
	for _, k := range r.nodes() {
		if k.kind == "decorator" {
			decorators = append(decorators, l.first(k))
		}
	}
	d := r.child("definition")
	if d == nil {
		return []Stmt{l.bad(r)}
	}
	switch d.kind {
	case "function_definition":
		f := l.function(d, decorators)
		f.Start = r.Span.Start
		return []Stmt{f}
	case "class_definition":
		c := l.class(d, decorators)
		c.Start = r.Span.Start
		return []Stmt{c}
	}
	return []Stmt{l.bad(r)}
}

func (l *lowerer) function(r *raw, decorators []Expr) *FunctionDef {
	f := &FunctionDef{
		Span:       r.Span,
		Name:       l.nameOf(r),
		Params:     l.params(r.child("parameters")),
		Returns:    l.maybe(r.child("return_type")),
		Body:       l.block(r.child("body")),
		Decorators: decorators,
		Async:      r.has("async"),
	}
	f.Generator = yields(f.Body)
	return f
}

func (l *lowerer) class(r *raw, decorators []Expr) *ClassDef {
	c := &ClassDef{Span: r.Span, Name: l.nameOf(r), Body: l.block(r.child("body")), Decorators: decorators}
	if args := r.child("superclasses"); args != nil {
		c.Bases, c.Keywords = l.arguments(args)
	}
	return c
}

func (l *lowerer) nameOf(r *raw) *Name {
	if n := r.child("name"); n != nil {
		return l.name(n)
	}
	return &Name{Span: Span{r.Span.Start, r.Span.Start}}
}

func (l *lowerer) params(r *raw) []*Param {
	if r == nil {
		return nil
	}
	var out []*Param
	kind := Positional
	for _, k := range r.nodes() {
		switch k.kind {
		case "keyword_separator":
			kind = KeywordOnly
			continue
		case "positional_separator":
			continue
		}
		p := &Param{Span: k.Span, Kind: kind, Annotation: l.maybe(k.child("type")), Default: l.maybe(k.child("value"))}
		l.paramName(k, p)
		if p.Name == nil {
			continue
		}
		if p.Kind == VarArgs {
			kind = KeywordOnly
		}
		out = append(out, p)
	}
	return out
}

func (l *lowerer) paramName(r *raw, p *Param) {
	switch r.kind {
	case "identifier":
		p.Name = l.name(r)
	case "list_splat_pattern", "dictionary_splat_pattern":
		p.Kind = VarArgs
		if r.kind == "dictionary_splat_pattern" {
			p.Kind = VarKwargs
		}
		if id := r.of("identifier"); id != nil {
			p.Name = l.name(id)
		}
	default: // a default or an annotation around one of the above
		for _, k := range r.nodes() {
			if k.field != "type" && k.field != "value" {
				l.paramName(k, p)
				return
			}
		}
	}
}

// yields reports whether a yield of the function itself stands in its body.
func yields(body []Stmt) bool {
	found := false
	for _, s := range body {
		Inspect(s, func(n Node) bool {
			switch n.(type) {
			case *FunctionDef, *ClassDef, *Lambda:
				return false
			case *Yield:
				found = true
			}
			return !found
		})
	}
	return found
}
