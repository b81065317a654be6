// Package quickfix turns findings into text edits. A fix is offered only after
// it was tried: the edited text was parsed and analysed again, the finding is
// gone and nothing new came.
//
// A fix is safe if the program does the same afterwards, less the defect. What
// a fix cannot be sure of makes it unsafe, and its title says what may change;
// where no edit keeps what the program does when nothing fails, there is none.
package quickfix

import (
	"context"
	"log/slog"
	"strings"

	"sessionlint/analysis"
	"sessionlint/analysis/rule"
	"sessionlint/quickfix/edit"
)

// Fix is one way to mend a finding.
type Fix struct {
	Title     string   // a verb phrase; of an unsafe fix it says what may change
	Safe      bool     // the program does the same, less the defect
	Risks     []string // what may change, as phrases; none of a safe one
	Preferred bool     // the better one where there are several
	Edits     []TextEdit
}

// TextEdit replaces the bytes from Start to End of the file by New. The edits of
// one fix are sorted and do not overlap.
type TextEdit = edit.TextEdit

// A proposal is a fix that was not tried yet.
type proposal struct {
	title string
	risks []string // what may change; none makes it safe
	adds  []string // the string literals that it adds
	edits []TextEdit
}

// A fixer makes the proposals for a finding of one rule, the best one first. A
// reason says why there is none.
type fixer func(at *site, f rule.Finding) (ps []proposal, reason string)

// fixers returns the fixers by the codes of their rules. A rule that has one is
// Fixable, and the other way round.
func fixers() map[string]fixer {
	return map[string]fixer{
		"SES101": moveIntoBlock,
		"SES102": openInWith,
		"SES103": nameInWith,
		"SES104": closeInFinally,
		"SES105": enterGenerator,
		"SES106": openInBody,
		"SES108": runQuery,
		"SES109": openInWith,
		"SES111": removeInFinally,
		"SES112": awaitBegin,
		"SES113": openInWith,
		"SES201": collapseCommits,
		"SES202": commitAfterLoop,
		"SES203": widenBegin,
		"SES204": unnest,
		"SES205": dropEnd,
		"SES206": commitWrite,
		"SES207": recoverSession,
		"SES208": saveHandled,
		"SES211": dropClose,
		"SES212": letThrough,
		"SES301": fetchInBlock,
		"SES302": loadBeforeClose,
		"SES303": refreshFirst,
		"SES401": awaitCoroutine,
		"SES402": enterRight,
		"SES405": dropNeedlessAwait,
	}
}

// For returns the fixes of one finding of a snapshot, the best one first. It
// returns none where no fix keeps its promise; the log then says why.
func For(ctx context.Context, s *analysis.Snapshot, f rule.Finding) ([]Fix, error) {
	at, ok, err := siteOf(ctx, s, f)
	if err != nil || !ok {
		return nil, err
	}
	var proposals []proposal
	reason := "the rule has no fix"
	if fix := fixers()[f.Rule.Code]; fix != nil {
		proposals, reason = fix(at, f)
	}
	if len(proposals) == 0 {
		slog.DebugContext(ctx, "no fix", "path", s.Path, "rule", f.Rule.Code, "function", f.Function, "reason", reason)
	}
	var out []Fix
	for _, p := range proposals {
		p.edits = fit(s, p.edits)
		if reason, err := try(ctx, s, f, p); err != nil {
			return nil, err
		} else if reason != "" {
			slog.DebugContext(ctx, "fix is not offered", "path", s.Path, "rule", f.Rule.Code, "function", f.Function, "title", p.title, "reason", reason)
			continue
		}
		fix := Fix{Title: p.title, Safe: len(p.risks) == 0, Risks: p.risks, Preferred: len(out) == 0, Edits: p.edits}
		if !fix.Safe {
			fix.Title += " (unsafe: " + strings.Join(p.risks, "; ") + ")"
		}
		out = append(out, fix)
	}
	return out, nil
}
