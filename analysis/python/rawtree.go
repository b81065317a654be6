package python

import (
	sitter "github.com/smacker/go-tree-sitter"
)

// A raw is a node of the tree-sitter tree, copied into Go. Copying first and
// reading afterwards keeps the binding out of everything else: its nodes are
// cached in a map that is not safe to share, and each step through it is a call
// into C.
type raw struct {
	Span
	kind    string
	field   string // the name of the field that the node is in its parent, or ""
	named   bool
	bad     bool // an ERROR node, a missing one, or one nested too deeply
	hasBad  bool // a bad node stands at or below this one
	made    bool // a leaf that a repair put into the text
	kids    []*raw
	literal string // source text of a leaf
}

// copyTree copies the tree below n.
func copyTree(n *sitter.Node, source *source) *raw {
	cursor := sitter.NewTreeCursor(n)
	defer cursor.Close()
	c := copier{cursor, source}
	return c.node(0)
}

type copier struct {
	cursor *sitter.TreeCursor
	source *source
}

func (c copier) node(depth int) *raw {
	n := c.cursor.CurrentNode()
	start, end := int(n.StartByte()), int(n.EndByte())
	r := &raw{
		Span:  c.source.span(start, end),
		kind:  n.Type(),
		field: c.cursor.CurrentFieldName(),
		named: n.IsNamed(),
		bad:   n.IsError() || n.IsMissing(),
	}
	switch {
	case depth > maxNestedNodes:
		r.bad = true
	case c.cursor.GoToFirstChild():
		for {
			k := c.node(depth + 1)
			r.hasBad = r.hasBad || k.hasBad
			r.kids = append(r.kids, k)
			if !c.cursor.GoToNextSibling() {
				break
			}
		}
		c.cursor.GoToParent()
		// Comments behind the last statement of a block are no part of it, nor
		// is what a repair put there.
		for i := len(r.kids) - 1; i >= 0 && !r.bad; i-- {
			if k := r.kids[i]; !k.comment() && k.Start < k.End {
				r.End = r.kids[i].End
				break
			}
		}
	default:
		r.literal = c.source.text[r.Start:r.End]
		r.made = end-start != len(r.literal) || r.literal != "_" && string(c.source.bytes[start:end]) == "_"
	}
	r.hasBad = r.hasBad || r.bad
	return r
}

// leaf returns the first leaf at or below r.
func (r *raw) leaf() *raw {
	for len(r.kids) > 0 {
		r = r.kids[0]
	}
	return r
}

// child returns the first child in a field, or nil.
func (r *raw) child(field string) *raw {
	for _, k := range r.kids {
		if k.field == field && !k.comment() {
			return k
		}
	}
	return nil
}

// children returns the children in a field.
func (r *raw) children(field string) []*raw {
	var out []*raw
	for _, k := range r.kids {
		if k.field == field && !k.comment() {
			out = append(out, k)
		}
	}
	return out
}

// nodes returns the named children that are not comments.
func (r *raw) nodes() []*raw {
	var out []*raw
	for _, k := range r.kids {
		if k.named && !k.comment() {
			out = append(out, k)
		}
	}
	return out
}

// has reports whether a token such as "async" is a child.
func (r *raw) has(token string) bool {
	for _, k := range r.kids {
		if !k.named && k.kind == token {
			return true
		}
	}
	return false
}

// lastComma returns the end of the comma behind the last node of a field, or 0.
func (r *raw) lastComma(field string) int {
	end, seen := 0, false
	for _, k := range r.kids {
		switch {
		case k.comment():
		case k.field == field && k.named:
			end, seen = 0, true
		case k.kind == "," && seen:
			end = k.End
		}
	}
	return end
}

// of returns the first child of a kind, or nil.
func (r *raw) of(kind string) *raw {
	for _, k := range r.kids {
		if k.kind == kind {
			return k
		}
	}
	return nil
}

func (r *raw) comment() bool { return r.kind == "comment" || r.kind == "line_continuation" }
