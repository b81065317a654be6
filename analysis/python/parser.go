package python

import (
	"bytes"
	"context"
	"hash/maphash"

	sitter "github.com/smacker/go-tree-sitter"
	grammar "github.com/smacker/go-tree-sitter/python"
)

// Limits of one unit. Beyond them a unit is Opaque.
const (
	maxUnitBytes   = 4 << 20
	parseMicros    = 500_000 // per unit; an ordinary function takes 50
	maxNestedNodes = 400     // depth of the tree that is copied
)

// A Parser turns source text into Files. It owns every tree-sitter object that
// it makes, and must be closed. It may be used by one goroutine at a time.
type Parser struct {
	sitter *sitter.Parser
	hot    hotUnit
	trees  int // trees that are open, for the leak test
}

// A hotUnit is the unit that was edited last, with the tree that lets the next
// edit of it be parsed incrementally.
type hotUnit struct {
	tree *sitter.Tree
	text []byte // what the parser was given
}

// NewParser returns a parser.
func NewParser() *Parser {
	p := &Parser{}
	p.renew()
	return p
}

// renew makes the tree-sitter parser anew: one that met its operation limit
// can return the tree of an older text.
func (p *Parser) renew() {
	if p.sitter != nil {
		p.sitter.Close()
	}
	p.sitter = sitter.NewParser()
	p.sitter.SetLanguage(grammar.GetLanguage())
	p.sitter.SetOperationLimit(parseMicros)
}

// Close frees what the parser owns. Files that it made stay valid.
func (p *Parser) Close() {
	p.cool()
	if p.sitter != nil {
		p.sitter.Close()
		p.sitter = nil
	}
}

func (p *Parser) cool() {
	if p.hot.tree != nil {
		p.hot.tree.Close()
		p.trees--
	}
	p.hot = hotUnit{}
}

// Parse reads a whole text.
func (p *Parser) Parse(text string) *File {
	p.cool()
	segs, open := cut(text)
	f := &File{Text: text, Lines: NewLines(text), segs: segs, open: open}
	f.Units = make([]Placed, len(segs))
	for i, s := range segs {
		f.Units[i] = Placed{Start: s.start, End: s.end, Parent: s.parent, Unit: p.unit(text, s, segmentHash(text, s), false)}
	}
	return f
}

// Edit reads the text that an edit makes of f's. Units that the edit does not
// touch are shared with f. The edit must fit f's text; see [Edit.Check].
func (p *Parser) Edit(f *File, e Edit) *File {
	text := f.Text[:e.Start] + e.New + f.Text[e.End:]
	r, ok := recut(f, e, text)
	if !ok {
		segs, open := cut(text)
		r = resegmented{segs: segs, open: open, oldEnd: len(f.segs), newEnd: len(segs)}
	}
	n := &File{Text: text, Lines: f.Lines.edit(e, text), segs: r.segs, open: r.open}
	n.Units = make([]Placed, len(r.segs))
	reuse := make(map[uint64]*Unit)
	for _, u := range f.Units[r.first:r.oldEnd] {
		reuse[u.Unit.hash] = u.Unit
	}
	for i, s := range r.segs {
		var u *Unit
		switch {
		case i < r.first:
			u = f.Units[i].Unit
		case i >= r.newEnd:
			u = f.Units[i-r.newEnd+r.oldEnd].Unit
		default:
			hash := segmentHash(text, s)
			if u = reuse[hash]; u == nil {
				u = p.unit(text, s, hash, true)
			}
		}
		n.Units[i] = Placed{Start: s.start, End: s.end, Parent: s.parent, Unit: u}
	}
	return n
}

var hashSeed = maphash.MakeSeed()

// segmentHash identifies what a segment's unit is made from.
func segmentHash(text string, s segment) uint64 {
	var h maphash.Hash
	h.SetSeed(hashSeed)
	h.WriteByte(byte(s.kind))
	h.WriteString(s.path)
	h.WriteByte(0)
	h.WriteString(text[s.start:s.end])
	for _, p := range s.patches {
		h.Write([]byte{0, byte(p.at), byte(p.at >> 8), byte(p.at >> 16), byte(p.at >> 24)})
		h.WriteString(p.with)
	}
	return h.Sum64()
}

// unit parses one segment. A unit that is being edited keeps its tree.
func (p *Parser) unit(text string, s segment, hash uint64, edited bool) *Unit {
	u := &Unit{Kind: s.kind, Path: s.path, Comments: s.comments, hash: hash}
	source, before := parserText(text, s)
	if len(source) > maxUnitBytes {
		u.Opaque = true
		return u
	}
	tree := p.tree(source, edited)
	if tree == nil {
		u.Opaque = true
		return u
	}
	l := &lowerer{source: string(source), before: before, size: s.end - s.start}
	u.Body = l.unit(tree.RootNode(), s)
	u.Errors = l.errors
	if edited {
		p.hot = hotUnit{tree, source}
	} else {
		tree.Close()
		p.trees--
	}
	return u
}

// parserText returns what the parser is given for a segment, and how many bytes
// of it stand before the segment's first byte: an indented segment is wrapped
// in an if, the head of a class gets a body.
func parserText(text string, s segment) (source []byte, before int) {
	const wrap, body = "if 1:\n", "pass\n"
	if s.indent > 0 {
		source = append(source, wrap...)
	}
	before = len(source)
	source = append(source, text[s.start:s.end]...)
	for _, p := range s.patches {
		copy(source[before+p.at:], p.with)
	}
	if s.kind == ClassUnit {
		if source[len(source)-1] != '\n' {
			source = append(source, '\n')
		}
		for range s.indent + 1 {
			source = append(source, ' ')
		}
		source = append(source, body...)
	}
	return source, before
}

// tree parses source; nil means that the parser gave up. The caller owns it.
func (p *Parser) tree(source []byte, edited bool) *sitter.Tree {
	var old *sitter.Tree
	if edited && p.hot.tree != nil {
		if e, near := difference(p.hot.text, source); near {
			p.hot.tree.Edit(e)
			old = p.hot.tree
		}
	}
	tree, err := p.sitter.ParseCtx(context.Background(), old, source)
	if err == nil && old != nil && tree.RootNode().HasError() {
		// With errors on both sides an incremental parse can differ from a
		// fresh one.
		tree.Close()
		tree, err = p.sitter.ParseCtx(context.Background(), nil, source)
	}
	if edited {
		p.cool()
	}
	if err != nil {
		p.renew()
		return nil
	}
	p.trees++
	return tree
}

// difference returns the edit that makes b of a, and whether most of the text
// stays, so that parsing incrementally is worth it.
func difference(a, b []byte) (e sitter.EditInput, near bool) {
	n := min(len(a), len(b))
	head := 0
	for head < n && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < n-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	e = sitter.EditInput{
		StartIndex:  uint32(head),
		OldEndIndex: uint32(len(a) - tail),
		NewEndIndex: uint32(len(b) - tail),
		StartPoint:  point(a[:head]),
		OldEndPoint: point(a[:len(a)-tail]),
	}
	return e, head+tail > len(b)/2
}

// point returns the row and byte column after text. The binding makes the new
// end point of an edit from the old one, so rows and columns are wrong until
// the text is parsed again; nothing here reads them.
func point(text []byte) sitter.Point {
	last := bytes.LastIndexByte(text, '\n')
	return sitter.Point{Row: uint32(bytes.Count(text, []byte("\n"))), Column: uint32(len(text) - last - 1)}
}
