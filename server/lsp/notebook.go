package lsp

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"sessionlint/analysis/notebook"
	"sessionlint/analysis/python"
)

// book is an open notebook. Its Python cells are one module, which is a document
// like others. The read loop alone uses it.
type book struct {
	doc    *document
	cells  []*cell          // all that the client tells of, in their order
	module *notebook.Module // of the Python cells
	shown  []*cell          // whose diagnostics the client may have
}

// cell is a cell of a notebook.
type cell struct {
	uri      string // as the client spelt it; does not change
	code     bool   // no prose
	language string
	version  *int32 // the client's; nil if unknown
	text     string
	lines    *python.Lines
	lost     bool // a change could not be applied: the text is not the client's
	in       *book
}

func (c *cell) isPython() bool { return c.code && isPython(c.language, "") }

func (c *cell) load(text string) { c.text, c.lines, c.lost = text, python.NewLines(text), false }

// python returns the cells that make the module.
func (b *book) python() []*cell {
	return slices.DeleteFunc(slices.Clone(b.cells), func(c *cell) bool { return !c.isPython() })
}

// bookOpened heeds that a notebook was opened.
func (s *server) bookOpened(ctx context.Context, raw []byte) error {
	p, err := decodeBook(raw)
	if err != nil {
		return err
	}
	key := canonical(p.Book.URI)
	if old := s.books[key]; old != nil {
		s.log.Warn("a notebook is opened twice", "uri", p.Book.URI)
		s.dropBook(key, old)
	}
	d := &document{uri: strings.Clone(p.Book.URI)}
	d.buffer = buffer{engine: s.engine, log: s.log, path: s.around.pathOf(d.uri), most: s.settings.initial.maxFileSize(), alarm: s.alarm}
	b := &book{doc: d}
	d.book = b
	s.books[key] = b
	return errors.Join(s.splice(b, 0, 0, p.Book.Cells, p.Texts), s.bookRefreshed(ctx, b))
}

// bookChanged heeds changes of the cells of a notebook, and of their texts.
func (s *server) bookChanged(ctx context.Context, raw []byte) error {
	p, err := decodeBookChange(raw)
	if err != nil {
		return err
	}
	b := s.books[canonical(p.Book.URI)]
	if b == nil {
		return fmt.Errorf("the notebook %s is not open", p.Book.URI)
	}
	var errs []error
	if a := p.Change.Cells.Structure; a != nil {
		errs = append(errs, s.splice(b, a.Array.Start, a.Array.DeleteCount, a.Array.Cells, a.DidOpen))
	}
	for _, w := range p.Change.Cells.Data {
		if c := s.cells[canonical(w.Document)]; c != nil && c.in == b {
			c.code = w.Kind == codeCell
		}
	}
	for _, t := range p.Change.Cells.TextContent {
		errs = append(errs, s.cellChanged(b, t))
	}
	return errors.Join(append(errs, s.bookRefreshed(ctx, b))...)
}

// splice replaces cells of a notebook by others. Those that were there before, in
// whatever place, keep their texts; texts has those of new ones.
func (s *server) splice(b *book, start, count int, cells []wireCell, texts []wireDocument) error {
	if start < 0 || count < 0 || start+count > len(b.cells) {
		return fmt.Errorf("cells %d to %d of %d cannot be replaced", start, start+count, len(b.cells))
	}
	byURI := map[string]*cell{}
	for _, c := range b.cells {
		byURI[canonical(c.uri)] = c
	}
	for _, t := range texts {
		if c, err := newCell(t, b); err == nil {
			byURI[canonical(c.uri)] = c
		}
	}
	var list []*cell
	for _, w := range cells {
		c := byURI[canonical(w.Document)]
		if c == nil { // no text, no findings
			c = &cell{uri: strings.Clone(w.Document), in: b, language: "unknown"}
			c.load("")
		}
		c.code = w.Kind == codeCell
		list = append(list, c)
	}
	s.forgetCells(b)
	b.cells = slices.Concat(b.cells[:start], list, b.cells[start+count:])
	for _, c := range b.cells {
		s.cells[canonical(c.uri)] = c
	}
	return nil
}

func (s *server) forgetCells(b *book) {
	for _, c := range b.cells {
		if key := canonical(c.uri); s.cells[key] == c {
			delete(s.cells, key)
		}
	}
}

func newCell(t wireDocument, b *book) (*cell, error) {
	if t.URI == nil {
		return nil, errors.New("a cell has no URI")
	}
	c := &cell{uri: strings.Clone(*t.URI), version: t.version(), in: b, language: t.language()}
	text, err := decodeText(t.Text)
	c.load(strings.Clone(text))
	c.lost = err != nil
	return c, nil
}

