package suppress

import (
	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
)

// Comment returns what a comment has to say to suppress a rule's findings: of a
// statement, or of the whole file.
func Comment(r *rule.Rule, file bool) string {
	if file {
		return "# sessionlint: ignore-file[" + r.Name + "]"
	}
	return "# sessionlint: ignore[" + r.Name + "]"
}

// Span returns where the directive stands in its unit.
func (d Directive) Span() python.Span { return d.span }

// OfFile reports whether the directive is about the whole file.
func (d Directive) OfFile() bool { return d.kind == ofFile }

// Extend returns what to insert into the directive, and at which offset of its
// unit, so that it names one more rule: as it names the others, by code or by
// name. ok is false of one that cannot: it belongs to other tools, it has no
// brackets, or it is of no use for another reason than that these are empty.
func (d Directive) Extend(r *rule.Rule) (at int, text string, ok bool) {
	if d.kind == noqa || !d.closed || d.fault != "" && len(d.words) > 0 {
		return 0, "", false
	}
	if len(d.words) == 0 {
		return d.span.End - len("]"), r.Name, true
	}
	name := r.Code
	for _, w := range d.words {
		if !isCode(w.text) {
			name = r.Name
		}
	}
	return d.words[len(d.words)-1].span.End, ", " + name, true
}

// isCode reports whether a word is written as codes are.
func isCode(word string) bool {
	return word != "" && '0' <= word[len(word)-1] && word[len(word)-1] <= '9'
}
