package lsp

import (
	"cmp"
	"context"
	"slices"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"sessionlint/analysis/python"
	"sessionlint/analysis/timeline"
	"sessionlint/server/chart"
)

// lifeStory is a function's session life, as data and as a picture.
type lifeStory struct {
	Function string         `json:"function"` // its qualified name, "" for a module's statements
	Range    protocol.Range `json:"range"`
	Sessions []sessionStory `json:"sessions"`
	SVG      string         `json:"svg"`
}

type sessionStory struct {
	Name  string         `json:"name"`
	Kind  string         `json:"kind"` // the class: Session, AsyncSession, Connection, AsyncConnection
	Owned bool           `json:"owned"`
	Range protocol.Range `json:"range"` // what made it
	Steps []stepStory    `json:"steps"`
}

type stepStory struct {
	Kind   string         `json:"kind"`
	Line   int            `json:"line"` // where it happens, counted from 1
	Range  protocol.Range `json:"range"`
	Text   string         `json:"text"`
	Error  bool           `json:"onException"`
	Before struct {
		Transaction string `json:"transaction"` // "no", "maybe" or "yes"
		Pending     int    `json:"pendingWrites"`
		AtLeast     bool   `json:"pendingAtLeast"`
		Commits     [2]int `json:"commits"` // at least and at most
	} `json:"before"`
}

// timelineAt returns the life of the sessions of the function around a place; nil
// if it has none.
func (s *server) timelineAt(ctx context.Context, at place) (*lifeStory, error) {
	return live(ctx, s, uri.URI(at.URI), func(ctx context.Context, v *view) (*lifeStory, error) {
		offset, err := v.mapper.offset(at.Position)
		if err != nil {
			return nil, nil
		}
		functions, err := v.functions(ctx, span{Start: offset, End: offset})
		if err != nil {
			return nil, err
		}
		if f := smallest(functions, offset); f != nil {
			return f.story(v), nil
		}
		return nil, nil
	})
}

// smallest returns the smallest function around an offset, or the statements of
// a module or class that it stands in.
func smallest(functions []liveFunction, offset int) *liveFunction {
	var best *liveFunction
	for n, f := range functions {
		around := f.span()
		if around.Start <= offset && offset <= around.End && (best == nil || around.End-around.Start < best.span().End-best.span().Start) {
			best = &functions[n]
		}
	}
	return best
}

// span is where the function stands in the file.
func (f *liveFunction) span() span {
	if def := f.facts.Function; def != nil {
		return f.unit.Abs(def.Span)
	}
	return python.Span{Start: f.unit.Start, End: f.unit.End}
}

func (f *liveFunction) story(v *view) *lifeStory {
	story := &lifeStory{Function: f.facts.Name, Range: v.mapper.rng(f.span()), Sessions: []sessionStory{}}
	picture := &chart.Chart{Title: cmp.Or(f.facts.Name, "statements of the module")}
	for n, l := range f.lives {
		own := sessionStory{Name: l.Name, Kind: l.Class(), Owned: l.Owned, Range: f.rng(v, l.Made), Steps: []stepStory{}}
		for _, step := range l.Steps {
			told := f.step(v, l, step)
			own.Steps = append(own.Steps, told)
			picture.Rows = append(picture.Rows, chart.Row{Lane: n, Line: told.Line, Step: step, Text: told.Text})
		}
		story.Sessions = append(story.Sessions, own)
		picture.Lanes = append(picture.Lanes, cmp.Or(l.Name, l.Class()))
	}
	slices.SortStableFunc(picture.Rows, func(a, b chart.Row) int { return cmp.Compare(a.Step.At, b.Step.At) })
	story.SVG = picture.SVG()
	return story
}

func (f *liveFunction) step(v *view, l timeline.Life, s timeline.Step) stepStory {
	told := stepStory{Kind: s.Kind.String(), Line: f.line(v, s.At), Range: f.rng(v, s.Site), Text: l.Tell(s), Error: s.Error}
	told.Before.Transaction = [...]string{"no", "maybe", "yes"}[s.Before.Tx]
	told.Before.Pending, told.Before.AtLeast = len(s.Before.Pending), s.Before.More
	told.Before.Commits = [2]int{s.Before.Least, s.Before.Most}
	return told
}
