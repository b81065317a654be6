package python

import (
	"bytes"
	"context"
	"hash/maphash"
	"slices"
	"strings"

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
	f := &File{Text: text, Lines: NewLines(text), open: open}
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
	r := recut(f, e, text)
	units := r.apply(f.Units, len(text)-len(f.Text))
	reuse := make(map[uint64]*Unit, r.last-r.first)
	for _, u := range f.Units[r.first:r.last] {
		reuse[u.Unit.hash] = u.Unit
	}
	for i, s := range r.segs {
		hash := segmentHash(text, s)
		u := reuse[hash]
		if u == nil {
			u = p.unit(text, s, hash, true)
		}
		units[r.first+i] = Placed{Start: s.start, End: s.end, Parent: s.parent, Unit: u}
	}
	return &File{Text: text, Lines: f.Lines.edit(e, text), Units: units, open: r.open}
}

var hashSeed = maphash.MakeSeed()

// segmentHash identifies what a segment's unit is made from: its text, and what
// the scanner decided about it from the text around it.
func segmentHash(text string, s segment) uint64 {
	var h maphash.Hash
	h.SetSeed(hashSeed)
	h.WriteByte(byte(s.kind))
	h.WriteString(s.path)
	h.WriteByte(0)
	h.WriteString(text[s.start:s.end])
	for _, l := range s.lines {
		if l.broken {
			at := l.start - s.start
			h.Write([]byte{0, byte(at), byte(at >> 8), byte(at >> 16), byte(at >> 24)})
			h.WriteString(l.closers)
		}
	}
	return h.Sum64()
}

// unit parses one segment. A unit that is being edited keeps its tree.
func (p *Parser) unit(text string, s segment, hash uint64, edited bool) *Unit {
	u := &Unit{Kind: s.kind, Path: strings.Clone(s.path), lines: linesFor(text, s), indent: s.indent, name: s.name, hash: hash}
	for _, l := range s.lines {
		for _, c := range l.comment {
			u.Comments = append(u.Comments, c.Shift(-s.start))
		}
	}
	if s.end-s.start > maxUnitBytes {
		u.Opaque = true
		return u
	}
	r := repaired(text, s, nil)
	src := newSource(text, s, r.patches)
	tree := p.tree(src.bytes, edited)
	if tree != nil && tree.RootNode().HasError() {
		if bad := p.unreadable(text, s); len(bad) > 0 {
			p.release(tree)
			r = repaired(text, s, bad)
			src = newSource(text, s, r.patches)
			tree = p.tree(src.bytes, false)
		}
	}
	if tree == nil {
		u.Opaque = true
		return u
	}
	l := &lowerer{source: src, broken: r.broken}
	u.Body = l.unit(tree.RootNode(), s)
	u.Errors = l.errorSpans()
	if edited && !tree.RootNode().HasError() {
		p.hot = hotUnit{tree, src.bytes}
	} else {
		p.release(tree)
	}
	return u
}

// maxLinesAlone bounds how many lines of a unit are parsed one by one.
const maxLinesAlone = 2000

// unreadable returns the starts of the lines that do not parse on their own.
func (p *Parser) unreadable(text string, s segment) map[int]bool {
	bad := map[int]bool{}
	for _, l := range s.lines[:min(len(s.lines), maxLinesAlone)] {
		if l.blank || l.broken {
			continue
		}
		alone := newSource(text, segment{start: l.body, end: l.last}, slices.Clone(l.patches)).bytes
		tree := p.tree(aloneText(l.keyword(text), alone, l.opensBlock(text)), false)
		if tree == nil || tree.RootNode().HasError() {
			bad[l.start] = true
		}
		if tree != nil {
			p.release(tree)
		}
	}
	return bad
}

// aloneText makes a whole statement of one line.
func aloneText(word string, line []byte, opens bool) []byte {
	before, after := "", "\n"
	if opens && word != "match" {
		after = " pass\n"
	}
	switch word {
	case "elif", "else":
		before = "if _: pass\n"
	case "except", "finally":
		before = "try: pass\n"
	case "try":
		after += "finally: pass\n"
	case "@":
		after += "def _(): pass\n"
	case "match":
		after += " case _: pass\n"
	case "case":
		before = "match _:\n "
	}
	return append(append([]byte(before), line...), after...)
}

func (p *Parser) release(t *sitter.Tree) {
	t.Close()
	p.trees--
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
		// With errors an incremental parse can differ from a fresh one.
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
