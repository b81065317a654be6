package python

import (
	"cmp"
	"slices"
	"sort"

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
	body := l.statements(root, s)
	if len(l.broken)+len(l.errors) > 0 {
		for _, b := range body {
			fit(b)
		}
	}
	return body
}

// fit makes n, whose text is broken, span all nodes below it. What is empty and
// stands elsewhere, for it is missing from the text, is put at its end.
func fit(n Node) Span {
	span := n.Pos()
	children := Children(n)
	for _, c := range children {
		if at := fit(c); at.Start < at.End {
			span = Span{min(span.Start, at.Start), max(span.End, at.End)}
		}
	}
	n.(interface{ set(Span) }).set(span)
	for _, c := range children {
		if !span.Contains(c.Pos()) {
			Inspect(c, func(n Node) bool {
				n.(interface{ set(Span) }).set(Span{span.End, span.End})
				return true
			})
		}
	}
	return span
}

// statements lowers the statements of a tree.
func (l *lowerer) statements(root *sitter.Node, s segment) []Stmt {
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
				for _, s := range body[i+1:] {
					b.End = max(b.End, s.Pos().End)
				}
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
		return append([]Stmt{badText(l.source.text, Span{b.Start, min(b.End, r.End)})}, l.wellFormed(r)...)
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
