package lsp

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"go.lsp.dev/protocol"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
	"sessionlint/analysis/suppress"
	"sessionlint/analysis/timeline"
)

// Hover implements [protocol.Server]. It tells of a session how it stands at that
// point, and of a rule in a comment what it is about.
func (s *server) Hover(ctx context.Context, p *protocol.HoverParams) (*protocol.Hover, error) {
	return live(ctx, s, p.TextDocument.URI, func(ctx context.Context, v *view) (*protocol.Hover, error) {
		offset, err := v.mapper.offset(p.Position)
		if err != nil {
			return nil, nil // the client is ahead, or behind
		}
		if r, at := s.ruleAt(v, offset); r != nil {
			return s.card(v, at, r.Page()), nil
		}
		l, err := v.sessionAt(ctx, offset)
		if l == nil || err != nil {
			return nil, err
		}
		return s.card(v, l.unit.Abs(l.place.Site), table(s.peer.markdown, l.called(), l.rows(v))), nil
	})
}

// card is a hover's answer. Its text is Markdown, which reads as plain text too.
func (s *server) card(v *view, at span, text string) *protocol.Hover {
	kind := protocol.MarkupKindPlainText
	if s.peer.markdown {
		kind = protocol.MarkupKindMarkdown
	}
	r := v.mapper.rng(at)
	return &protocol.Hover{Contents: &protocol.MarkupContent{Kind: kind, Value: text}, Range: &r}
}

// ruleAt returns the rule that a comment which suppresses findings names at an
// offset, and where the name stands.
func (s *server) ruleAt(v *view, offset int) (*rule.Rule, span) {
	for _, u := range v.snapshot.File.Units {
		if offset < u.Start || offset > u.End {
			continue
		}
		for _, d := range suppress.Read(u.Unit, v.snapshot.File.Text[u.Start:u.End]) {
			if name, at, ok := d.Named(offset - u.Start); ok {
				return s.ruleCalled(name), u.Abs(at)
			}
		}
	}
	return nil, span{}
}

// ruleCalled returns the rule with a code or name, nil if there is none.
func (s *server) ruleCalled(name string) *rule.Rule {
	for _, r := range s.opts.Rules {
		if r.Called(name) {
			return r
		}
	}
	return nil
}

// A row is a line of a table: what it is about, and what there is to say.
type row struct{ about, text string }

// table writes rows under a title.
func table(markdown bool, title string, rows []row) string {
	var b strings.Builder
	if !markdown {
		fmt.Fprintf(&b, "%s\n", title)
		for _, r := range rows {
			fmt.Fprintf(&b, "%s: %s\n", r.about, strings.ReplaceAll(r.text, "`", ""))
		}
		return b.String()
	}
	fmt.Fprintf(&b, "| %s | |\n| --- | --- |\n", tableCell(title))
	for _, r := range rows {
		fmt.Fprintf(&b, "| %s | %s |\n", r.about, tableCell(r.text))
	}
	return b.String()
}

// tableCell keeps a text within its cell.
func tableCell(text string) string { return strings.ReplaceAll(text, "|", `\|`) }

func (l *lived) called() string {
	return l.life.Class() + " " + cmp.Or(l.life.Name, "without a name")
}

// rows tell how the session stands at the place.
func (l *lived) rows(v *view) []row {
	at := l.place.State
	opened := row{"Opened", fmt.Sprintf("line %d", l.line(v, l.life.Made.Start))}
	if !l.life.Owned {
		opened = row{"Handed in", opened.text}
		if f := l.facts.Function; f == nil || !f.Contains(l.life.Made) {
			opened.text = "from outside of the function"
		}
	}
	if at.Lost {
		return []row{opened, {"State", "cannot be told here"}}
	}
	return []row{
		opened,
		{"Transaction", l.transaction(v)},
		{"Pending writes", l.pending(v)},
		{"Commits so far", commits(at)},
		{"Closed", l.closed(v)},
	}
}

func (l *lived) transaction(v *view) string {
	at := l.place.State
	begun := ""
	for _, s := range l.life.Steps {
		if s.Kind == timeline.Begun && s.Site == at.TxAt && s.Method == "" {
			begun = fmt.Sprintf(" in the function that is called in line %d", l.line(v, s.Site.Start))
		} else if s.Kind == timeline.Begun && s.Site == at.TxAt {
			begun = fmt.Sprintf(" by `%s`, line %d", s.Method, l.line(v, s.Site.Start))
		}
	}
	switch {
	case at.Tx == session.No:
		return "none"
	case at.Tx == session.Yes:
		return "begun" + begun
	case begun != "":
		return "may have begun" + begun
	}
	return "not known"
}

func (l *lived) pending(v *view) string {
	at := l.place.State
	if at.Writes == session.No {
		return "none"
	}
	text := at.Amount()
	if at.Writes == session.Maybe {
		text = "perhaps " + text
	}
	return text + lines(l.liveFunction, v, at.Pending)
}

// lines names the lines of some places.
func lines(f liveFunction, v *view, sites []session.Site) string {
	var numbers []string
	for _, at := range sites {
		if n := fmt.Sprint(f.line(v, at.Start)); len(numbers) == 0 || numbers[len(numbers)-1] != n {
			numbers = append(numbers, n)
		}
	}
	switch len(numbers) {
	case 0:
		return ""
	case 1:
		return ": line " + numbers[0]
	}
	return ": lines " + strings.Join(numbers, ", ")
}

func commits(at timeline.State) string {
	if at.Least == at.Most {
		return fmt.Sprint(at.Least)
	}
	return fmt.Sprintf("%d to %d", at.Least, at.Most)
}

func (l *lived) closed(v *view) string {
	var where []string
	for _, s := range l.life.Steps {
		switch {
		case s.Kind != timeline.Closed:
		case s.Block:
			where = append(where, fmt.Sprintf("by the end of the with block, line %d", l.line(v, s.At)))
		case s.Method == "":
			where = append(where, fmt.Sprintf("in the function that is called in line %d", l.line(v, s.Site.Start)))
		default:
			where = append(where, fmt.Sprintf("by `%s`, line %d", s.Method, l.line(v, s.Site.Start)))
		}
	}
	text := strings.Join(where, "; ")
	switch at := l.place.State.Closed; {
	case at == session.Yes:
		return strings.TrimSpace("already " + text)
	case at == session.Maybe:
		return strings.TrimSpace("perhaps already " + text)
	case text == "":
		return "not in this function"
	}
	return text
}
