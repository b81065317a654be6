package quickfix_test

import (
	"strings"
	"testing"

	"sessionlint/analysis"
	"sessionlint/analysis/rule/all"
	"sessionlint/quickfix/edit"
)

// A unit of work that is committed in parts, and can be committed at once: nothing
// that TestConditions changes holds for it.
const twoCommits = `from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from depot.db import engine
from depot.mail import send
from depot.models import Crate, Label, Move

SessionMaker = sessionmaker(engine)


def ship(number):
    with SessionMaker() as session:
        session.get(Move, number).done = True
        session.commit()
        session.add(Label(text="done"))
        session.commit()
`

// TestConditions changes one thing at a time of a program whose commits collapse
// safely: what keeps them from it, or makes it something else, is that thing alone.
func TestConditions(t *testing.T) {
	const opened, first = "    with SessionMaker() as session:\n", "        session.commit()\n        session.add"
	engine := analysis.NewEngine(all.Default()...)
	for _, c := range []struct {
		condition   string
		old, new    string // what is changed, at its first place
		title, text string // what the fix is called then, and what it has to write; no title where there is none
		safe        bool
	}{
		{"nothing is changed", "", "", "Collapse", "with session.begin():", true},
		{"the session is handed in", "number):\n" + opened, "number, session: Session):\n    if number:\n", "Commit `session` once", "", false},
		{"the session is used before", opened, opened + "        print(session.get(Move, 1))\n", "Collapse", "with session.begin():\n            print(", true},
		{"a path leaves changes uncommitted", first, "        if number > 9:\n            return\n" + first, "Commit `session` once", "", true},
		{"a rollback stands between", first, strings.Replace(first, "        session.add", "        session.rollback()\n        session.add", 1), "", "", false},
		{"a helper may commit", first, strings.Replace(first, "        session.add", "        send(session)\n        session.add", 1), "Collapse", "", false},
		{"a handler catches what a commit raises", "        session.add(Label(text=\"done\"))\n        session.commit()\n", "        try:\n            session.add(Label(text=\"done\"))\n            session.commit()\n        except IntegrityError:\n            print(\"there is one\")\n", "Collapse", "with session.begin_nested():", true},
		{"something is changed before what fails is handled", "        session.add(Label(text=\"done\"))\n        session.commit()\n", "        try:\n            session.get(Crate, 1).count = 0\n            session.get(Crate, 1).check()\n            session.commit()\n        except ValueError:\n            print(\"none\")\n", "Collapse", "with session.begin_nested():", false},
		{"others must see the first part", first, strings.Replace(first, "        session.add", "        send(number)\n        session.add", 1), "Collapse", "", false},
		{"the code between needs a key", "session.get(Move, number).done = True\n", "move = Move(number=number)\n        session.add(move)\n", "Collapse", "", true},
		{"a loaded row is locked", "\"done\"))\n", "\"done\"))\n        session.get(Move, number, with_for_update=True)\n", "Collapse", "session.flush()\n            session.expire_all()\n", true},
		{"the rows are streamed", twoCommits[strings.Index(twoCommits, "        session.get"):], "        for move in session.scalars(select(Move).execution_options(yield_per=9)):\n            move.done = True\n            session.commit()\n            session.add(Label(text=\"done\"))\n            session.commit()\n", "Commit `session` once", "", true},
		{"a result is fetched after the first commit", twoCommits[strings.Index(twoCommits, "        session.get"):], "        numbers = session.execute(select(Move.number))\n        session.get(Move, number).done = True\n        session.commit()\n        session.add(Label(text=\"done\"))\n        session.commit()\n        return list(numbers)\n", "Collapse", "", false},
		{"a hook waits for the commit", "\n\ndef ship", "\n\n@event.listens_for(SessionMaker, \"after_commit\")\ndef committed(session):\n    send(session)\n\n\ndef ship", "Collapse", "", false},
	} {
		t.Run(c.condition, func(t *testing.T) {
			if !strings.Contains(twoCommits, c.old) {
				t.Fatal("nothing is changed")
			}
			s := engine.Check("ship.py", strings.Replace(twoCommits, c.old, c.new, 1))
			found := findings(t, s, "SES201")
			if len(found) != 1 {
				t.Fatalf("%d findings", len(found))
			}
			fixes, reason := fixesOf(t, s, found[0])
			switch {
			case c.title == "" && len(fixes) == 0:
			case c.title == "":
				t.Errorf("it has a fix: %s", fixes[0].Title)
			case len(fixes) == 0:
				t.Errorf("it has no fix: %s", reason)
			case !strings.HasPrefix(fixes[0].Title, c.title) || fixes[0].Safe != c.safe:
				t.Errorf("the fix is %q", fixes[0].Title)
			default:
				if text := edit.Apply(s.File.Text, fixes[0].Edits); !strings.Contains(text, c.text) {
					t.Errorf("the fix does not write %q:\n%s", c.text, text)
				}
			}
		})
	}
}
