package quickfix

import (
	"context"
	"slices"
	"strings"

	"sessionlint/analysis"
	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/quickfix/edit"
)

// try applies the edits of a proposal to a copy of the text and analyses it. It returns why the
// fix must not be offered, "" if it may.
func try(ctx context.Context, s *analysis.Snapshot, f rule.Finding, p proposal) (reason string, err error) {
	before, err := s.Findings(ctx)
	if err != nil {
		return "", err
	}
	text := edit.Apply(s.File.Text, p.edits)
	fixed := s.Check(text)
	after, err := fixed.Findings(ctx)
	if err != nil {
		return "", err
	}
	old, now := count(before), count(after)
	if now[key(f)] >= old[key(f)] {
		return "the finding is still there", nil
	}
	return broken(s, fixed, old, after, p.adds), nil
}

// broken says what is wrong with an edited text, "" if nothing is. old counts the
// findings before, after are those of the edited text, adds its new strings.
func broken(s, fixed *analysis.Snapshot, old map[findingKey]int, after []rule.Finding, adds []string) string {
	switch {
	case syntaxErrors(fixed.File) > syntaxErrors(s.File):
		return "the edited text does not parse"
	case !slices.Equal(literals(s.File, adds...), literals(fixed.File)):
		return "a comment or a string changed"
	}
	// An info is a habit: the fix's title says what it changes.
	after = slices.DeleteFunc(after, func(f rule.Finding) bool { return f.Severity == rule.Info })
	for k, n := range count(after) {
		if n > old[k] {
			return "a new finding came: " + k.code + " in " + k.function
		}
	}
	return ""
}

// A findingKey identifies findings across versions of a text.
type findingKey struct{ code, function string }

func key(f rule.Finding) findingKey { return findingKey{f.Rule.Code, f.Function} }

func count(fs []rule.Finding) map[findingKey]int {
	m := map[findingKey]int{}
	for _, f := range fs {
		m[key(f)]++
	}
	return m
}

func syntaxErrors(f *python.File) int {
	n := 0
	for _, p := range f.Units {
		n += len(p.Unit.Errors)
	}
	return n
}

// literals returns the comments and strings of a file, and more, sorted.
func literals(f *python.File, more ...string) []string {
	out := append(stringsOf(f), more...)
	for _, p := range f.Units {
		for _, c := range p.Unit.Comments {
			sp := p.Abs(c)
			out = append(out, strings.TrimSpace(f.Text[sp.Start:sp.End]))
		}
	}
	slices.Sort(out)
	return out
}

// stringsOf returns the strings of a file, sorted.
func stringsOf(f *python.File) []string {
	var out []string
	for _, p := range f.Units {
		for _, s := range p.Unit.Body {
			python.Inspect(s, func(n python.Node) bool {
				if c, ok := n.(*python.Constant); ok && c.Kind == python.StringConst {
					out = append(out, c.Text)
				}
				return true
			})
		}
	}
	slices.Sort(out)
	return out
}
