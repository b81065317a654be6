package analysis_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sessionlint/analysis"
	"sessionlint/analysis/python"
	"sessionlint/analysis/rule/all"
)

// The files of a workspace in which helpers, factories and classes of one file
// are used in others, each in several versions that do different things.
var versions = map[string][]string{
	"db.py": {
		"from sqlalchemy import create_engine\nfrom sqlalchemy.orm import sessionmaker\nengine = create_engine('sqlite://')\nSession = sessionmaker(engine)\n",
		"from sqlalchemy import create_engine\nfrom sqlalchemy.orm import sessionmaker\nengine = create_engine('sqlite://')\nSession = sessionmaker(engine, expire_on_commit=False)\n",
		"from requests import Session\n",
		"from app.other import Session\n",
		"def Session():\n    return None\n",
	},
	"other.py": {
		"from app.db import engine\nfrom sqlalchemy.orm import sessionmaker\nSession = sessionmaker(engine)\n",
		"from app.db import Session\n",
		"from .db import *\n",
	},
	"repo.py": {
		"def save(db, item):\n    db.add(item)\n\ndef find(db):\n    return db.query(1)\n",
		"def save(db, item):\n    db.add(item)\n    db.commit()\n\ndef find(db):\n    return db.query(1).all()\n",
		"def save(db, item):\n    db.add(item)\n    helper(db)\n\ndef helper(db):\n    save(db, 1)\n    db.commit()\n\ndef find(db):\n    return db.query(1)\n",
		"from app.more import save\n\ndef find(db):\n    return db.query(1)\n",
		"# nothing\n",
	},
	"more.py": {
		"from app import repo\n\ndef save(db, item):\n    repo.find(db)\n    db.commit()\n",
		"from app import repo\n\ndef save(db, item):\n    # the same\n    repo.find(db)\n    db.commit()\n",
		"def save(db, item):\n    db.close()\n",
	},
	"unit.py": {
		"from app.db import Session\n\nclass Unit:\n    def __init__(self):\n        self.make = Session\n\n    def open(self):\n        return self.make()\n",
		"from app.other import Session\n\nclass Base:\n    def open(self):\n        return Session()\n\nclass Unit(Base):\n    pass\n",
		"class Unit:\n    def open(self):\n        return open('x')\n",
	},
	"views.py": {
		"from app.db import Session\nfrom app.repo import save, find\nfrom app.unit import Unit\n\ndef one():\n    with Session() as db:\n        save(db, 1)\n        save(db, 2)\n    return find(db)\n\ndef two():\n    db = Unit().open()\n    return db.execute(1)\n\ndef three():\n    with Session() as db:\n        q = find(db)\n    for x in q:\n        print(x)\n",
		"import app.repo as repo\nfrom app.other import Session\n\ndef one():\n    with Session() as db:\n        row = db.get(X, 1)\n        repo.save(db, 1)\n    return row.name\n",
	},
}

// TestWorkspaceAfterChangesIsThatOfAFreshRun changes the files of a workspace at
// random, in the editor and on disk, and compares what is found in each with
// what a run finds that sees them for the first time.
func TestWorkspaceAfterChangesIsThatOfAFreshRun(t *testing.T) {
	names := []string{"db.py", "other.py", "repo.py", "more.py", "unit.py", "views.py"}
	path := func(name string) string { return "/project/app/" + name }
	rapid.Check(t, func(t *rapid.T) {
		disk := tree{"/project/app/__init__.py": ""}
		for _, n := range names {
			disk[path(n)] = rapid.SampledFrom(versions[n]).Draw(t, n)
		}
		w := analysis.NewWorkspace(disk, []string{"/project"})
		engine := analysis.NewEngine(all.Default()...).In(w)
		open := map[string]*analysis.Document{}
		defer func() {
			for _, d := range open {
				d.Close()
			}
		}()
		for range rapid.IntRange(1, 10).Draw(t, "changes") {
			n := rapid.SampledFrom(names).Draw(t, "file")
			d := open[n]
			switch rapid.IntRange(0, 4).Draw(t, "what") {
			case 0: // on disk
				disk[path(n)] = rapid.SampledFrom(versions[n]).Draw(t, "text")
				w.Changed(path(n))
			case 1: // it comes and goes
				if _, ok := disk[path(n)]; ok {
					delete(disk, path(n))
				} else {
					disk[path(n)] = versions[n][0]
				}
				w.Changed(path(n))
			case 2:
				if d == nil {
					open[n] = engine.Open(path(n), rapid.SampledFrom(versions[n]).Draw(t, "text"))
				} else {
					d.Close()
					delete(open, n)
				}
			default:
				if d == nil {
					continue
				}
				text := d.Snapshot().File.Text
				start := rapid.IntRange(0, len(text)).Draw(t, "start")
				piece := rapid.SampledFrom(append([]string{"    db.commit()\n", "\n    db.add(1)\n"}, pieces...)).Draw(t, "new")
				if err := d.Edit(python.Edit{Start: start, End: start, New: piece}); err != nil {
					t.Fatal(err)
				}
			}
			if rapid.Bool().Draw(t, "look") {
				compareAll(t, disk, open, engine)
			}
		}
		compareAll(t, disk, open, engine)
	})
}

func compareAll(t *rapid.T, disk tree, open map[string]*analysis.Document, engine *analysis.Engine) {
	now := tree{}
	for p, text := range disk {
		now[p] = text
	}
	for n, d := range open {
		now["/project/app/"+n] = d.Snapshot().File.Text
	}
	fresh := analysis.NewEngine(all.Default()...).In(analysis.NewWorkspace(now, []string{"/project"}))
	for _, p := range now.paths() {
		s := engine.Check(p, now[p])
		if d := open[strings.TrimPrefix(p, "/project/app/")]; d != nil {
			s = d.Snapshot()
		}
		if diff := cmp.Diff(listed(fresh.Check(p, now[p])), listed(s)); diff != "" {
			var all strings.Builder
			for _, p := range now.paths() {
				fmt.Fprintf(&all, "-- %s --\n%s\n", p, now[p])
			}
			t.Fatalf("findings of %s differ from a fresh run's (-fresh +changed):\n%s\n%s", p, diff, all.String())
		}
	}
}
