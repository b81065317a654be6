package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"unicode/utf8"

	"golang.org/x/term"
)

// Keyboard returns what lets single keys be read from a file, nil if it is no
// terminal: see [Options].
func Keyboard(f *os.File) func() (restore func(), err error) {
	fd := int(f.Fd())
	if !term.IsTerminal(fd) {
		return nil
	}
	return func() (func(), error) {
		before, err := term.MakeRaw(fd)
		if err != nil {
			return nil, err
		}
		return func() { _ = term.Restore(fd, before) }, nil // it was as it is restored
	}
}

// The keys that have no character.
const (
	keyEnd       rune = 0x04 // Ctrl-D, or nobody is there any more
	keyInterrupt rune = 0x03 // Ctrl-C
)

// keys reads single keys. The terminal gives them out at once only while one is
// waited for: else it is as it was, so that signals and output work as usual.
type keys struct {
	in       io.Reader
	keyboard func() (restore func(), err error)
	typed    []byte // and not yet asked for
}

// next waits for a key. What keys without a character send, such as arrows, is
// left out.
func (k *keys) next(ctx context.Context) (rune, error) {
	for {
		for len(k.typed) > 0 {
			if n := control(k.typed); n > 0 {
				k.typed = k.typed[n:]
				continue
			}
			r, n := utf8.DecodeRune(k.typed)
			k.typed = k.typed[n:]
			return r, nil
		}
		text, err := k.read(ctx)
		if len(text) == 0 && errors.Is(err, io.EOF) {
			return keyEnd, nil
		}
		if len(text) == 0 && err != nil {
			return 0, err
		}
		k.typed = bytes.Clone(text)
	}
}

// read waits until something is typed. If ctx ends, it leaves a goroutine behind
// that waits on: a read cannot be ended.
func (k *keys) read(ctx context.Context) ([]byte, error) {
	restore, err := k.keyboard()
	if err != nil {
		return nil, fmt.Errorf("read keys from the terminal: %w", err)
	}
	defer restore()
	type result struct {
		text []byte
		err  error
	}
	done := make(chan result, 1)
	go func() {
		var buffer [64]byte
		n, err := k.in.Read(buffer[:])
		done <- result{buffer[:n], err}
	}()
	select {
	case r := <-done:
		return r.text, r.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// control returns how many bytes the control sequence takes that a text begins
// with, 0 if it begins with none.
func control(text []byte) int {
	switch {
	case text[0] != 0x1b:
		return 0
	case len(text) == 1:
		return 1 // the escape key
	case text[1] == 'O': // a function key
		return min(3, len(text))
	case text[1] != '[':
		return 1
	}
	for n := 2; n < len(text); n++ {
		if 0x40 <= text[n] && text[n] <= 0x7e {
			return n + 1
		}
	}
	return len(text)
}
