package cli_test

import (
	"context"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"sessionlint/analysis"
	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/quickfix"
	"sessionlint/server/cli"
)

// words is a checker that finds words:
//
//	LEAK      an error; related to the word OPEN before it; a safe fix makes it kept
//	TWICE     a warning; an unsafe fix makes it once
//	FORK      a warning; a safe fix makes it left, an unsafe one right
//	HABIT     an info without a fix
//	HIDDEN    a finding that is switched off
//	STYLE     a finding of a rule that is off by default
//	PANIC     a panic while analysing
//	PANICFIX  an error and a panic while making a fix
//	SLOW      a finding that takes until the run is interrupted; makes a file called started
//	STUCK     the same, but nothing can interrupt it
//	MOVING    somebody else writes the file while it is mended
type words struct{ policy analysis.Policy }

func wordRules() []*rule.Rule {
	return []*rule.Rule{
		{
			Code: "SES101", Name: "use-after-close", Severity: rule.Error, Since: "0.1", Fixable: true,
			Doc: rule.Doc{
				Title: "a session is used after it was closed", What: "\nFinds it.\n", Why: "It leaks.",
				Example: "\nwith S() as s:\n    pass\ns.x()\n", Instead: "with S() as s:\n    s.x()", Limits: "Threads.",
			},
		},
		{Code: "SES201", Name: "multiple-commits", Severity: rule.Warning, Since: "0.1", Doc: rule.Doc{Title: "one unit of work is committed in parts"}},
		{Code: "SES209", Name: "commit-in-callee", Severity: rule.Off, Since: "0.1", Doc: rule.Doc{Title: "a function commits the session of its caller"}},
	}
}

func (w words) Check(path, text string) cli.Checked {
	return checkedWords{path, text, w.policy.Plan(path)}
}

func (w words) Module(from, name string) analysis.Module {
	return analysis.Module{From: from, Name: name}
}

func (words) Changed(string) {}

func (c checkedWords) Grounds() analysis.Grounds { return analysis.Grounds{} }

type checkedWords struct {
	path, text string
	plan       *rule.Plan
}

var word = regexp.MustCompile(`\b(LEAK|TWICE|FORK|HABIT|HIDDEN|STYLE|PANIC|PANICFIX|SLOW|STUCK)\b`)

func (c checkedWords) Findings(ctx context.Context) ([]rule.Finding, error) {
	var out []rule.Finding
	for _, at := range word.FindAllStringIndex(c.text, -1) {
		w := c.text[at[0]:at[1]]
		f := rule.Finding{
			Rule: wordRules()[0], Severity: rule.Error, Message: "`" + w + "` is used after it was closed",
			Span: python.Span{Start: at[0], End: at[1]}, Function: "Class.function",
		}
		switch w {
		case "TWICE":
			f.Rule, f.Severity, f.Message = wordRules()[1], rule.Warning, "`TWICE` is committed 2 times"
		case "FORK":
			f.Rule, f.Severity, f.Message = wordRules()[1], rule.Warning, "`FORK` goes two ways"
		case "HABIT":
			f.Severity = rule.Info
		case "STYLE":
			f.Rule, f.Severity, f.Message = wordRules()[2], rule.Warning, "`STYLE` is closed by hand"
		case "HIDDEN":
			f.Severity = rule.Off
		case "PANIC":
			panic("no luck")
		case "SLOW", "STUCK":
			if err := os.WriteFile("started", nil, 0o666); err != nil {
				return nil, err
			}
			if w == "STUCK" {
				time.Sleep(time.Minute)
			}
			select {
			case <-ctx.Done():
				return nil, ctx.Err()
			case <-time.After(time.Minute):
			}
		}
		if open := strings.LastIndex(c.text[:at[0]], "OPEN"); open >= 0 {
			f.Related = []rule.Related{{Span: python.Span{Start: open, End: open + 4}, Message: "opened here"}}
		}
		on := c.plan.Rules()
		if n := slices.IndexFunc(on, func(r *rule.Rule) bool { return r.Code == f.Rule.Code }); n >= 0 {
			f.Rule, f.Severity = on[n], c.plan.Severity(on[n], f.Severity)
			out = append(out, f)
		}
	}
	return out, nil
}

func (checkedWords) Suppressed(context.Context) ([]rule.Finding, error) { return nil, nil }

func (c checkedWords) Fixes(_ context.Context, f rule.Finding) ([]quickfix.Fix, error) {
	edit := func(to string) []quickfix.TextEdit {
		return []quickfix.TextEdit{{Start: f.Span.Start, End: f.Span.End, New: to}}
	}
	switch c.text[f.Span.Start:f.Span.End] {
	case "LEAK":
		return []quickfix.Fix{{Title: "keep it", Safe: true, Edits: edit("kept")}}, nil
	case "TWICE":
		return []quickfix.Fix{{Title: "commit once: both are undone if one fails", Edits: edit("once")}}, nil
	case "FORK":
		return []quickfix.Fix{{Title: "go left", Safe: true, Edits: edit("left")}, {Title: "go right (unsafe: it is another way)", Edits: edit("right")}}, nil
	case "PANICFIX":
		panic("no fix")
	}
	return nil, nil
}

func (c checkedWords) FixAll(_ context.Context, unsafe bool) (string, int, error) {
	applied := strings.Count(c.text, "LEAK")
	text := strings.ReplaceAll(c.text, "LEAK", "kept")
	if unsafe {
		applied += strings.Count(text, "TWICE")
		text = strings.ReplaceAll(text, "TWICE", "once")
	}
	if strings.Contains(text, "PANICFIX") {
		panic("no fix")
	}
	if strings.Contains(text, "MOVING") {
		if err := os.WriteFile(c.path, []byte("new text\n"), 0o666); err != nil {
			return "", 0, err
		}
	}
	return text, applied, nil
}
