package analysis_test

import (
	"context"
	"strings"
	"testing"

	"sessionlint/analysis"
	"sessionlint/analysis/python"
	"sessionlint/analysis/rule/all"
)

// TestEditReachesExactlyItsDependants types into a helper of another file: what
// leaves its effect as it was interprets no other function again, and what changes
// it those that call it.
func TestEditReachesExactlyItsDependants(t *testing.T) {
	disk := tree{
		"/project/app/__init__.py": "",
		"/project/app/db.py":       "from sqlalchemy import create_engine\nfrom sqlalchemy.orm import sessionmaker\n\nOpen = sessionmaker(create_engine('sqlite://'))\n",
		"/project/app/repo.py":     "def save(db, item):\n    db.add(item)\n\n\ndef find(db):\n    return db.query(1)\n",
		"/project/app/deep.py":     "from app.repo import save\n\n\ndef store(db, item):\n    save(db, item)\n",
		"/project/app/views.py": `from app.db import Open
from app.deep import store
from app.repo import find


def direct():
    with Open() as db:
        return find(db).all()


def deep():
    with Open() as db:
        store(db, 1)


def neither():
    with Open() as db:
        return db.execute(1)
`,
	}
	engine := analysis.NewEngine(all.Default()...).In(analysis.NewWorkspace(disk, []string{"/project"}))
	views := engine.Open("/project/app/views.py", disk["/project/app/views.py"])
	defer views.Close()
	repo := engine.Open("/project/app/repo.py", disk["/project/app/repo.py"])
	defer repo.Close()
	before := interpreted(t, views)
	for _, step := range []struct{ old, new, again string }{
		{"    db.add(item)\n", "    # it is kept\n    db.add(item)\n", ""},
		{"    return db.query(1)\n", "    rows = db.query(1)\n    return rows\n", ""},
		{"    db.add(item)\n", "    db.add(item)\n    db.flush()\n", "deep"},
		{"    return rows\n", "    return rows.all()\n", "direct"},
		{"def find(db):", "def found(db):", "direct"},
		{"def found(db):", "def find(db):", "direct"},
	} {
		text := repo.Snapshot().File.Text
		at := strings.Index(text, step.old)
		if err := repo.Edit(python.Edit{Start: at, End: at + len(step.old), New: step.new}); err != nil {
			t.Fatal(err)
		}
		now := interpreted(t, views)
		for name, facts := range now {
			if again := before[name] != facts; again != (name == step.again) {
				t.Errorf("after %q came for %q: %s was interpreted again: %v", step.new, step.old, name, again)
			}
		}
		before = now
	}
}

// interpreted returns what a document's functions were found to do; for one that
// is not interpreted again it is the very same.
func interpreted(t *testing.T, d *analysis.Document) map[string]any {
	t.Helper()
	s, out := d.Snapshot(), map[string]any{}
	for n := range s.File.Units {
		facts, err := s.Facts(context.Background(), n)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range facts {
			out[f.Name] = f
		}
	}
	return out
}
