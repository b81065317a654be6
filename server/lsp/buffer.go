package lsp

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"

	"sessionlint/analysis"
	"sessionlint/analysis/python"
)

// maxText is the size in bytes from which on a file is left alone, if the user wants
// no other one.
const maxText = 4 << 20

// buffer is the text of a document and, if the text is fit for it, the engine's
// document of it. One goroutine at a time may use it.
type buffer struct {
	engine *analysis.Engine
	log    *slog.Logger
	path   string
	plain  bool   // it is no Python: only its text matters
	most   int    // how many bytes the text may have before it is left alone; 0 for the usual
	alarm  func() // is called when the engine has panicked; may be nil

	text  string
	lines *python.Lines
	doc   *analysis.Document // nil while the text is left alone
}

// unfit says why a text is left alone; it is "" for one that is not.
func (b *buffer) unfit(text string) string {
	switch {
	case len(text) > b.limit():
		return fmt.Sprintf("it is larger than %.4g MiB", float64(b.limit())/(1<<20))
	case strings.IndexByte(text, 0) >= 0:
		return "it has a NUL byte"
	}
	return ""
}

func (b *buffer) limit() int { return cmp.Or(b.most, maxText) }

// load replaces the whole text.
func (b *buffer) load(text string) {
	b.close()
	b.text, b.lines = text, python.NewLines(text)
	if !b.plain && b.unfit(text) == "" {
		_ = b.guarded("opening", func() error {
			b.doc = b.engine.Open(b.path, text)
			return nil
		})
	}
}

// edit replaces a part of the text. An edit that does not fit is an error and
// changes nothing.
func (b *buffer) edit(e python.Edit) error {
	if err := e.Check(len(b.text)); err != nil {
		return err
	}
	size := len(b.text) - (e.End - e.Start) + len(e.New)
	if b.doc != nil && size <= b.limit() && strings.IndexByte(e.New, 0) < 0 &&
		b.guarded("editing", func() error { return b.doc.Edit(e) }) == nil {
		file := b.doc.Snapshot().File
		b.text, b.lines = file.Text, file.Lines
		return nil
	}
	// The text is known, whatever went wrong in the engine.
	b.load(b.text[:e.Start] + e.New + b.text[e.End:])
	return nil
}

// snapshot returns the engine's view of the text, nil if the text is left alone.
func (b *buffer) snapshot() *analysis.Snapshot {
	if b.doc == nil {
		return nil
	}
	return b.doc.Snapshot()
}

// close frees what the engine holds; the text stays.
func (b *buffer) close() {
	if b.doc == nil {
		return
	}
	doc := b.doc
	b.doc = nil
	_ = b.guarded("closing", func() error { doc.Close(); return nil })
}

var errPanic = errors.New("panic")

// guarded calls the engine, and makes an error of a panic in it.
func (b *buffer) guarded(what string, call func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			b.log.Error("panic in the engine", "while", what, "path", b.path, "panic", p, "stack", string(debug.Stack()))
			if b.alarm != nil {
				b.alarm()
			}
			err = errPanic
		}
	}()
	return call()
}
