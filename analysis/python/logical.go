package python

// LogicalLine returns, of the logical line that begins at start, where its
// statement ends, without a comment behind it, and where the line itself does,
// with its continuation lines and its terminator.
func LogicalLine(text string, start int) (last, end int) {
	l, ok := newScanner(text, start).next()
	if !ok {
		return len(text), len(text)
	}
	return l.last, l.end
}
