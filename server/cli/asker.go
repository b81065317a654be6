package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"sessionlint/quickfix"
	"sessionlint/server/report"
)

// asker shows fixes to the user and asks which of them to apply.
type asker struct {
	keys  keys
	out   io.Writer
	color bool

	safe  bool            // all safe fixes were agreed to
	rules map[string]bool // by code: all fixes of these were agreed to
	asked int             // how many answers there were
}

// errInterrupted tells that the user wants no more of it.
var errInterrupted = errors.New("interrupted")

// question is a finding with its fixes, and what each of them would change.
type question struct {
	file    report.File
	finding report.Finding
	change  func(quickfix.Fix) report.Change
	left    int // how many more questions there seem to be
}

// answer is what to do about a finding.
type answer struct {
	fix  *quickfix.Fix // nil for none
	stop bool          // go through no other one
}

// agreed returns the fix that was agreed to before, nil for none.
func (a *asker) agreed(f report.Finding) *quickfix.Fix {
	for n, fix := range f.Fixes {
		if a.rules[f.Rule.Code] || a.safe && fix.Safe {
			return &f.Fixes[n]
		}
	}
	return nil
}

// ask gets an answer of the user.
func (a *asker) ask(ctx context.Context, q question) (answer, error) {
	if err := a.show(q); err != nil {
		return answer{}, err
	}
	best := q.finding.Fixes[0]
	rest := "safe fixes"
	if !best.Safe {
		rest = "fixes of " + q.finding.Rule.Name + ", safe or unsafe"
	}
	yes := "y yes"
	if n := len(q.finding.Fixes); n > 1 {
		yes = "1-" + strconv.Itoa(n) + " that one, y the first"
	}
	a.asked++
	a.say("Apply it? %s, n no, a yes to this and all other %s, q stop here [%d of %d] ", yes, rest, a.asked, a.asked+q.left)
	for {
		key, err := a.keys.next(ctx)
		if err != nil {
			a.say("\n")
			return answer{}, err
		}
		switch n := int(key - '1'); {
		case key == keyInterrupt:
			a.say("\n")
			return answer{}, errInterrupted
		case key == 'q' || key == 'Q' || key == keyEnd:
			a.say("stop\n\n")
			return answer{stop: true}, nil
		case key == 'n' || key == 'N':
			a.say("no\n\n")
			return answer{}, nil
		case key == 'a' || key == 'A':
			a.say("all\n\n")
			if best.Safe {
				a.safe = true
			} else {
				a.rules[q.finding.Rule.Code] = true
			}
			return answer{fix: &best}, nil
		case key == 'y' || key == 'Y':
			a.say("yes\n\n")
			return answer{fix: &best}, nil
		case len(q.finding.Fixes) > 1 && 0 <= n && n < len(q.finding.Fixes):
			a.say("%d\n\n", n+1)
			return answer{fix: &q.finding.Fixes[n]}, nil
		}
		// Any other key is a slip.
	}
}

// show shows a finding and what its fixes would change.
func (a *asker) show(q question) error {
	if err := (report.Text{Color: a.color}).Finding(a.out, q.file, q.finding); err != nil {
		return err
	}
	for n, fix := range q.finding.Fixes {
		head := "fix: "
		if len(q.finding.Fixes) > 1 {
			head = fmt.Sprintf("fix %d: ", n+1)
		}
		a.say("%s\n", head+report.OneLine(fix.Title))
		if err := report.Diff(a.out, unmarked(q.change(fix)), a.color); err != nil {
			return err
		}
		a.say("\n")
	}
	return nil
}

// unmarked returns a change as it is to be shown: control characters stay in the
// text, and are no commands for the terminal.
func unmarked(c report.Change) report.Change {
	shown := func(text string) string {
		var out strings.Builder
		for line := range strings.Lines(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", "    ").Replace(text)) {
			content := strings.TrimSuffix(line, "\n")
			out.WriteString(report.OneLine(content) + line[len(content):])
		}
		return out.String()
	}
	c.Before, c.After = shown(c.Before), shown(c.After)
	return c
}

// tell says which fix is applied without a question.
func (a *asker) tell(path string, line int, fix *quickfix.Fix) {
	a.say("%s:%d: %s\n", report.OneLine(path), line, report.OneLine(fix.Title))
}

func (a *asker) say(format string, args ...any) { say(a.out, format, args...) }
