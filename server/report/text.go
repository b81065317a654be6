package report

import (
	"fmt"
	"io"
	"strings"

	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
)

// Text writes findings for people: each with the source lines that it is about,
// and a summary at the end.
type Text struct {
	Color bool // use the colours of a terminal
}

// Write implements [Format].
func (t Text) Write(w io.Writer, r *Report) error {
	var out strings.Builder
	p := painter(t.Color)
	for _, file := range r.Files {
		lines := python.NewLines(file.Text)
		for _, f := range file.Findings {
			writeFinding(&out, p, r, file, lines, f)
		}
	}
	out.WriteString(summary(p, r))
	if _, err := io.WriteString(w, out.String()); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

// Finding writes one finding as Write does, without its fixes.
func (t Text) Finding(w io.Writer, file File, f Finding) error {
	var out strings.Builder
	f.Fixes = nil
	writeFinding(&out, painter(t.Color), &Report{}, file, python.NewLines(file.Text), f)
	if _, err := io.WriteString(w, out.String()); err != nil {
		return fmt.Errorf("write a finding: %w", err)
	}
	return nil
}

// Summary writes only how many findings there are.
type Summary struct {
	Color bool // use the colours of a terminal
}

// Write implements [Format].
func (s Summary) Write(w io.Writer, r *Report) error {
	if _, err := io.WriteString(w, summary(painter(s.Color), r)); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

func writeFinding(out *strings.Builder, p painter, r *Report, file File, lines *python.Lines, f Finding) {
	labels := []label{{span: clip(file.Text, f.Span), mark: '^', style: severityStyle(f.Severity)}}
	for _, x := range f.Related {
		labels = append(labels, label{span: clip(file.Text, x.Span), mark: '-', style: blue, message: OneLine(x.Message)})
	}
	fr := newFrame(file.Text, lines, labels)
	at := placeOf(file.Text, lines, labels[0].span.Start)

	severity, suppressed := f.Severity.String()+"["+f.Rule.Code+"]", ""
	if f.Suppressed {
		suppressed = " (suppressed)"
	}
	fmt.Fprintf(out, "%s %s\n", p.paint(severityStyle(f.Severity), severity),
		p.paint(bold, f.Rule.Name+suppressed+": "+OneLine(f.Message)))
	fmt.Fprintf(out, "%s%s %s:%d:%d\n", strings.Repeat(" ", fr.gutter), p.paint(blue, "-->"), OneLine(file.Path), at.line, at.column)
	fr.write(out, p)
	for _, fix := range f.Fixes {
		switch {
		case fix.Safe:
			fr.note(out, p, "help: "+OneLine(fix.Title)+" ["+r.HowToFix+"]")
		case r.Unsafe:
			// The title of an unsafe fix says what may change.
			fr.note(out, p, "help: "+OneLine(fix.Title)+" ["+r.HowToFix+" --unsafe-fixes]")
		}
	}
	fmt.Fprintln(out)
}

// summary returns the closing lines: how many findings there are, and what the
// user can do about them.
func summary(p painter, r *Report) string {
	var b strings.Builder
	if r.Fixed > 0 {
		fmt.Fprintf(&b, "Applied %s.\n", Plural(r.Fixed, "fix", "fixes"))
	}
	total, files := r.counts()
	suppressed := ""
	if n := r.suppressed(); n > 0 {
		suppressed = fmt.Sprintf("; %d suppressed", n)
	}
	switch {
	case r.Checked == 0:
		return "No files were checked.\n"
	case total == 0:
		fmt.Fprintf(&b, "%s in %s%s.\n", p.paint(green, "No findings"), Plural(r.Checked, "file", "files"), suppressed)
		return b.String()
	}
	var kinds []string
	for _, k := range []struct {
		severity   rule.Severity
		one, other string
	}{{rule.Error, "error", "errors"}, {rule.Warning, "warning", "warnings"}, {rule.Info, "info", "infos"}} {
		if n := r.bySeverity(k.severity); n > 0 {
			kinds = append(kinds, p.paint(severityStyle(k.severity), Plural(n, k.one, k.other)))
		}
	}
	fmt.Fprintf(&b, "Found %s in %d of %s: %s%s.\n", p.paint(bold, Plural(total, "finding", "findings")),
		files, Plural(r.Checked, "file", "files"), strings.Join(kinds, ", "), suppressed)
	switch safe, unsafe := r.fixable(); {
	case safe > 0 && unsafe > 0:
		fmt.Fprintf(&b, "%d fixable with %s, %d more with %[2]s --unsafe-fixes.\n", safe, r.HowToFix, unsafe)
	case safe > 0:
		fmt.Fprintf(&b, "%d fixable with %s.\n", safe, r.HowToFix)
	case unsafe > 0:
		fmt.Fprintf(&b, "%d fixable with %s --unsafe-fixes.\n", unsafe, r.HowToFix)
	}
	return b.String()
}

// Plural returns a number with the word for one or for several things.
func Plural(n int, one, other string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, other)
}
