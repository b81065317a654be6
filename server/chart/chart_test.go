package chart_test

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"sessionlint/analysis/session"
	"sessionlint/analysis/timeline"
	"sessionlint/server/chart"
)

// TestHostileTextIsEscaped draws names that are no XML.
func TestHostileTextIsEscaped(t *testing.T) {
	const hostile = `</text><script>alert("&amp;")</script>` + "\x00"
	svg := (&chart.Chart{
		Title: hostile, Lanes: []string{hostile, "s"},
		Rows: []chart.Row{
			{Lane: 0, Line: 1, Step: timeline.Step{Kind: timeline.Opened}, Text: hostile},
			{Lane: 1, Line: 2, Step: timeline.Step{Kind: timeline.Closed, Error: true}, Text: "]]>"},
		},
	}).SVG()
	seen := elements(t, svg)
	if seen["script"] > 0 || strings.Contains(svg, "\x00") {
		t.Errorf("%s", svg)
	}
	if seen["svg"] != 1 || seen["title"] != 1 {
		t.Errorf("%v", seen)
	}
}

// TestLanesShowHowTheSessionStands draws one that is in a transaction, perhaps in
// one, in none, and closed.
func TestLanesShowHowTheSessionStands(t *testing.T) {
	row := func(kind timeline.Kind, before timeline.State) chart.Row {
		return chart.Row{Line: 1, Step: timeline.Step{Kind: kind, Before: before}, Text: kind.String()}
	}
	svg := (&chart.Chart{Title: "work", Lanes: []string{"session"}, Rows: []chart.Row{
		row(timeline.Opened, timeline.State{}),
		row(timeline.Written, timeline.State{Tx: session.Maybe}),
		row(timeline.Committed, timeline.State{Tx: session.Yes}),
		{Line: 1, Step: timeline.Step{Kind: timeline.RolledBack, Error: true, Before: timeline.State{Tx: session.Yes}}},
		row(timeline.Closed, timeline.State{}),
		row(timeline.Written, timeline.State{Closed: session.Yes}),
	}}).SVG()
	for class, want := range map[string]int{"perhaps": 1, "work": 1, "open": 1} {
		if got := strings.Count(svg, `<line class="`+class+`"`); got != want {
			t.Errorf("%d lines of class %s, want %d in\n%s", got, class, want, svg)
		}
	}
}

func elements(t *testing.T, text string) map[string]int {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	seen := map[string]int{}
	for {
		token, err := d.Token()
		if err == io.EOF {
			return seen
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, text)
		}
		if e, ok := token.(xml.StartElement); ok {
			seen[e.Name.Local]++
		}
	}
}
