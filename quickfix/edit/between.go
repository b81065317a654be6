package edit

import "github.com/aymanbagabas/go-udiff"

// Between returns the edits that make one text of another, line by line: sorted, and
// not overlapping.
func Between(before, after string) []TextEdit {
	var out []TextEdit
	for _, e := range udiff.Lines(before, after) {
		out = append(out, TextEdit{Start: e.Start, End: e.End, New: e.New})
	}
	return out
}
