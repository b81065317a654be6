package disk

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sessionlint/analysis/config"
)

// patternLines are the shapes of gitignore(5), also those that are easy to get
// wrong.
var patternLines = []string{
	"a.py", "!a.py", "*.py", "!*.py", "/a.py", "/x", "x/", "!x/", "/x/", "x", "!x", "x/*", "!x/a.py", "x/**",
	"**/x", "**/x/y", "x/**/a.py", "/**", "**", "**/", "y/b.py", "x/y", "!x/y/", "?.py", "[ab].py", "[!a].py",
	"[^a].py", "[a-b]*", `\!c.py`, `\#d.py`, "#a.py", "!", "/", "", "b.py   ", `b.py\ `, "b.py\r", "*", "!*/",
	"{a,b}.py", "[[:alpha:]].py", "x*y", "x**y", "[a", `a.py\`, "/*", "!/x", "**/*.py", "x//", "e f.py", "*f.py",
	"[[:digit:]]*.py", "!x/**/b.py", "x/*/a.py", "*/a.py", "**/y/**", ".py", "a.*",
}

var treeFiles = []string{
	"a.py", "b.py", "!c.py", "#d.py", "e f.py", "{a,b}.py", "b.py ", "1.py",
	"x/a.py", "x/b.py", "x/y/a.py", "x/y/b.py", "x/y/x/a.py", "x/x/b.py", "y/a.py", "y/b.py", "y/x/y/b.py",
	"xzy/a.py", "a.py.d/b.py", "z/y/x/a.py", "z/x.py",
}

// TestWalkAgreesWithGit compares the files that are found with those that git
// itself lists, over random ignore files in several folders.
func TestWalkAgreesWithGit(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	root := newRepository(t)
	for round := range 150 {
		lines := map[string][]string{}
		for range 1 + rng.IntN(3) {
			at := []string{".gitignore", "x/.gitignore", "y/.gitignore", "x/y/.gitignore", ".git/info/exclude"}[rng.IntN(5)]
			for range 1 + rng.IntN(4) {
				lines[at] = append(lines[at], patternLines[rng.IntN(len(patternLines))])
			}
		}
		for _, at := range []string{".gitignore", "x/.gitignore", "y/.gitignore", "x/y/.gitignore", ".git/info/exclude"} {
			write(t, filepath.Join(root, at), strings.Join(lines[at], "\n")+"\n")
		}
		for _, dir := range []string{"", "x", "z/y"} {
			want := gitFiles(t, root, dir)
			got := walked(t, root, dir)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("round %d, folder %q, patterns %q: git (-) and the walk (+) differ:\n%s", round, dir, lines, diff)
			}
		}
	}
}

// TestEveryPatternAgreesWithGit tries each pattern alone, and each under a
// pattern that ignores everything, so that none is left to chance.
func TestEveryPatternAgreesWithGit(t *testing.T) {
	root := newRepository(t)
	for _, before := range []string{"", "*.py\n", "/*\n!/x/\n"} {
		for _, line := range patternLines {
			write(t, filepath.Join(root, ".gitignore"), before+line+"\n")
			if diff := cmp.Diff(gitFiles(t, root, ""), walked(t, root, "")); diff != "" {
				t.Errorf("pattern %q after %q: git (-) and the walk (+) differ:\n%s", line, before, diff)
			}
		}
	}
}

func newRepository(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	git(t, root, "init", "-q")
	for _, f := range treeFiles {
		write(t, filepath.Join(root, f), "")
	}
	return root
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// git runs git without the settings of whoever runs the test.
func git(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "core.excludesFile=/dev/null", "-c", "core.quotePath=false"}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("git %q: %v", args, err)
	}
	return string(out)
}

// gitFiles returns the Python files below a folder that git does not ignore,
// provided that it does not ignore the folder: a folder that is named is
// walked even then.
func gitFiles(t *testing.T, root, dir string) []string {
	t.Helper()
	out := git(t, root, "ls-files", "-z", "--others", "--exclude-standard", "--", "./"+dir)
	files := []string{}
	for f := range strings.SplitSeq(out, "\x00") {
		if strings.HasSuffix(f, ".py") {
			files = append(files, f)
		}
	}
	slices.Sort(files)
	return files
}

func walked(t *testing.T, root, dir string) []string {
	t.Helper()
	loader := config.NewLoader(NewTree(), nil, config.Overrides{Isolated: true})
	sources, problems, err := Collect(context.Background(), root, []string{"./" + dir}, loader, false)
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	files := []string{}
	if dir != "" && ignoredByGit(t, root, dir) {
		return files
	}
	for _, s := range sources {
		files = append(files, filepath.ToSlash(s.Shown))
	}
	return files
}

// ignoredByGit reports whether git ignores a folder or one that holds it.
func ignoredByGit(t *testing.T, root, dir string) bool {
	t.Helper()
	cmd := exec.Command("git", "-c", "core.excludesFile=/dev/null", "check-ignore", "-q", "--no-index", dir)
	cmd.Dir = root
	switch err := cmd.Run(); e := err.(type) {
	case nil:
		return true
	case *exec.ExitError:
		if e.ExitCode() == 1 {
			return false
		}
	}
	t.Fatal(fmt.Errorf("git check-ignore %s failed", dir))
	return false
}
