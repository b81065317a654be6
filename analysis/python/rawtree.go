package python

import (
	"math"
	"sync"

	sitter "github.com/smacker/go-tree-sitter"
	grammar "github.com/smacker/go-tree-sitter/python"
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

// A symbol is what the grammar says about a kind of node.
type symbol struct {
	kind  string
	named bool
}

// symbols returns the table of the grammar's symbols. To ask each node for the
// name of its kind would cost a call into C and a copy of the name.
var symbols = sync.OnceValue(func() []symbol {
	g := grammar.GetLanguage()
	out := make([]symbol, g.SymbolCount())
	for i := range out {
		s := sitter.Symbol(i)
		out[i] = symbol{g.SymbolName(s), g.SymbolType(s) == sitter.SymbolTypeRegular}
	}
	return out
})

// errorSymbol is the symbol of an ERROR node.
const errorSymbol = math.MaxUint16

// withoutFields are frequent kinds of nodes whose children are in no field.
var withoutFields = map[string]bool{
	"module": true, "block": true, "argument_list": true, "parameters": true, "expression_statement": true,
	"tuple": true, "list": true, "set": true, "dictionary": true, "expression_list": true, "pattern_list": true,
	"return_statement": true, "string": true, "string_content": true, "decorator": true,
	"type": true, "parenthesized_expression": true, "await": true, "with_clause": true, "dotted_name": true,
}

// operators are the kinds of nodes that have a token in a field.
var operators = map[string]bool{"binary_operator": true, "unary_operator": true, "augmented_assignment": true}

// leaves are frequent kinds of nodes that have no children.
var leaves = map[string]bool{
	"identifier": true, "comment": true, "string_start": true, "string_end": true, "integer": true, "float": true,
	"true": true, "false": true, "none": true, "ellipsis": true,
}

// copyTree copies the tree below n.
func copyTree(n *sitter.Node, source *source) *raw {
	cursor := sitter.NewTreeCursor(n)
	defer cursor.Close()
	c := copier{cursor: cursor, source: source, symbols: symbols(), sound: !n.HasError()}
	return c.node(0, "")
}

type copier struct {
	cursor  *sitter.TreeCursor
	source  *source
	symbols []symbol
	sound   bool  // the tree has no errors
	free    []raw // nodes that were allocated together
}

func (c *copier) alloc() *raw {
	if len(c.free) == 0 {
		c.free = make([]raw, 64)
	}
	r := &c.free[0]
	c.free = c.free[1:]
	return r
}

// node copies the node at the cursor. parent is the kind of the node above it.
func (c *copier) node(depth int, parent string) *raw {
	n := c.cursor.CurrentNode()
	r := c.alloc()
	s := n.Symbol()
	if s == errorSymbol {
		r.kind, r.named, r.bad = "ERROR", true, true
	} else {
		r.kind, r.named = c.symbols[s].kind, c.symbols[s].named
	}
	start := int(n.StartByte())
	end := start + 1
	if r.named || !c.sound || len(r.kind) > 1 {
		end = int(n.EndByte())
		r.bad = r.bad || start == end && n.IsMissing()
	}
	r.Span = c.source.span(start, end)
	if r.named && !withoutFields[parent] || operators[parent] {
		r.field = c.cursor.CurrentFieldName()
	}
	switch {
	case depth > maxNestedNodes:
		r.bad = true
	case r.named && !leaves[r.kind] && c.cursor.GoToFirstChild():
		for {
			k := c.node(depth+1, r.kind)
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
				r.End = k.End
				break
			}
		}
	default:
		r.literal = c.source.text[r.Start:r.End]
		read := c.source.bytes[start:end]
		r.made = len(read) != len(r.literal) || (string(read) == "_" || string(read) == "pass") && string(read) != r.literal
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
