// Package disk is the files of a workspace as they are on disk.
package disk

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// maxSize is how many bytes a file may have; what is bigger was made by a
// program and would only take time.
const maxSize = 4 << 20

// bom is the byte order mark. The engine does not see it.
const bom = "\ufeff"

// Content is the text of a file.
type Content struct {
	BOM  string // the byte order mark that stood before the text, or ""
	Text string // UTF-8
}

// Whole returns the file as it is on disk if its text were text.
func (c Content) Whole(text string) string { return c.BOM + text }

// ReadFile reads a source file. Its error is the whole message for the user,
// but for the path.
func ReadFile(path string) (Content, error) {
	if strings.EqualFold(filepath.Ext(path), ".ipynb") {
		return Content{}, errors.New("not analysed: it is a notebook; open it in an editor, or check what `jupyter nbconvert --to script` makes of it")
	}
	info, err := os.Stat(path)
	if err != nil {
		return Content{}, cannotRead(path, err)
	}
	if info.IsDir() {
		return Content{}, errors.New("cannot read: it is a folder")
	}
	f, err := os.Open(path)
	if err != nil {
		return Content{}, cannotRead(path, err)
	}
	defer func() { _ = f.Close() }() // it was only read
	return ReadSource(f)
}

func cannotRead(path string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		if _, lerr := os.Lstat(path); lerr == nil {
			return errors.New("cannot read: this link leads nowhere; mend or remove it")
		}
	}
	return fmt.Errorf("cannot read: %s; grant access to it or add it to .gitignore", Reason(err))
}

// ReadSource reads source text and checks that the engine can take it.
func ReadSource(r io.Reader) (Content, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxSize+1))
	switch {
	case err != nil:
		return Content{}, fmt.Errorf("cannot read: %s", Reason(err))
	case len(data) > maxSize:
		return Content{}, errors.New("not analysed: larger than 4 MiB; add it to .gitignore if it is generated")
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}), bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return Content{}, errors.New("not analysed: it is UTF-16; save it as UTF-8")
	}
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return Content{}, fmt.Errorf("not analysed: NUL byte in line %d, which Python cannot read; save the file as UTF-8 text", lineOf(data, i))
	}
	if i := invalidAt(data); i >= 0 {
		return Content{}, fmt.Errorf("not analysed: not UTF-8 (byte 0x%02x in line %d); save it as UTF-8", data[i], lineOf(data, i))
	}
	text := string(data)
	if rest, ok := strings.CutPrefix(text, bom); ok {
		return Content{bom, rest}, nil
	}
	return Content{"", text}, nil
}

// invalidAt returns the offset of the first byte that is not UTF-8, or -1.
func invalidAt(data []byte) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

func lineOf(data []byte, offset int) int { return 1 + bytes.Count(data[:offset], []byte{'\n'}) }

// Reason returns why a file operation failed, without the path, which the
// message names already.
func Reason(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}
