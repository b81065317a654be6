package lsp

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"
	"sync/atomic"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"sessionlint/analysis"
	"sessionlint/analysis/python"
)

// document is an open file. The read loop alone changes it.
type document struct {
	uri        string        // as the client spelt it; does not change
	generation atomic.Uint64 // another number after each change; any goroutine may read it

	buffer  buffer
	version *int32 // the client's; nil if unknown
	lost    bool   // a change could not be applied: the text is not the client's
	told    bool   // that the document is left alone

	// The goroutine that works on the document's diagnostics alone uses it.
	posted map[*cell]*publication // of each cell of a notebook, else under nil

	book *book // whose module it is; nil for a file

	memory memory
}

// view is a document as it was at one moment. It is immutable.
type view struct {
	doc        *document // for its generation
	uri        string    // of the document, or of the cell
	generation uint64
	version    *int32
	snapshot   *analysis.Snapshot
	mapper     mapper

	book *bookCells // nil for a file
	cell *cell      // that the view is of: only who it is matters
}

// current reports whether the document is still as it was.
func (v *view) current() bool { return v.doc.generation.Load() == v.generation }

// canonical returns what all spellings of a URI have in common.
func canonical(spelling string) string {
	u, err := uri.Parse(spelling)
	if err != nil {
		return spelling
	}
	return u.String()
}

// view returns the document with that URI as it is now, nil if there is nothing to
// say about it: it is not open, its text is not the client's, or it is left alone.
// The read loop alone calls it.
func (s *server) view(u uri.URI) *view {
	key := canonical(u.String())
	if c := s.cells[key]; c != nil {
		return s.cellView(c)
	}
	d := s.documents[key]
	if d == nil || d.lost || d.buffer.doc == nil {
		return nil
	}
	return s.viewOf(d)
}

func (s *server) viewOf(d *document) *view {
	v := &view{
		doc:        d,
		uri:        d.uri,
		generation: d.generation.Load(),
		version:    d.version,
		snapshot:   d.buffer.snapshot(),
		mapper:     s.mapper(d),
	}
	if d.book != nil {
		s.addCells(v, d.book)
	}
	return v
}

func (s *server) mapper(d *document) mapper {
	return mapper{text: d.buffer.text, lines: d.buffer.lines, encoding: s.peer.encoding}
}

// touch makes stale what is under way for a document.
func (s *server) touch(d *document) {
	s.generations++
	d.generation.Store(s.generations)
}

func (s *server) didOpen(ctx context.Context, p *openParams) error {
	file := s.around.pathOf(p.uri)
	plain := s.configures(file)
	if !plain && !isPython(p.language, file) {
		return nil
	}
	key := canonical(p.uri)
	if s.cells[key] != nil {
		return nil // the notebook has it
	}
	if old := s.documents[key]; old != nil {
		s.log.Warn("a document is opened twice", "uri", p.uri)
		s.drop(key, old)
		if old.uri != p.uri {
			s.out.clear(old.uri)
		}
	}
	d := &document{uri: strings.Clone(p.uri), version: p.version}
	d.buffer = buffer{engine: s.engine, log: s.log, path: file, plain: plain, most: s.settings.initial.maxFileSize(), alarm: s.alarm}
	s.documents[key] = d
	s.touch(d)
	if p.broken != nil {
		d.lost = true
		return fmt.Errorf("the text of %s is not known: %w", p.uri, p.broken)
	}
	d.buffer.load(strings.Clone(p.text))
	s.refresh(ctx, d)
	return nil
}

func (s *server) didChange(ctx context.Context, p *changeParams) error {
	d := s.documents[canonical(p.uri)]
	if d == nil {
		return fmt.Errorf("%s is not open", p.uri)
	}
	s.touch(d)
	d.version = p.version
	err := s.apply(d, p.changes)
	if !d.lost {
		s.refresh(ctx, d)
	}
	return err
}

func (s *server) didClose(ctx context.Context, spelling string) error {
	key := canonical(spelling)
	d := s.documents[key]
	if d == nil {
		return fmt.Errorf("%s is not open", spelling)
	}
	s.drop(key, d)
	if d.buffer.plain {
		s.configured(ctx, d.buffer.path, nil)
		return nil
	}
	s.out.clear(d.uri)
	s.lookAgain(ctx) // the file on disk may be another one
	return nil
}

func (s *server) drop(key string, d *document) {
	s.touch(d)
	s.around.forget(d)
	s.answers.forget(d)
	d.buffer.close()
	s.elsewhere.forget(d.buffer.path) // it is what is on disk
	delete(s.documents, key)
}

func (s *server) closeDocuments() {
	for key, d := range s.documents {
		s.drop(key, d)
	}
	for key, b := range s.books {
		s.dropBook(key, b)
	}
}

// apply makes the changes in their order. One that cannot be made leaves the text
// as it is and loses the document: only a change of the whole text finds it again.
func (s *server) apply(d *document, changes []change) error {
	var errs []error
	for _, c := range changes {
		switch {
		case c.broken != nil:
			d.lost = true
			errs = append(errs, c.broken)
		case c.at == nil:
			d.buffer.load(strings.Clone(c.text))
			d.lost = false
		case !d.lost:
			if err := s.replace(d, *c.at, c.text); err != nil {
				d.lost = true
				errs = append(errs, err)
			}
		}
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("a change of %s cannot be applied: %w", d.uri, err)
	}
	return nil
}

func (s *server) replace(d *document, at protocol.Range, text string) error {
	span, err := s.mapper(d).span(at)
	if err != nil {
		return err
	}
	return d.buffer.edit(python.Edit{Start: span.Start, End: span.End, New: strings.Clone(text)})
}

// refresh has a document's diagnostics computed anew.
func (s *server) refresh(ctx context.Context, d *document) {
	s.elsewhere.forget(d.buffer.path)
	if d.buffer.plain {
		s.configured(ctx, d.buffer.path, d)
		return
	}
	if d.buffer.doc != nil {
		v := s.viewOf(d)
		s.around.remember(v)
		if !s.peer.pulls { // else it is about to ask
			// The notification's own context ends with its handler.
			s.schedule(jsonrpc2.DetachContext(ctx), v)
		}
		s.lookAgain(ctx)
		return
	}
	s.around.forget(d)
	for _, part := range s.viewOf(d).parts() {
		s.out.post(part, nil)
	}
	if why := d.buffer.unfit(d.buffer.text); why != "" && !d.told {
		d.told = true
		s.log.Info("a document is left alone", "uri", d.uri, "why", why)
		s.out.say(protocol.MessageTypeWarning, fmt.Sprintf("%s is left alone: %s", path.Base(d.buffer.path), why))
	}
}

// fsPath returns the path of a file's URI, and other URIs as they are.
func fsPath(spelling string) string {
	u, err := uri.Parse(spelling)
	if err != nil || !u.IsFile() {
		return strings.Clone(spelling)
	}
	return strings.Clone(u.FsPath())
}

// isPython reports whether a document is for this server. Clients name the
// language in several ways, and some not at all.
func isPython(language, file string) bool {
	if language == "" || strings.Contains(strings.ToLower(language), "python") {
		return true
	}
	ext := strings.ToLower(path.Ext(file))
	return ext == ".py" || ext == ".pyi" || ext == ".pyw"
}
