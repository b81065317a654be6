package rule

import (
	"cmp"
	"fmt"
	"strings"
)

// Page returns the rule's documentation in Markdown.
func (r *Rule) Page() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s %s\n\n%s\n", r.Code, r.Name, strings.TrimSpace(r.Doc.Title))
	fixes := "none"
	if r.Fixable {
		fixes = "sometimes available"
	}
	severity := r.Severity.String()
	if r.Severity == Off {
		severity = fmt.Sprintf("off (`sessionlint check --extend-select %s` turns it on)", r.Code)
	}
	fmt.Fprintf(&b, "\nSeverity: %s. Fix: %s. Since: %s.\n", severity, fixes, r.Since)
	language := cmp.Or(r.Doc.Language, "python")
	for _, s := range []struct {
		title, text string
		code        bool
	}{
		{"What it does", r.Doc.What, false},
		{"Why is this bad?", r.Doc.Why, false},
		{"Example", r.Doc.Example, true},
		{"Use instead", r.Doc.Instead, true},
		{"What it does not see", r.Doc.Limits, false},
	} {
		text := strings.Trim(s.text, "\n")
		if strings.TrimSpace(text) == "" {
			continue
		}
		if s.code {
			text = "```" + language + "\n" + text + "\n```"
		}
		fmt.Fprintf(&b, "\n## %s\n\n%s\n", s.title, text)
	}
	return b.String()
}
