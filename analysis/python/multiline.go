package python

// Multiline returns the string literals of a unit, by its index in f.Units, that
// go over several lines, as bytes of the file. The lines that begin inside one
// are its text: who indents a unit must leave them alone.
func (f *File) Multiline(unit int) []Span {
	p := f.Units[unit]
	s := newScanner(f.Text[p.Start:p.End], 0)
	for {
		if _, ok := s.next(); !ok {
			break
		}
	}
	var out []Span
	for _, t := range s.triples {
		out = append(out, t.Shift(p.Start))
	}
	return out
}
