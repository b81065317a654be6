// Package suppress reads the comments that suppress findings, and leaves out
// the findings that they are about.
//
//	s.close()  # sessionlint: ignore[SES101]       this statement's findings of a rule
//	# sessionlint: ignore[use-after-close]         the whole statement, function or class below
//	# sessionlint: ignore-file[SES101, SES201]     not indented: the file
//	s.close()  # noqa: SES101                      as flake8 and ruff know it
//
// Without rules, all findings there are meant.
package suppress

import (
	"regexp"
	"strings"

	"sessionlint/analysis/python"
)

// A Directive is one comment, or a part of one, that suppresses findings. Spans
// count from the start of its unit.
type Directive struct {
	span   python.Span
	kind   kind
	words  []word      // the rules that are named
	bare   bool        // no rules are named: all are meant
	covers python.Span // where; of a file's or class's directive, what of its own unit
	fault  string      // why it suppresses nothing, whatever is found
	closed bool        // its brackets are there, and closed
}

type kind uint8

const (
	ofStatement kind = iota
	ofClass          // the units of the class too
	ofFile
	noqa
)

// A word names a rule.
type word struct {
	span python.Span
	text string
}

// Named returns what the directive calls a rule at an offset of its unit, and
// where that stands; ok is false if no name is there.
func (d Directive) Named(offset int) (name string, at python.Span, ok bool) {
	for _, w := range d.words {
		if w.span.Start <= offset && offset <= w.span.End {
			return w.text, w.span, true
		}
	}
	return "", python.Span{}, false
}

// Read returns the directives in the comments of a unit, whose text is given.
func Read(u *python.Unit, text string) []Directive {
	var out []Directive
	for _, c := range u.Comments {
		comment := text[c.Start:c.End]
		for at := 0; at < len(comment); at++ {
			// Prose may quote a directive; one that is meant stands free.
			if comment[at] != '#' || at > 0 && strings.IndexByte(" \t#", comment[at-1]) < 0 {
				continue
			}
			if d, ok := parse(comment[at:], c.Start+at); ok {
				d.place(u, c)
				out = append(out, d)
			}
		}
	}
	return out
}

// What a directive looks like. Other words may stand behind it.
var (
	ours   = regexp.MustCompile(`^#[ \t]*sessionlint:[ \t]*(ignore-file|ignore)(?:[ \t]*\[([^\]#]*)(\]?)|$|[^\w-])`)
	theirs = regexp.MustCompile(`^#[ \t]*(?i:noqa)(?:[ \t]*:[ \t]*((?:[A-Za-z]+[0-9]+(?:[ \t,]+|$))*[A-Za-z]+[0-9]+\b)?|$|[^\w:])`)
	// What follows a directive without brackets where somebody meant to name rules.
	unbracketed = regexp.MustCompile(`^[ \t]*(?:[:=(]|(?i:SES)[0-9])`)
	rulesIn     = regexp.MustCompile(`[^\s,]+`)
)

// parse reads the directive at the start of a text that stands at an offset of the unit.
func parse(text string, at int) (d Directive, ok bool) {
	if m := ours.FindStringSubmatchIndex(text); m != nil {
		return own(text, at, m), true
	}
	m := theirs.FindStringSubmatchIndex(text)
	if m == nil {
		return Directive{}, false
	}
	d = Directive{kind: noqa, span: python.Span{Start: at, End: at + m[1]}}
	switch {
	case m[2] >= 0:
		d.words = words(text, at, m[2], m[3])
	case strings.Contains(text[:m[1]], ":"):
		return Directive{}, false // a colon and then no code: nobody can tell what is meant
	default:
		d.bare = true
	}
	return d, true
}

// own makes a directive of sessionlint of a match.
func own(text string, at int, m []int) Directive {
	d := Directive{span: python.Span{Start: at, End: at + m[3]}}
	if text[m[2]:m[3]] == "ignore-file" {
		d.kind = ofFile
	}
	if m[4] < 0 {
		d.bare = true
		if unbracketed.MatchString(text[m[3]:]) {
			d.fault = "the rules have to stand in square brackets"
		}
		return d
	}
	d.span.End = at + m[1]
	d.words = words(text, at, m[4], m[5])
	d.closed = m[6] < m[7]
	switch {
	case !d.closed:
		d.fault = "its bracket is not closed"
	case len(d.words) == 0:
		d.fault = "its brackets name no rule"
	}
	return d
}

// words returns the words of a part of a text that stands at an offset of the unit.
func words(text string, at, start, end int) []word {
	var out []word
	for _, m := range rulesIn.FindAllStringIndex(text[start:end], -1) {
		out = append(out, word{
			span: python.Span{Start: at + start + m[0], End: at + start + m[1]},
			text: strings.Clone(text[start+m[0] : start+m[1]]), // which would keep the whole file
		})
	}
	return out
}

// place finds out what a directive covers.
func (d *Directive) place(u *python.Unit, comment python.Span) {
	r := u.Remark(comment)
	d.covers = r.About
	switch {
	case d.kind == noqa:
		if r.Alone {
			d.covers = python.Span{}
		}
	case d.kind == ofFile:
		if (!r.Alone || r.Indent > 0) && d.fault == "" {
			d.fault = "for a file it has to stand on a line of its own that is not indented"
		}
	case r.Alone && r.About == python.Span{}:
		if d.fault == "" {
			d.fault = "no statement stands directly below it"
		}
	case r.Alone && u.Kind == python.ClassUnit:
		d.kind = ofClass
	}
	if r.Alone && d.covers != (python.Span{}) {
		d.covers.Start = comment.Start // for what is found about the comment itself
	}
}