// cellChanged makes the changes of a cell's text. One that cannot be made loses the
// cell, as of a document: see [server.apply].
func (s *server) cellChanged(b *book, t cellText) error {
	c := s.cells[canonical(t.uri)]
	if c == nil || c.in != b {
		return fmt.Errorf("%s is no cell of %s", t.uri, b.doc.uri)
	}
	c.version = t.version
	for _, change := range t.changes {
		switch {
		case change.broken != nil:
			c.lost = true
		case change.at == nil:
			c.load(strings.Clone(change.text))
		case !c.lost:
			span, err := mapper{text: c.text, lines: c.lines, encoding: s.peer.encoding}.span(*change.at)
			if err != nil {
				c.lost = true
				return fmt.Errorf("a change of %s cannot be applied: %w", c.uri, err)
			}
			c.load(c.text[:span.Start] + change.text + c.text[span.End:])
		}
	}
	return nil
}

// bookRefreshed makes the module of a notebook anew, and has its diagnostics computed.
func (s *server) bookRefreshed(ctx context.Context, b *book) error {
	s.touch(b.doc) // before anything is cleared: nothing older is published after it
	now := b.python()
	for _, c := range b.shown {
		if !slices.Contains(now, c) {
			s.out.clear(c.uri)
		}
	}
	b.shown, b.doc.lost = now, false
	var texts []string
	for _, c := range now {
		b.doc.lost = b.doc.lost || c.lost
		texts = append(texts, c.text)
	}
	if b.doc.lost {
		return fmt.Errorf("the text of %s is not known", b.doc.uri)
	}
	b.module = notebook.New(texts)
	err := b.doc.buffer.become(b.module.Text)
	s.refresh(ctx, b.doc)
	return err
}

// bookClosed heeds that a notebook was closed.
func (s *server) bookClosed(ctx context.Context, raw []byte) error {
	p, err := decodeBook(raw)
	if err != nil {
		return err
	}
	key := canonical(p.Book.URI)
	b := s.books[key]
	if b == nil {
		return fmt.Errorf("the notebook %s is not open", p.Book.URI)
	}
	s.dropBook(key, b)
	s.lookAgain(ctx)
	return nil
}

func (s *server) dropBook(key string, b *book) {
	s.touch(b.doc)
	s.around.forget(b.doc)
	s.answers.forget(b.doc)
	b.doc.buffer.close()
	delete(s.books, key)
	s.forgetCells(b)
	for _, c := range b.shown {
		s.out.clear(c.uri)
	}
}

// become makes the text another one by the smallest edit.
func (b *buffer) become(text string) error {
	if b.lines == nil || b.doc == nil {
		b.load(text)
		return nil
	}
	old := b.text
	n := min(len(old), len(text))
	head := 0
	for head < n && old[head] == text[head] {
		head++
	}
	tail := 0
	for tail < n-head && old[len(old)-1-tail] == text[len(text)-1-tail] {
		tail++
	}
	head, tail = wholeRunes(old, text, head, tail)
	if head == len(old) && head == len(text) {
		return nil
	}
	return b.edit(python.Edit{Start: head, End: len(old) - tail, New: text[head : len(text)-tail]})
}

// wholeRunes makes what two texts have in common at both ends shorter where it
// would cut a character.
func wholeRunes(a, b string, head, tail int) (int, int) {
	cuts := func(t string, at int) bool { return at < len(t) && t[at]&0xC0 == 0x80 }
	for head > 0 && (cuts(a, head) || cuts(b, head)) {
		head--
	}
	for tail > 0 && (cuts(a, len(a)-tail) || cuts(b, len(b)-tail)) {
		tail--
	}
	return head, tail
}

// bookCells is which cells a view of a notebook has.
type bookCells struct {
	module *notebook.Module
	views  []*view // of each cell, in their order
}

// addCells gives a view of a notebook those of its cells.
func (s *server) addCells(v *view, b *book) {
	v.book = &bookCells{module: b.module}
	for n, c := range b.python() {
		v.book.views = append(v.book.views, &view{
			doc: v.doc, uri: c.uri, generation: v.generation, version: c.version, snapshot: v.snapshot,
			mapper: mapper{text: c.text, lines: c.lines, start: b.module.Start(n), encoding: s.peer.encoding},
			book:   v.book, cell: c,
		})
	}
}

// cellView returns a cell as it is now, nil if there is nothing to say about it.
func (s *server) cellView(c *cell) *view {
	if d := c.in.doc; d.lost || d.buffer.doc == nil {
		return nil
	}
	for _, v := range s.viewOf(c.in.doc).parts() {
		if v.cell == c {
			return v
		}
	}
	return nil
}

// parts returns the views of which each has a URI of its own in the client: those
// of a notebook's cells, or else the view itself.
func (v *view) parts() []*view {
	if v.book == nil {
		return []*view{v}
	}
	return v.book.views
}

// part returns the part of a view, or of the notebook that it is a part of, that
// holds an offset.
func (v *view) part(offset int) *view {
	if v.book == nil || len(v.book.views) == 0 {
		return v
	}
	return v.book.views[v.book.module.Cell(offset)]
}

// holds reports whether what begins at an offset is to be shown in a view.
func (v *view) holds(offset int) bool { return v.book == nil || v.part(offset) == v }

// location returns where a span is in the client.
func (v *view) location(at python.Span) protocol.Location {
	p := v.part(at.Start)
	return protocol.Location{URI: uri.URI(p.uri), Range: p.mapper.rng(at)}
}
