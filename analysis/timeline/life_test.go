package timeline_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sessionlint/analysis"
	"sessionlint/analysis/python"
	"sessionlint/analysis/rule/all"
	"sessionlint/analysis/session"
	"sessionlint/analysis/timeline"
)

const head = `from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

make = sessionmaker()

`

// TestLives tells the lives of the sessions of small functions, one line a step:
// the line in the function where it happens, what it is, and what stood before.
func TestLives(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a with block that commits", `
def work(order):
    with make() as session:
        session.add(order)
        session.execute(select(1))
        session.add(order)
        session.commit()
    return order
`, `
2 opened
3 begun by add
3 written by add
5 written by add, tx yes, 1 pending
6 committed by commit, tx yes, 2 pending
6 closed by with, 1 commits
`},
		{"work that the end of the block rolls back", `
def work(order):
    with make() as session:
        session.add(order)
`, `
2 opened
3 begun by add
3 written by add
3 closed by with, tx yes, 1 pending
`},
		{"a begin block", `
def work(order):
    with make.begin() as session:
        session.add(order)
`, `
2 opened
2 begun by begin
3 written by add, tx yes
3 committed by with, tx yes, 1 pending
3 closed by with
`},
		{"a handed in session, and branches", `
def work(session: Session, order, keep):
    session.add(order)
    if keep:
        session.commit()
    else:
        session.rollback()
    session.execute(select(1))
`, `
1 handedIn, tx maybe
2 begun by add, tx maybe
2 written by add, tx maybe
4 committed by commit, tx yes, 1 pending
6 rolledBack by rollback, tx yes, 1 pending
7 begun by execute, 0-1 commits
`},
		{"a begin block that may fail", `
def work(order):
    with make.begin() as session:
        session.add(order)
        session.execute(select(1))
`, `
2 opened
2 begun by begin
3 written by add, tx yes
4 committed by with, tx yes, 1 pending
4 rolledBack by with, tx yes, 1 pending, on an error
4 closed by with
`},
		{"a helper that gives a session", `
def begun():
    session = make()
    session.execute(select(1))
    return session

def work(order):
    with begun() as session:
        session.add(order)
        session.commit()
`, `
7 opened
7 begun
8 written by add, tx yes
9 committed by commit, tx yes, 1 pending
9 closed by with, 1 commits
`},
		{"a helper that commits", `
def keep(session, order):
    session.add(order)
    session.commit()

def work(order):
    with make() as session:
        keep(session, order)
`, `
6 opened
7 begun by keep
7 written by keep
7 committed by keep, tx yes, 1 pending
7 closed by with, 1 commits
`},
		{"a use that opens it again", `
def work():
    with make() as session:
        session.execute(select(1))
    session.execute(select(1))
`, `
2 opened
3 begun by execute
3 closed by with, tx yes
4 begun by execute, closed
`},
		{"a loop", `
def work(orders):
    session = make()
    try:
        for order in orders:
            session.add(order)
        session.commit()
    finally:
        session.close()
`, `
2 opened
5 begun by add
5 written by add, tx maybe, writes maybe 1 pending or more
6 committed by commit, tx maybe, writes maybe 1 pending or more
8 closed by close, 0-1 commits
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := "\n" + strings.Join(tell(t, strings.TrimPrefix(c.text, "\n")), "\n") + "\n"
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// factsOf returns the facts of the last function of a text, and where its unit is.
func factsOf(t *testing.T, text string) (*session.Facts, *analysis.Snapshot, python.Placed) {
	t.Helper()
	s := analysis.NewEngine(all.Rules()...).Check("work.py", head+text)
	n := len(s.File.Units) - 1
	facts, err := s.Facts(context.Background(), n)
	if err != nil || len(facts) == 0 {
		t.Fatalf("no facts: %v", err)
	}
	return facts[0], s, s.File.Units[n]
}

func tell(t *testing.T, text string) []string {
	t.Helper()
	facts, s, unit := factsOf(t, text)
	line := func(at int) int {
		l, _ := s.File.Lines.Position(unit.Start + at)
		return l + 1 - strings.Count(head, "\n")
	}
	var out []string
	for _, l := range timeline.Of(facts) {
		for _, step := range l.Steps {
			out = append(out, fmt.Sprintf("%d %s", line(step.At), step.Kind)+by(step)+standing(step.Before))
			if step.Error {
				out[len(out)-1] += ", on an error"
			}
		}
	}
	return out
}

func by(s timeline.Step) string {
	switch {
	case s.Block:
		return " by with"
	case s.Method != "":
		return " by " + s.Method
	}
	return ""
}

func standing(s timeline.State) string {
	out := ""
	if s.Closed == session.Yes {
		out = ", closed"
	}
	if s.Tx != session.No || len(s.Pending) > 0 {
		out += ", tx " + [...]string{"no", "maybe", "yes"}[s.Tx]
	}
	if s.Writes != session.No {
		out += map[session.Tri]string{session.Maybe: ", writes maybe ", session.Yes: ", "}[s.Writes] + fmt.Sprint(len(s.Pending)) + " pending"
		if s.More {
			out += " or more"
		}
	}
	switch {
	case s.Least != s.Most:
		out += fmt.Sprintf(", %d-%d commits", s.Least, s.Most)
	case s.Most > 0:
		out += fmt.Sprintf(", %d commits", s.Most)
	}
	return out
}
