package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"sessionlint/analysis/rule"
	"sessionlint/server/disk"
	"sessionlint/server/report"
)

// analysed is what became of one source.
type analysed struct {
	file     report.File // what is left to report
	problems []disk.Problem
	ok       bool          // the file was analysed
	fixed    int           // how many fixes were applied
	change   report.Change // what would change where nothing is written; zero if nothing would
}

// task is what to do with a source; it does not return problems of the source
// as an error, only the end of ctx.
type task func(ctx context.Context, s disk.Source) (analysed, error)

// patience is how long an interrupted run waits for its workers.
const patience = 2 * time.Second

// forEach does a task for all sources, jobs of them at a time, and returns the
// results in the order of the sources. It returns an error only if ctx ends.
func forEach(ctx context.Context, sources []disk.Source, jobs int, do task) ([]analysed, error) {
	results := make([]analysed, len(sources))
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(jobs, len(sources)) {
		workers.Go(func() {
			for i := range next {
				// An error means that ctx ended, which is seen below.
				results[i], _ = guarded(ctx, sources[i], do)
			}
		})
	}
	go func() {
		defer close(next)
		for i := range sources {
			select {
			case next <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	done := make(chan struct{})
	go func() {
		workers.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-ctx.Done():
		// Let files that are being written be finished, but do not hang on a file
		// whose analysis does not end.
		select {
		case <-done:
		case <-time.After(patience):
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return results, nil
}

// guarded does a task and turns a panic into a problem of its disk.Source.
func guarded(ctx context.Context, s disk.Source, do task) (result analysed, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			result = analysed{problems: []disk.Problem{panicked(s.Shown, "analysing", cause)}}
		}
	}()
	return do(ctx, s)
}

func panicked(path, doing string, cause any) disk.Problem {
	return disk.Problem{
		Shown:   path,
		Message: fmt.Sprintf("sessionlint failed while %s this file: %v; please report it together with the file", doing, cause),
		Detail:  string(debug.Stack()),
	}
}

// task returns what the command does with each source.
func (c *check) task() task {
	return func(ctx context.Context, s disk.Source) (analysed, error) {
		result := analysed{file: report.File{Path: s.Shown}}
		in, err := c.read(s)
		if err != nil {
			result.problem(err.Error())
			return result, nil
		}
		if known, ok := c.known(s, in.Text); ok {
			result.ok, result.file.Text, result.file.Findings = true, in.Text, known
		} else if err := c.analyse(ctx, s, in, &result); err != nil {
			return analysed{}, err
		}
		if len(result.file.Findings) == 0 {
			result.file.Text = "" // most files have none: their texts are not kept
		}
		return result, nil
	}
}

// known returns what an earlier run found in a file. To mend it takes more.
func (c *check) known(s disk.Source, text string) ([]report.Finding, bool) {
	if c.cache == nil {
		return nil, false
	}
	found, ok := c.cache.get(s, text)
	return found, ok && (len(found) == 0 || !c.mends())
}

func (c *check) mends() bool { return c.fix || c.diff }

// analyse finds out what there is to report of a file, and mends it if it shall.
func (c *check) analyse(ctx context.Context, s disk.Source, in disk.Content, result *analysed) error {
	checked := c.checker.Check(s.Path, in.Text)
	found, err := checked.Findings(ctx)
	if err != nil {
		return err
	}
	result.ok = true
	result.file.Text = in.Text
	if c.mends() && len(found) > 0 {
		text, err := c.mend(ctx, checked, s, in, result)
		if err != nil {
			return err
		}
		if c.fix && text != in.Text {
			result.file.Text = text
			checked = c.checker.Check(s.Path, text)
			if found, err = checked.Findings(ctx); err != nil {
				return err
			}
		}
	}
	if err := c.addFindings(ctx, checked, found, result); err != nil {
		return err
	}
	if c.cache != nil && len(result.problems) == 0 && (len(found) == 0 || !c.mends()) {
		c.cache.put(s, in.Text, result.file.Findings, checked.Grounds())
	}
	return nil
}

// mend applies the fixes that the command asks for, and returns the file's text
// afterwards. A panic costs the fixes, but not the findings.
func (c *check) mend(ctx context.Context, checked Checked, s disk.Source, in disk.Content, result *analysed) (string, error) {
	text, applied := in.Text, 0
	err := result.guard("mending", func() (err error) {
		text, applied, err = checked.FixAll(ctx, c.unsafe)
		return err
	})
	if err != nil {
		return "", err
	}
	result.change = report.Change{Path: s.Shown, Before: in.Whole(in.Text), After: in.Whole(text)}
	result.fixed = applied
	return text, nil
}

// apply writes the files that were mended. It does so when all are analysed, so
// that each is seen beside the others as they were. Of a file that cannot be
// written, what was found is reported.
func (c *check) apply(ctx context.Context, sources []disk.Source, results []analysed) error {
	for n, s := range sources {
		change := results[n].change
		if change.Before == change.After {
			continue
		}
		cannot := c.write(s, change)
		if cannot == nil {
			continue
		}
		asItWas := *c
		asItWas.fix, asItWas.cache = false, nil
		asItWas.read = func(disk.Source) (disk.Content, error) { return disk.ReadSource(strings.NewReader(change.Before)) }
		result, err := guarded(ctx, s, asItWas.task())
		if err != nil {
			return err
		}
		result.problem(cannotWrite(cannot))
		results[n] = result
	}
	return nil
}

// addFindings adds the findings that are to be reported, with their fixes.
func (c *check) addFindings(ctx context.Context, checked Checked, found []rule.Finding, result *analysed) error {
	for _, f := range found {
		if f.Severity == rule.Off {
			continue
		}
		out := report.Finding{Finding: f}
		err := result.guard("mending", func() (err error) {
			out.Fixes, err = checked.Fixes(ctx, f)
			return err
		})
		if err != nil {
			return err
		}
		result.file.Findings = append(result.file.Findings, out)
	}
	if !c.showSuppressed {
		return nil
	}
	suppressed, err := checked.Suppressed(ctx)
	for _, f := range suppressed {
		result.file.Findings = append(result.file.Findings, report.Finding{Finding: f, Suppressed: true})
	}
	slices.SortStableFunc(result.file.Findings, func(a, b report.Finding) int { return a.Span.Start - b.Span.Start })
	return err
}

// guard calls f and turns a panic into a problem.
func (a *analysed) guard(doing string, f func() error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			a.problems = append(a.problems, panicked(a.file.Path, doing, cause))
		}
	}()
	return f()
}

func (a *analysed) problem(message string) {
	a.problems = append(a.problems, disk.Problem{Shown: a.file.Path, Message: message})
}

// errChanged tells that a file is not what was analysed any more.
var errChanged = errors.New("not mended: it changed while it was analysed; run the command again")

// cannotWrite says why a file could not be mended.
func cannotWrite(err error) string {
	if errors.Is(err, errChanged) {
		return err.Error()
	}
	if errors.Is(err, fs.ErrPermission) {
		return "not mended: cannot write: " + disk.Reason(err) + "; make the file and its folder writable"
	}
	return "not mended: cannot write: " + disk.Reason(err)
}
