package quickfix_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sessionlint/analysis"
	"sessionlint/analysis/python"
	"sessionlint/analysis/rule/all"
	"sessionlint/quickfix"
	"sessionlint/quickfix/edit"
)

// refactorings returns what is offered, or refused, at the nth mark of a text.
func refactorings(t *testing.T, path, text string, nth int) (*analysis.Snapshot, []quickfix.Refactoring) {
	t.Helper()
	s := analysis.NewEngine(all.Default()...).Check(path, text)
	at := -1
	for range nth + 1 {
		next := strings.Index(text[at+1:], "# here")
		if next < 0 {
			t.Fatalf("there is no mark %d", nth)
		}
		at += 1 + next
	}
	line := s.File.Lines.Start(s.File.Lines.Of(at))
	at = line + len(s.File.Indentation(line))
	list, err := quickfix.Refactorings(context.Background(), s, python.Span{Start: at, End: at})
	if err != nil {
		t.Fatal(err)
	}
	return s, list
}

// TestRefactoringsRun refactors the files of testdata/refactor at each mark, and
// runs them before and after under the real SQLAlchemy.
func TestRefactoringsRun(t *testing.T) {
	files, err := filepath.Glob("testdata/refactor/*.py")
	if err != nil || len(files) == 0 {
		t.Fatalf("nothing to run: %v", err)
	}
	for _, path := range files {
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		after := string(before)
		for n := range strings.Count(after, "# here") {
			s, list := refactorings(t, path, after, n)
			if len(list) != 1 || list[0].Reason != "" {
				t.Fatalf("%s: mark %d: %+v", path, n, list)
			}
			after = edit.Apply(s.File.Text, list[0].Edits)
		}
		kept(t, strings.TrimSuffix(path, ".py")+".golden", after)
		for n, python := range interpreters(t) {
			t.Run(fmt.Sprintf("python %d/%s", n, filepath.Base(path)), func(t *testing.T) {
				t.Parallel()
				for _, r := range compare(t, python, path, after) {
					if reason := r.wrong(); reason != "" {
						t.Errorf("%s: %s\nbefore: %+v\nafter:  %+v", r.Call, reason, r.Before, r.After)
					}
				}
			})
		}
	}
}

// kept compares a text with what is kept of it.
func kept(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s:\n%s", path, got)
	}
}

// TestRefusedRefactorings say why they cannot be had.
func TestRefusedRefactorings(t *testing.T) {
	const head = "from sqlalchemy.orm import sessionmaker\n\nmake = sessionmaker()\n\n\n"
	for _, w := range []struct{ text, reason string }{
		{"def f(x):\n    with make() as s:  # here\n        s.commit()\n", "the block does nothing but commit"},
		{"def f(x):\n    with make() as s:  # here\n        s.add(x)\n        s.commit()\n        s.add(x)\n        s.commit()\n", "the work is committed in parts"},
		{"def f(x):\n    with make() as s:  # here\n        s.add(x)\n        s.rollback()\n", "the work ends the transaction by itself"},
		{"def f(x):\n    with make() as s:  # here\n        if x:\n            return 1\n        s.add(x)\n        s.commit()\n", "the work returns in its middle"},
		{"def f(xs):\n    for x in xs:\n        with make() as s:  # here\n            if x:\n                continue\n            s.add(x)\n            s.commit()\n", "the work leaves or goes on with a loop around it"},
		{"def f(x):\n    with make() as s:  # here\n        yield s.add(x)\n", "the function is a generator"},
		{"def f(x):\n    def g():\n        with make() as s:  # here\n            s.add(x)\n            s.commit()\n    return g\n", "the function stands in another one, or in a statement"},
		{"def f(x):\n    with make() as s:  # here\n        s.add(locals())\n        s.commit()\n", "`locals` looks at the function it is in"},
		{"class C:\n    def f(self, x):\n        with make() as s:  # here\n            s.add(self.__x)\n            s.commit()\n", "`__x` can only be named within its class"},
		{"def f(x):\n    with make() as s:  # here\n        s.add(x)\n        if x:\n            y = 1\n        s.commit()\n    return y\n", "`y` may not be bound where the work ends"},
		{"def f(x):\n    if x:\n        y = 1\n    with make() as s:  # here\n        s.add(y)\n        s.commit()\n", "`y` may not be bound where the block begins"},
		{"def f(x):\n    y = 0\n    try:\n        with make() as s:  # here\n            y = 1\n            s.add(x)\n            s.commit()\n    except ValueError:\n        print(y)\n", "a handler around the block reads `y`"},
		{"def f(x):\n    global y\n    with make() as s:  # here\n        y = s.get(x, 1)\n", "the function binds names of others"},
		{"def f(x):\n    with make() as s: s.add(x)  # here\n", "a statement shares its line with another"},
		{"def f(x):\n    s = make()  # here\n    s.add(x)\n    s.commit()\n    s.close()\n    s = None\n    return s\n", "the variable is bound to something else later on"},
		{"def f(x):\n    s = t = make()  # here\n    s.add(x)\n    s.commit()\n    s.close()\n", "the session is not made by an assignment of its own"},
	} {
		_, list := refactorings(t, "work.py", head+w.text, 0)
		if len(list) != 1 || list[0].Reason != w.reason || (w.reason == "") != (len(list[0].Edits) > 0) {
			t.Errorf("%s: %+v", w.text, list)
		}
	}
	if _, list := refactorings(t, "work.py", head+"def f(x):\n    print(x)  # here\n    with make() as s:\n        s.add(x)\n", 0); len(list) > 0 {
		t.Errorf("elsewhere: %+v", list)
	}
}
