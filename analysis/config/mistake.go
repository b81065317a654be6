package config

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"sessionlint/analysis/python"
)

// A Mistake is something in a configuration file that cannot be used.
type Mistake struct {
	Path    string      // of the file
	Text    string      // of the file
	Span    python.Span // bytes of the text
	Message string      // one sentence, without a full stop
}

// Position returns where the mistake begins. Both count from 1, columns in
// Unicode characters.
func (m Mistake) Position() (line, column int) {
	start := max(0, min(m.Span.Start, len(m.Text)))
	lines := python.NewLines(m.Text)
	line, _ = lines.Position(start)
	return line + 1, utf8.RuneCountInString(m.Text[lines.Start(line):start]) + 1
}

// sorted puts mistakes into the order in which they are shown, each once.
func sorted(ms []Mistake) []Mistake {
	slices.SortStableFunc(ms, func(a, b Mistake) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End), cmp.Compare(a.Message, b.Message))
	})
	return slices.Compact(ms)
}
