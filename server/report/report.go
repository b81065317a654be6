// Package report writes findings for people and for programs. Each format is
// one type in a file of its own.
package report

import (
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/quickfix"
)

// Format writes a whole report. It returns the writer's error.
type Format interface {
	Write(w io.Writer, r *Report) error
}

// Report is the result of one run.
type Report struct {
	Files   []File // those that have something to show, sorted by path
	Checked int    // how many files were analysed
	Fixed   int    // how many fixes were applied before what is left was reported

	// Unsafe tells that the user asked to see unsafe fixes. Formats for
	// programs show them always.
	Unsafe bool

	HowToFix string // what the user would write to have the safe fixes applied
}

// File is one file that has findings.
type File struct {
	Path     string    // as the user would write it
	Text     string    // UTF-8 without a byte order mark; the spans count its bytes
	Findings []Finding // in source order
}

// Finding is a finding with the fixes on offer, the best one first.
type Finding struct {
	rule.Finding
	Fixes      []quickfix.Fix
	Suppressed bool // a comment suppresses it: it is shown, but does not count
}

// Count returns the number of findings that are not suppressed.
func (r *Report) Count() int {
	n, _ := r.counts()
	return n
}

// counts returns how many findings there are in how many files.
func (r *Report) counts() (findings, files int) {
	for _, f := range r.Files {
		n := 0
		for _, x := range f.Findings {
			if !x.Suppressed {
				n++
			}
		}
		findings += n
		files += min(n, 1)
	}
	return findings, files
}

// suppressed returns how many of the findings to show are suppressed.
func (r *Report) suppressed() int {
	n := 0
	for _, f := range r.Files {
		n += len(f.Findings)
	}
	return n - r.Count()
}

// bySeverity returns how many findings are of a severity.
func (r *Report) bySeverity(s rule.Severity) int {
	n := 0
	for _, f := range r.Files {
		for _, x := range f.Findings {
			if x.Severity == s && !x.Suppressed {
				n++
			}
		}
	}
	return n
}

// fixable returns how many findings have a safe fix, and how many have only
// unsafe ones.
func (r *Report) fixable() (safe, unsafe int) {
	for _, f := range r.Files {
		for _, x := range f.Findings {
			switch {
			case slices.ContainsFunc(x.Fixes, func(f quickfix.Fix) bool { return f.Safe }):
				safe++
			case len(x.Fixes) > 0:
				unsafe++
			}
		}
	}
	return safe, unsafe
}

// place is a position as people count: lines and columns from 1, columns in
// Unicode characters (code points).
type place struct{ line, column int }

// placeOf returns the place of a byte offset; one that lies outside the text
// is moved to its nearest end.
func placeOf(text string, lines *python.Lines, offset int) place {
	offset = max(0, min(offset, len(text)))
	line, _ := lines.Position(offset)
	return place{line + 1, utf8.RuneCountInString(text[lines.Start(line):offset]) + 1}
}

// clip returns a span that lies within the text and does not end before it
// begins, so that a wrong span cannot stop a report.
func clip(text string, s python.Span) python.Span {
	start := max(0, min(s.Start, len(text)))
	return python.Span{Start: start, End: max(start, min(s.End, len(text)))}
}

// OneLine makes a message or a path safe to print: it stays on its line and
// cannot send commands to a terminal.
func OneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if shown, ok := visible(r); ok {
			return shown
		}
		return r
	}, s)
}

// visible returns what to print for a character that would move the cursor,
// give the terminal a command or reorder the text around it.
func visible(r rune) (rune, bool) {
	switch {
	case r < 0x20:
		return 0x2400 + r, true // the pictures of the control characters
	case r == 0x7f:
		return 0x2421, true
	case r >= 0x80 && r < 0xa0, r == 0x200e, r == 0x200f, r >= 0x2028 && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return utf8.RuneError, true
	}
	return 0, false
}
