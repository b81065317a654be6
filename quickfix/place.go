package quickfix

import (
	"context"
	"slices"
	"strings"

	"sessionlint/analysis"
	"sessionlint/analysis/project"
	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
	"sessionlint/quickfix/edit"
)

// A site is the place of a finding: its function, in its unit, in its file.
type site struct {
	snap   *analysis.Snapshot
	index  int // of the unit
	placed python.Placed
	facts  *session.Facts
	body   []python.Stmt
	edit   *edit.Editor
	module *project.Module
	// factsOf returns what is known of the functions of a unit, nil if that failed.
	factsOf func(unit int) []*session.Facts
}

// siteOf finds the function that a finding is in; ok is false where it cannot
// be told.
func siteOf(ctx context.Context, s *analysis.Snapshot, f rule.Finding) (at *site, ok bool, err error) {
	facts, err := s.Facts(ctx, f.Unit)
	if err != nil {
		return nil, false, err
	}
	p := s.File.Units[f.Unit]
	where := f.Span.Shift(-p.Start)
	for _, c := range facts {
		body := p.Unit.Body
		if c.Function != nil {
			body = c.Function.Body
		}
		if c.Name == f.Function && len(body) > 0 && (within(body, where) || c.Function != nil && c.Function.Contains(where)) {
			at = &site{snap: s, index: f.Unit, placed: p, facts: c, body: body}
		}
	}
	if at == nil {
		return nil, false, nil
	}
	at.module = project.NewModule(s.File)
	at.factsOf = func(unit int) []*session.Facts {
		facts, _ := s.Facts(ctx, unit) // an error is that nobody waits any more
		return facts
	}
	return at.again(), true, nil
}

// again returns the same place with no change made yet, for another proposal.
func (s *site) again() *site {
	t := *s
	t.edit = edit.New(s.snap.File, s.snap.File.Multiline(s.index))
	return &t
}

func within(body []python.Stmt, where python.Span) bool {
	return body[0].Pos().Start <= where.Start && where.End <= body[len(body)-1].Pos().End
}

// firstLine and lastLine return the lines of the file, counted from 0, that a
// node begins and ends on.
func (s *site) firstLine(n python.Node) int {
	return s.snap.File.Lines.Of(s.placed.Abs(n.Pos()).Start)
}

func (s *site) lastLine(n python.Node) int {
	sp := s.placed.Abs(n.Pos())
	return s.snap.File.Lines.Of(max(sp.End-1, sp.Start))
}

// topLine returns the first line of a statement with the comments that stand
// right above it, down to the line floor.
func (s *site) topLine(n python.Stmt, floor int) int {
	line := s.firstLine(n)
	for line-1 > floor && s.edit.Comment(line-1) && s.edit.Indentation(line-1) == s.edit.Indentation(line) {
		line--
	}
	return line
}

// ownLines reports whether nothing but the statement, and a comment behind it,
// stands on its lines.
func (s *site) ownLines(n python.Stmt) bool {
	sp := s.placed.Abs(n.Pos())
	first := s.snap.File.Lines.Start(s.snap.File.Lines.Of(sp.Start))
	if !blank(s.snap.File.Text[first:sp.Start]) {
		return false
	}
	line := s.lastLine(n)
	rest := s.snap.File.Text[sp.End:s.snap.File.Lines.End(line)]
	for i := 0; i < len(rest); i++ {
		switch rest[i] {
		case ' ', '\t', '\r', '\n':
		case '#':
			return true
		default:
			return false
		}
	}
	return true
}

func blank(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] != ' ' && text[i] != '\t' && text[i] != '\f' {
			return false
		}
	}
	return true
}

// idle reports whether a call neither changes anything nor can well fail: it
// only logs, looks or makes SQL.
func (s *site) idle(c *python.Call) bool {
	if isQuiet(c) {
		return !mayFail(c)
	}
	root := c.Func
	for {
		switch x := root.(type) {
		case *python.Attribute:
			if s.module.Path(x) != "" {
				return fromSQLAlchemy(s.module.Path(x))
			}
			root = x.Value
			continue
		case *python.Call:
			root = x.Func
			continue
		}
		return fromSQLAlchemy(s.module.Path(root))
	}
}

