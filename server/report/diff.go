package report

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// Change is a file's text before and after the fixes, byte order mark and line
// endings included.
type Change struct {
	Path          string
	Before, After string
}

// Diff writes a change as a unified diff that `git apply` and `patch -p1` read.
// It writes nothing where nothing changed. Its colours are those of a terminal.
func Diff(w io.Writer, c Change, color bool) error {
	text := string(diff.Diff(diffName("a", c.Path), []byte(c.Before), diffName("b", c.Path), []byte(c.After)))
	if text == "" {
		return nil
	}
	_, text, _ = strings.Cut(text, "\n") // it begins with a line of its own
	if color {
		text = paintDiff(text)
	}
	if _, err := io.WriteString(w, text); err != nil {
		return fmt.Errorf("write the diff: %w", err)
	}
	return nil
}

// diffName returns a file's name in a diff's header. A name with a space ends
// in a tab, as git and patch expect it.
func diffName(side, path string) string {
	if !filepath.IsAbs(path) {
		path = side + "/" + filepath.ToSlash(path)
	}
	if strings.Contains(path, " ") {
		path += "\t"
	}
	return path
}

func paintDiff(text string) string {
	var b strings.Builder
	p := painter(true)
	for i, line := range strings.SplitAfter(text, "\n") {
		content := strings.TrimSuffix(line, "\n")
		s := plain
		switch {
		case i < 2:
			s = bold
		case strings.HasPrefix(line, "@@"):
			s = cyan
		case strings.HasPrefix(line, "+"):
			s = green
		case strings.HasPrefix(line, "-"):
			s = deleted
		}
		b.WriteString(p.paint(s, content) + line[len(content):])
	}
	return b.String()
}
