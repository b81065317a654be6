package quickfix_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sessionlint/analysis"
	"sessionlint/analysis/rule/all"
	"sessionlint/quickfix"
)

// A file with a safe and an unsafe fix of either kind, and one finding that has
// no fix at all.
const several = `from sqlalchemy import select

from depot.db import SessionMaker
from depot.models import Crate, Label, Move


def weights(room):
    with SessionMaker() as session:
        query = select(Crate.weight).where(Crate.room == room)
    return session.scalars(query).all()


def ship(number):
    with SessionMaker() as session:
        session.get(Move, number).done = True
        session.commit()
        session.add(Label(text="done"))
        session.commit()


def crate(number):
    with SessionMaker() as session:
        wanted = session.get(Move, number).crate_id
    return session.get(Crate, wanted)


def tell(number, mail):
    with SessionMaker() as session:
        session.get(Move, number).done = True
        session.commit()
        mail.send(number)
        session.add(Label(text="told"))
        session.commit()


def closed(number):
    session = SessionMaker()
    session.close()
    return session.get(Move, number)
`

const safeOnly = `from sqlalchemy import select

from depot.db import SessionMaker
from depot.models import Crate, Label, Move


def weights(room):
    with SessionMaker() as session:
        query = select(Crate.weight).where(Crate.room == room)
        return session.scalars(query).all()


def ship(number):
    with SessionMaker() as session:
        with session.begin():
            session.get(Move, number).done = True
            session.add(Label(text="done"))


def crate(number):
    with SessionMaker() as session:
        wanted = session.get(Move, number).crate_id
    return session.get(Crate, wanted)


def tell(number, mail):
    with SessionMaker() as session:
        session.get(Move, number).done = True
        session.commit()
        mail.send(number)
        session.add(Label(text="told"))
        session.commit()


def closed(number):
    session = SessionMaker()
    session.close()
    return session.get(Move, number)
`

const unsafeToo = `from sqlalchemy import select

from depot.db import SessionMaker
from depot.models import Crate, Label, Move


def weights(room):
    with SessionMaker() as session:
        query = select(Crate.weight).where(Crate.room == room)
        return session.scalars(query).all()


def ship(number):
    with SessionMaker() as session:
        with session.begin():
            session.get(Move, number).done = True
            session.add(Label(text="done"))


def crate(number):
    with SessionMaker() as session:
        wanted = session.get(Move, number).crate_id
        return session.get(Crate, wanted)


def tell(number, mail):
    with SessionMaker() as session:
        with session.begin():
            session.get(Move, number).done = True
            mail.send(number)
            session.add(Label(text="told"))


def closed(number):
    session = SessionMaker()
    session.close()
    return session.get(Move, number)
`

func TestAll(t *testing.T) {
	engine := analysis.NewEngine(all.Default()...)
	for _, c := range []struct {
		name    string
		text    string
		unsafe  bool
		want    string
		applied int
	}{
		{"safe fixes only", several, false, safeOnly, 2},
		{"unsafe fixes too", several, true, unsafeToo, 4},
		{"unsafe fixes after safe ones", safeOnly, true, unsafeToo, 2},
		{"safe fixes a second time", safeOnly, false, safeOnly, 0},
		{"all fixes a second time", unsafeToo, true, unsafeToo, 0},
		{"nothing to fix", "x = 1\n", true, "x = 1\n", 0},
		{"an empty file", "", true, "", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, applied := fixAll(t, engine.Check("several.py", c.text), c.unsafe)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("the text differs (-want +got):\n%s", diff)
			}
			if applied != c.applied {
				t.Errorf("%d fixes were applied, want %d", applied, c.applied)
			}
		})
	}
}

// TestBothFixesInOneFunction fixes a function that has a finding of either
// rule: the second fix works on the text that the first one made.
func TestBothFixesInOneFunction(t *testing.T) {
	const before = `from sqlalchemy import select

from depot.db import SessionMaker
from depot.models import Crate, Label, Move


def ship(number):
    with SessionMaker() as session:
        session.get(Move, number).done = True
        session.commit()
        session.add(Label(text="done"))
        session.commit()
    # How many are left?
    return session.scalars(select(Crate.weight)).all()
`
	engine := analysis.NewEngine(all.Default()...)
	s := engine.Check("both.py", before)
	if n := len(findings(t, s, "")); n != 2 {
		t.Fatalf("%d findings, want 2", n)
	}
	after, applied := fixAll(t, s, true)
	if left := findings(t, engine.Check("both.py", after), ""); len(left) != 0 || applied != 2 {
		t.Errorf("%d fixes were applied, and %d findings are left:\n%s", applied, len(left), after)
	}
	for _, lines := range []string{"with session.begin():\n", "Label(text=\"done\"))\n", "# How many are left?\n return session"} {
		if !strings.Contains(strings.ReplaceAll(after, "  ", ""), strings.ReplaceAll(lines, "\n ", "\n")) {
			t.Errorf("%q is not in the text:\n%s", lines, after)
		}
	}
}

// TestManyFindings fixes a file with more findings than one round mends.
func TestManyFindings(t *testing.T) {
	head, function, _ := strings.Cut(several[:strings.Index(several, "\n\n\ndef ship")], "\n\n\n")
	var text strings.Builder
	text.WriteString(head)
	for n := range 30 {
		text.WriteString("\n\n\n" + strings.Replace(function, "weights", "weights_"+strings.Repeat("i", n+1), 1))
	}
	engine := analysis.NewEngine(all.Default()...)
	fixed, applied := fixAll(t, engine.Check("many.py", text.String()), false)
	if left := findings(t, engine.Check("many.py", fixed), ""); applied != 30 || len(left) != 0 {
		t.Errorf("%d fixes were applied, and %d findings are left", applied, len(left))
	}
}

// TestCancelled checks that a caller who gives up is told so.
func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	s := analysis.NewEngine(all.Default()...).Check("several.py", several)
	if _, _, err := quickfix.All(ctx, s, true); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
}
