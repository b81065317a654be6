package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"sessionlint/analysis/python"
	"sessionlint/quickfix"
	"sessionlint/quickfix/edit"
	"sessionlint/server/disk"
	"sessionlint/server/report"
)

// maxAgreed bounds how many fixes of a file are applied without a question. Each
// mends a finding, so files with fewer findings end by themselves.
const maxAgreed = 1000

// ask goes through the findings that have fixes, and applies those that the user
// agrees to.
func (c *check) ask(ctx context.Context, sources []disk.Source, results []analysed) error {
	if c.asker.questions(results) == 0 {
		c.asker.say("Nothing to ask: nothing that was found has a fix.\n")
	}
	for n, s := range sources {
		if !slices.ContainsFunc(results[n].file.Findings, fixable) {
			continue
		}
		d := dialogue{check: c, source: s, behind: results[n+1:], declined: map[asked]int{}}
		stop, err := d.guarded(ctx)
		if err != nil {
			return err
		}
		results[n] = d.result
		if stop {
			return nil
		}
	}
	return nil
}

// questions returns how many findings the user has to be asked about.
func (a *asker) questions(results []analysed) int {
	n := 0
	for _, r := range results {
		for _, f := range r.file.Findings {
			if fixable(f) && a.agreed(f) == nil {
				n++
			}
		}
	}
	return n
}

func fixable(f report.Finding) bool { return len(f.Fixes) > 0 && !f.Suppressed }

// dialogue goes through the findings of one file.
type dialogue struct {
	*check
	source   disk.Source
	behind   []analysed // the files after it
	in       disk.Content
	text     string // with what was agreed to
	result   analysed
	applied  int
	declined map[asked]int
}

// asked is what tells findings apart when others were mended: those that are alike
// in it are told by their order.
type asked struct{ code, function, message string }

// guarded goes through the file; a panic costs only this one, and what was agreed to in it.
func (d *dialogue) guarded(ctx context.Context) (stop bool, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			d.result = analysed{problems: []disk.Problem{panicked(d.source.Shown, "mending", cause)}}
		}
	}()
	return d.run(ctx)
}

func (d *dialogue) run(ctx context.Context) (stop bool, err error) {
	d.result = analysed{file: report.File{Path: d.source.Shown}}
	if d.in, err = d.read(d.source); err != nil {
		d.result.problem(err.Error())
		return false, nil
	}
	d.text = d.in.Text
	for !stop {
		if err := d.look(ctx); err != nil {
			return false, err
		}
		f, remain := d.next()
		if f == nil {
			break
		}
		if stop, err = d.treat(ctx, f, remain); errors.Is(err, errInterrupted) && d.applied > 0 {
			return false, fmt.Errorf("%w: %s is as it was, without what you agreed to", err, d.source.Shown)
		} else if err != nil {
			return false, err
		}
	}
	if err := d.look(ctx); err != nil {
		return false, err
	}
	return stop, d.save(ctx)
}

// look finds out what there is in the text as it is now.
func (d *dialogue) look(ctx context.Context) error {
	now := disk.Content{BOM: d.in.BOM, Text: d.text}
	d.result = analysed{file: report.File{Path: d.source.Shown}, fixed: d.applied}
	// What is not on disk is not kept for the next run.
	plain := *d.check
	plain.cache = nil
	return plain.analyse(ctx, d.source, now, &d.result)
}

// next returns the first finding to treat, and how many questions there are after it.
func (d *dialogue) next() (found *report.Finding, remain int) {
	seen := map[asked]int{}
	for n, f := range d.result.file.Findings {
		if !fixable(f) {
			continue
		}
		as := identify(f)
		if seen[as]++; seen[as] <= d.declined[as] {
			continue
		}
		if found == nil {
			found = &d.result.file.Findings[n]
		} else if d.asker.agreed(f) == nil {
			remain++
		}
	}
	return found, remain
}

func identify(f report.Finding) asked { return asked{f.Rule.Code, f.Function, f.Message} }

// treat applies a fix of a finding if the user agrees.
func (d *dialogue) treat(ctx context.Context, f *report.Finding, remain int) (stop bool, err error) {
	fix := d.asker.agreed(*f)
	if fix != nil && d.applied < maxAgreed {
		line, _ := python.NewLines(d.text).Position(f.Span.Start)
		d.asker.tell(d.source.Shown, line+1, fix)
	} else {
		a, err := d.asker.ask(ctx, question{file: d.result.file, finding: *f, left: remain + d.asker.questions(d.behind), change: func(x quickfix.Fix) report.Change {
			return report.Change{Path: d.source.Shown, Before: d.text, After: edit.Apply(d.text, x.Edits)}
		}})
		if err != nil {
			return false, err
		}
		fix, stop = a.fix, a.stop
	}
	if fix == nil {
		d.declined[identify(*f)]++
		return stop, nil
	}
	d.text = edit.Apply(d.text, fix.Edits)
	d.applied++
	return stop, nil
}

// save writes the file if something was agreed to. If it cannot be written, what
// was found in it as it was is the result.
func (d *dialogue) save(ctx context.Context) error {
	if d.text == d.in.Text {
		return nil
	}
	cannot := d.write(d.source, report.Change{Path: d.source.Shown, Before: d.in.Whole(d.in.Text), After: d.in.Whole(d.text)})
	if cannot == nil {
		d.checker.Changed(d.source.Path) // other files see it as it is now
		return nil
	}
	d.text, d.applied = d.in.Text, 0
	if err := d.look(ctx); err != nil {
		return err
	}
	d.result.problem(cannotWrite(cannot))
	return nil
}
