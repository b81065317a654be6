package analysis_test

import (
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"sessionlint/analysis"
	"sessionlint/analysis/config"
	"sessionlint/analysis/rule/all"
)

// A tree is a workspace in memory: texts by path.
type tree map[string]string

func (t tree) IsFile(path string) bool { _, ok := t[path]; return ok }

func (t tree) IsDir(path string) bool {
	for p := range t {
		if strings.HasPrefix(p, path+"/") {
			return true
		}
	}
	return false
}

func (t tree) Read(path string) (string, error) {
	if text, ok := t[path]; ok {
		return text, nil
	}
	return "", fs.ErrNotExist
}

// paths returns the paths of the Python files, sorted.
func (t tree) paths() []string {
	var out []string
	for p := range t {
		if strings.HasSuffix(p, ".py") {
			out = append(out, p)
		}
	}
	sort.Strings(out)
	return out
}

// readTree reads a workspace out of an archive of files.
func readTree(t *testing.T, path string) tree {
	t.Helper()
	a, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	w := tree{}
	for _, f := range a.Files {
		w["/project/"+f.Name] = string(f.Data)
	}
	return w
}

// TestWorkspaces runs the rules over whole projects, as they are configured: every marked line of every
// file has exactly the marked findings, and no other line has any.
func TestWorkspaces(t *testing.T) {
	archives, err := filepath.Glob("testdata/workspace/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no workspaces found: %v", err)
	}
	for _, path := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			w := readTree(t, path)
			files := analysis.NewWorkspace(w, []string{"/project"})
			files.Know(w.paths())
			engine := analysis.NewEngine().In(files).Under(config.NewLoader(w, all.Rules(), config.Overrides{}))
			for _, p := range w.paths() {
				if diff := cmp.Diff(marked(w[p]), foundIn(t, engine, p, w[p])); diff != "" {
					t.Errorf("%s: findings differ (-want +got):\n%s", p, diff)
				}
			}
		})
	}
}

func foundIn(t *testing.T, e *analysis.Engine, path, text string) []string {
	t.Helper()
	s := e.Check(path, text)
	fs, err := s.Findings(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range fs {
		line, _ := s.File.Lines.Position(f.Span.Start)
		out = append(out, fmt.Sprintf("%d %s %s", line+1, f.Rule.Code, f.Severity))
		t.Logf("%s:%d: %s: %s", path, line+1, f.Rule.Code, f.Message)
	}
	sort.Strings(out)
	return out
}

// slowly is a source whose files are changed while one of them is being read.
type slowly struct {
	tree
	meanwhile func()
}

func (s *slowly) Read(path string) (string, error) {
	text, err := s.tree.Read(path)
	if s.meanwhile != nil && strings.HasSuffix(path, "/repo.py") {
		meanwhile := s.meanwhile
		s.meanwhile = nil
		meanwhile()
	}
	return text, err
}

// TestChangedWhileItIsRead has a file written while the old text of it is read: what
// was read is not kept.
func TestChangedWhileItIsRead(t *testing.T) {
	files := tree{
		"/p/app/__init__.py": "",
		"/p/app/db.py":       "from sqlalchemy import create_engine\nfrom sqlalchemy.orm import sessionmaker\nOpen = sessionmaker(create_engine('sqlite://'))\n",
		"/p/app/repo.py":     "def ask(session):\n    return session.execute(1)\n",
	}
	views := "from app.db import Open\nfrom app.repo import ask\n\ndef read():\n    with Open() as session:\n        pass\n    return ask(session)\n"
	source := &slowly{tree: files}
	w := analysis.NewWorkspace(source, []string{"/p"})
	source.meanwhile = func() {
		files["/p/app/repo.py"] = "def ask(session):\n    return None\n"
		w.Changed("/p/app/repo.py")
	}
	d := analysis.NewEngine(all.Default()...).In(w).Open("/p/app/views.py", views)
	defer d.Close()
	for _, want := range []int{1, 0} { // of the old text, which was read, and of the new one
		found, err := d.Snapshot().Findings(t.Context())
		if err != nil || len(found) != want {
			t.Fatalf("found %v (%v), want %d", found, err, want)
		}
	}
}
