package config

import (
	"errors"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"sessionlint/analysis/python"
)

// A node is a value in a TOML file, with its place.
type node struct {
	kind  nodeKind
	key   string      // in the table that it is in
	at    python.Span // of the key
	span  python.Span // of the value, as far as it is known
	text  string      // of a string
	items []*node     // of a table or list, in the order of the file
}

type nodeKind uint8

const (
	isTable nodeKind = iota
	isList
	isString
	isNumber
	isBool
	isTime
)

// what names a kind in messages.
func (k nodeKind) what() string {
	return [...]string{"a table", "a list", "a string", "a number", "true or false", "a date or time"}[k]
}

// child returns what a table has under a key, nil if nothing.
func (n *node) child(key string) *node {
	if n == nil || n.kind != isTable {
		return nil
	}
	for _, c := range n.items {
		if c.key == key {
			return c
		}
	}
	return nil
}

// A fault is why a text is not TOML.
type fault struct {
	span    python.Span
	message string
}

// readTree reads a TOML file. The parser that knows the places lets some things
// pass that TOML forbids, such as two values of one key: the decoder finds them.
func readTree(text string) (*node, *fault) {
	var whole map[string]any
	if err := toml.Unmarshal([]byte(text), &whole); err != nil {
		return nil, faultOf(text, err)
	}
	t := tree{text: text, root: &node{kind: isTable}}
	t.parser.Reset([]byte(text))
	into := t.root
	for t.parser.NextExpression() {
		switch e := t.parser.Expression(); e.Kind {
		case unstable.Table:
			into = t.open(t.root, e.Key())
		case unstable.ArrayTable:
			into = t.element(e.Key())
		case unstable.KeyValue:
			t.set(into, e)
		}
	}
	if err := t.parser.Error(); err != nil {
		return nil, faultOf(text, err)
	}
	return t.root, nil
}

func faultOf(text string, err error) *fault {
	f := &fault{message: strings.TrimPrefix(err.Error(), "toml: ")}
	var d *toml.DecodeError
	if errors.As(err, &d) {
		row, column := d.Position()
		at := 0
		for range row - 1 {
			n := strings.IndexByte(text[at:], '\n')
			if n < 0 {
				break
			}
			at += n + 1
		}
		at = min(at+max(column-1, 0), len(text))
		f.span = python.Span{Start: at, End: min(at+1, len(text))}
	}
	return f
}

// tree is a file that is being read.
type tree struct {
	text   string
	parser unstable.Parser
	root   *node
}

func spanOf(r unstable.Range) python.Span {
	return python.Span{Start: int(r.Offset), End: int(r.Offset + r.Length)}
}

// step returns what a table has under a key, and makes a table of it if it has
// nothing. Of a list of tables it is the last one.
func (n *node) step(key *unstable.Node) *node {
	name := string(key.Data)
	c := n.child(name)
	if c == nil {
		c = &node{kind: isTable, key: name, at: spanOf(key.Raw), span: spanOf(key.Raw)}
		n.items = append(n.items, c)
	}
	if c.kind == isList && len(c.items) > 0 {
		return c.items[len(c.items)-1]
	}
	return c
}

// open returns the table with a path.
func (t *tree) open(from *node, keys unstable.Iterator) *node {
	for keys.Next() {
		from = from.step(keys.Node())
	}
	return from
}

// element adds a table to the list of tables with a path.
func (t *tree) element(keys unstable.Iterator) *node {
	from := t.root
	for keys.Next() {
		k := keys.Node()
		if !keys.IsLast() {
			from = from.step(k)
			continue
		}
		list := from.child(string(k.Data))
		if list == nil {
			list = &node{kind: isList, key: string(k.Data), at: spanOf(k.Raw), span: spanOf(k.Raw)}
			from.items = append(from.items, list)
		}
		from = &node{kind: isTable, span: spanOf(k.Raw)}
		list.items = append(list.items, from)
	}
	return from
}

// set adds a key and its value to a table.
func (t *tree) set(into *node, e *unstable.Node) {
	keys := e.Key()
	for keys.Next() {
		k := keys.Node()
		if !keys.IsLast() {
			into = into.step(k)
			continue
		}
		at := spanOf(k.Raw)
		v := t.value(e.Value(), t.behind(at.End, spanOf(e.Raw).End))
		v.key, v.at = string(k.Data), at
		into.items = append(into.items, v)
	}
}

// behind returns the span of a value that stands behind a key which ends at an
// offset.
func (t *tree) behind(key, end int) python.Span {
	rest := strings.TrimLeft(t.text[key:max(key, end)], " \t=")
	return python.Span{Start: max(key, end) - len(rest), End: max(key, end)}
}

// value returns a value that stands within a span, of which the parser may know
// more exactly.
func (t *tree) value(v *unstable.Node, within python.Span) *node {
	n := &node{span: within}
	switch v.Kind {
	case unstable.Array:
		n.kind = isList
		for items := v.Children(); items.Next(); {
			if items.Node().Kind != unstable.Comment {
				n.items = append(n.items, t.value(items.Node(), within))
			}
		}
		return n
	case unstable.InlineTable:
		for items := v.Children(); items.Next(); {
			if items.Node().Kind == unstable.KeyValue {
				t.set(n, items.Node())
			}
		}
		return n
	case unstable.String:
		n.kind, n.text = isString, string(v.Data)
	case unstable.Bool:
		n.kind = isBool
	case unstable.Integer, unstable.Float:
		n.kind = isNumber
	default:
		n.kind = isTime
	}
	if v.Raw.Length > 0 {
		n.span = spanOf(v.Raw)
	}
	return n
}
