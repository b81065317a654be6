package config

import (
	"path/filepath"
	"slices"

	"github.com/pelletier/go-toml/v2"
)

// How long a line may be, the formatter of the project knows: ruff or black. The
// nearest file that configures one of them counts.

// formatters are the files of a folder that may say it, the first one first.
var formatters = []string{"ruff.toml", ".ruff.toml", "pyproject.toml"}

// usualWidth is what both allow where nothing else is said: https://docs.astral.sh/ruff/settings/#line-length
const usualWidth = 88

// Formats reports whether a file can say how long lines may be.
func Formats(path string) bool { return slices.Contains(formatters, filepath.Base(path)) }

// Width returns how many characters a line of a file may have, 0 if its project has
// no formatter that is known here.
func (l *Loader) Width(path string) int {
	if l.over.Isolated {
		return 0
	}
	return l.width(filepath.Dir(path))
}

func (l *Loader) width(dir string) int {
	l.mu.Lock()
	w, known := l.widths[dir]
	round := l.round
	l.mu.Unlock()
	if known {
		return w
	}
	w = l.formatted(dir)
	if up := filepath.Dir(dir); w == 0 && up != dir {
		w = l.width(up)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.round == round {
		l.widths[dir] = w
	}
	return w
}

// formatted returns the width that the files of one folder ask for, 0 if none is
// about a formatter.
func (l *Loader) formatted(dir string) int {
	for _, name := range formatters {
		path := filepath.Join(dir, name)
		if !l.source.IsFile(path) {
			continue
		}
		text, err := l.source.Read(path)
		if err != nil {
			continue // said where the file is read for its settings
		}
		if w := widthOf(name, text); w > 0 {
			return w
		}
	}
	return 0
}

// widthOf returns the width that a file asks for. One that is not TOML asks for none.
func widthOf(name, text string) int {
	type formatter struct {
		Width *int `toml:"line-length"`
	}
	var file struct {
		formatter
		Tool struct{ Ruff, Black *formatter } `toml:"tool"`
	}
	if err := toml.Unmarshal([]byte(text), &file); err != nil {
		return 0
	}
	found := []*formatter{file.Tool.Ruff, file.Tool.Black}
	if name != "pyproject.toml" {
		found = []*formatter{&file.formatter}
	}
	width := 0
	for _, f := range found {
		switch {
		case f == nil:
		case f.Width != nil && *f.Width > 0:
			return *f.Width
		default:
			width = usualWidth
		}
	}
	return width
}
