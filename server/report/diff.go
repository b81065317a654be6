package report

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/aymanbagabas/go-udiff"
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
	edits := udiff.Lines(c.Before, c.After)
	if len(edits) == 0 {
		return nil
	}
	text, err := udiff.ToUnified(diffName("a", c.Path), diffName("b", c.Path), c.Before, edits, udiff.DefaultContextLines)
	if err != nil {
		return fmt.Errorf("compare %s before and after the fixes: %w", c.Path, err)
	}
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
