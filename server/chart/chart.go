// Package chart draws the lives of sessions as a picture: one lane for each
// session, one row for each step, from the top of the function down.
package chart

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"unicode/utf8"

	"sessionlint/analysis/session"
	"sessionlint/analysis/timeline"
)

// Chart is what is drawn.
type Chart struct {
	Title string
	Lanes []string // the names of the sessions
	Rows  []Row    // as the source goes
}

// Row is one step of one session.
type Row struct {
	Lane int // index in Lanes
	Line int // counted from 1
	Step timeline.Step
	Text string
}

// The measures of a chart, in pixels.
const (
	rowHeight  = 30
	laneWidth  = 120
	charWidth  = 7.3 // of the text in rows, at most
	numberEdge = 56  // where line numbers end
	firstLane  = 84
	top        = 88 // the middle of the first row
)

// style has the colours for light and dark. A page that holds the picture can set
// the variables on its own: those of an editor's theme.
const style = `
.sessionlint{--ground:#ffffff;--text:#1f2328;--faint:#656d76;--line:#d0d7de;--open:#8c959f;--work:#0969da;--good:#1a7f37;--bad:#cf222e}
@media (prefers-color-scheme:dark){.sessionlint{--ground:#0d1117;--text:#e6edf3;--faint:#8d96a0;--line:#30363d;--open:#6e7681;--work:#4493f8;--good:#3fb950;--bad:#f85149}}
.sessionlint{background:var(--ground);font:13px ui-sans-serif,system-ui,sans-serif}
.sessionlint text{fill:var(--text)}
.sessionlint .title{font-size:15px;font-weight:600}
.sessionlint .faint{fill:var(--faint)}
.sessionlint .number{fill:var(--faint);font-family:ui-monospace,monospace;text-anchor:end}
.sessionlint .lane{font-weight:600;text-anchor:middle}
.sessionlint .rule{stroke:var(--line)}
.sessionlint .open{stroke:var(--open);stroke-width:2}
.sessionlint .work{stroke:var(--work);stroke-width:8}
.sessionlint .perhaps{stroke:var(--work);stroke-width:8;stroke-dasharray:3 3}
.sessionlint .dot{fill:var(--ground);stroke:var(--open);stroke-width:2}
.sessionlint .begun,.sessionlint .written{fill:var(--work);stroke:var(--ground);stroke-width:1.5}
.sessionlint .committed{fill:var(--good);stroke:var(--ground);stroke-width:1.5}
.sessionlint .rolledBack,.sessionlint .loses{fill:var(--bad);stroke:var(--ground);stroke-width:1.5}
.sessionlint .error{opacity:.6}
`

// SVG returns the picture. All text is escaped.
func (c *Chart) SVG() string {
	d := &drawing{Chart: c}
	d.text = float64(firstLane + max(0, len(c.Lanes)-1)*laneWidth + 44)
	longest := 0
	for _, r := range c.Rows {
		longest = max(longest, utf8.RuneCountInString(r.Text))
	}
	width := max(int(d.text+float64(longest)*charWidth)+24, 24+9*utf8.RuneCountInString(c.Title), 320)
	height := top + len(c.Rows)*rowHeight + 8
	d.put(`<svg xmlns="http://www.w3.org/2000/svg" class="sessionlint" role="img" width="%d" height="%d" viewBox="0 0 %d %d">`, width, height, width, height)
	d.put(`<title>%s</title><style>%s</style>`, escaped(c.Title), style)
	d.put(`<rect width="%d" height="%d" style="fill:var(--ground)"/>`, width, height)
	d.put(`<text class="title" x="24" y="30">%s</text>`, escaped(c.Title))
	for n, name := range c.Lanes {
		d.put(`<text class="lane" x="%d" y="60">%s</text>`, d.x(n), escaped(short(name)))
	}
	for n := range c.Rows {
		d.put(`<line class="rule" x1="%d" x2="%d" y1="%d" y2="%d"/>`, 24, width-24, d.y(n)+rowHeight/2, d.y(n)+rowHeight/2)
	}
	for n := range c.Lanes {
		d.lane(n)
	}
	for n, r := range c.Rows {
		d.row(n, r)
	}
	d.put(`</svg>`)
	return d.out.String()
}

type drawing struct {
	*Chart
	out  bytes.Buffer
	text float64 // where texts begin
}

func (d *drawing) put(format string, args ...any) { fmt.Fprintf(&d.out, format+"\n", args...) }

func (d *drawing) x(lane int) int { return firstLane + lane*laneWidth }

func (d *drawing) y(row int) int { return top + row*rowHeight }

// lane draws how the session stands between its steps, where no exception is on
// its way.
func (d *drawing) lane(n int) {
	last := -1
	for k, r := range d.Rows {
		if r.Lane != n || r.Step.Error {
			continue
		}
		if class := between(r.Step.Before); last >= 0 && class != "" {
			if d.Rows[last].Step.Kind == timeline.Begun && r.Step.Site == d.Rows[last].Step.Site { // one call does both
				class = "work"
			}
			d.put(`<line class="%s" x1="%d" x2="%d" y1="%d" y2="%d"/>`, class, d.x(n), d.x(n), d.y(last), d.y(k))
		}
		last = k
	}
}

// between returns how a lane looks where the session stands so, "" if it is closed.
func between(s timeline.State) string {
	switch {
	case s.Closed == session.Yes:
		return ""
	case s.Tx == session.Yes:
		return "work"
	case s.Tx == session.Maybe:
		return "perhaps"
	}
	return "open"
}

func (d *drawing) row(n int, r Row) {
	class := ""
	if r.Step.Error {
		class = ` class="error"`
	}
	d.put(`<g%s>`, class)
	d.put(`<text class="number" x="%d" y="%d">%d</text>`, numberEdge, d.y(n)+4, r.Line)
	d.mark(d.x(r.Lane), d.y(n), r.Step)
	d.put(`<text x="%g" y="%d">%s</text>`, d.text, d.y(n)+4, escaped(r.Text))
	d.put(`</g>`)
}

// mark draws a step: what can be told by its colour, its shape tells as well.
func (d *drawing) mark(x, y int, s timeline.Step) {
	class := s.Kind.String()
	switch s.Kind {
	case timeline.Begun:
		d.put(`<path class="%s" d="M%d %dl7 12h-14z"/>`, class, x, y-7)
	case timeline.Written:
		d.put(`<circle class="%s" cx="%d" cy="%d" r="4.5"/>`, class, x, y)
	case timeline.Committed:
		d.put(`<circle class="%s" cx="%d" cy="%d" r="8"/><path d="M%d %dl3 3 5-6" style="fill:none;stroke:var(--ground);stroke-width:2"/>`, class, x, y, x-4, y)
	case timeline.RolledBack:
		d.put(`<circle class="%s" cx="%d" cy="%d" r="8"/><path d="M%d %dl6 6m0-6l-6 6" style="fill:none;stroke:var(--ground);stroke-width:2"/>`, class, x, y, x-3, y-3)
	case timeline.Closed:
		if class = "dot"; s.Before.Writes != session.No {
			class = "loses"
		}
		d.put(`<rect class="%s" x="%d" y="%d" width="12" height="12"/>`, class, x-6, y-6)
	default:
		d.put(`<circle class="dot" cx="%d" cy="%d" r="6"/>`, x, y)
	}
}

// short keeps a name within its lane.
func short(name string) string {
	if r := []rune(name); len(r) > 14 {
		return string(r[:13]) + "…"
	}
	return name
}

func escaped(text string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(text)) // a buffer takes everything
	return b.String()
}