func fromSQLAlchemy(path string) bool {
	return strings.HasPrefix(path, "sqlalchemy.") || strings.HasPrefix(path, "sqlmodel.")
}

// A block is a list of statements, and the place of one of them in it.
type block struct {
	stmts []python.Stmt
	index int
	outer *block // the block that the statement is in whose block this is
}

func (b *block) stmt() python.Stmt { return b.stmts[b.index] }

// inFinally reports whether the statement stands in a finally or handler.
func (b *block) inFinally() bool {
	for ; b.outer != nil; b = b.outer {
		if t, ok := b.outer.stmt().(*python.Try); ok && &t.Body[0] != &b.stmts[0] {
			return true
		}
	}
	return false
}

// find returns the block of the statement for which want holds, searching
// blocks within blocks.
func find(body []python.Stmt, outer *block, want func(python.Stmt) bool) *block {
	for n, s := range body {
		b := &block{body, n, outer}
		if want(s) {
			return b
		}
		for _, inner := range blocksOf(s) {
			if found := find(inner, b, want); found != nil {
				return found
			}
		}
	}
	return nil
}

// blocksOf returns the blocks of a compound statement, in source order.
func blocksOf(s python.Stmt) [][]python.Stmt {
	switch s := s.(type) {
	case *python.If:
		return [][]python.Stmt{s.Body, s.Else}
	case *python.For:
		return [][]python.Stmt{s.Body, s.Else}
	case *python.While:
		return [][]python.Stmt{s.Body, s.Else}
	case *python.With:
		return [][]python.Stmt{s.Body}
	case *python.Try:
		out := [][]python.Stmt{s.Body}
		for _, h := range s.Handlers {
			out = append(out, h.Body)
		}
		return append(out, s.Else, s.Finally)
	case *python.Match:
		var out [][]python.Stmt
		for _, c := range s.Cases {
			out = append(out, c.Body)
		}
		return out
	}
	return nil
}

// usedBehind reports whether what a session loaded is used or returned behind a
// statement, where a commit has expired it if the session is closed by then.
func (s *site) usedBehind(made session.Site, end int) bool {
	names := map[string]bool{}
	for _, o := range s.facts.Ops {
		switch {
		case o.Made != made:
		case o.Kind == session.OpBind && o.Method == "object":
			names[s.source(o.Site)] = true
		case o.Site.Start >= end && (o.Kind == session.OpRead || o.Kind == session.OpReturn || o.Kind == session.OpHandOut && !o.Whole):
			return true
		}
	}
	found := false
	for _, st := range s.body {
		python.Inspect(st, func(n python.Node) bool {
			if x, ok := n.(*python.Name); ok && x.Start >= end && names[x.ID] {
				found = true
			}
			return !found
		})
	}
	return found
}

// opsIn returns the operations on a session within a span.
func (s *site) opsIn(made session.Site, where python.Span) []session.Op {
	var out []session.Op
	for _, o := range s.facts.Ops {
		if o.Made == made && where.Contains(o.Site) {
			out = append(out, o)
		}
	}
	return out
}

// boundAgain reports whether the variable of a session is bound again behind the
// place where it was made, to whatever.
func (s *site) boundAgain(o session.Session) bool {
	found := false
	for _, st := range s.body {
		python.Inspect(st, func(n python.Node) bool {
			if n, ok := n.(python.Stmt); ok && n.Pos().Start > o.Made.End {
				found = found || rebinds(n, o.Name)
				return false
			}
			return !found
		})
	}
	return found
}

// leftOpen reports whether the function can be left with a session that it made
// still open, or opened again.
func (s *site) leftOpen(made session.Site) bool {
	if slices.ContainsFunc(s.facts.Uses, func(u session.Use) bool { return u.Made == made }) {
		return true
	}
	return slices.ContainsFunc(s.facts.Ends, func(e session.End) bool {
		switch e.Why {
		case session.Returned, session.Raised, session.Threw:
			return e.Session.Made == made && e.Session.Owned && e.Session.Life == session.Open && !e.Session.Joined && e.Session.Manager == (session.Site{})
		}
		return false
	})
}

// leaves reports whether a statement is a jump.
func leaves(st python.Stmt) bool {
	switch st.(type) {
	case *python.Return, *python.Raise, *python.Break, *python.Continue:
		return true
	}
	return false
}
