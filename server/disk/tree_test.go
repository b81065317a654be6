package disk_test

import (
	"os"
	"path/filepath"
	"testing"

	"sessionlint/server/disk"
)

func TestTree(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "app", "db.py")
	write := func() {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte("\ufeffx = 1\n"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write()
	tree := disk.NewTree()
	if !tree.IsFile(file) || tree.IsDir(file) || !tree.IsDir(filepath.Dir(file)) || tree.IsFile(filepath.Dir(file)) {
		t.Error("a file and its folder are not told apart")
	}
	if text, err := tree.Read(file); err != nil || text != "x = 1\n" {
		t.Errorf("read %q, %v", text, err)
	}
	if err := os.RemoveAll(filepath.Dir(file)); err != nil {
		t.Fatal(err)
	}
	tree.Changed(filepath.Dir(file))
	if tree.IsFile(file) || tree.IsDir(filepath.Dir(file)) {
		t.Error("a folder that is gone is still there")
	}
	if _, err := tree.Read(file); err == nil {
		t.Error("a file that is gone can be read")
	}
	write()
	tree.Changed(file) // nobody tells of its folder
	if !tree.IsDir(filepath.Dir(file)) {
		t.Error("the folder of a file that came is not there")
	}
	if err := os.RemoveAll(filepath.Dir(file)); err != nil {
		t.Fatal(err)
	}
	tree.Changed(file)
	if tree.IsDir(filepath.Dir(file)) {
		t.Error("the folder of a file that is gone is still there")
	}
	write()
	tree.Changed(file, filepath.Dir(file))
	if !tree.IsFile(file) {
		t.Error("a file that came back is not there")
	}
}

func TestTop(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"repo/.git/HEAD", "repo/pyproject.toml", "repo/libs/one/pyproject.toml", "repo/libs/one/src/one.py", "plain/deep/x.py", "tool/setup.py", "tool/pkg/y.py", "bare/pkg/__init__.py", "bare/pkg/sub/__init__.py", "bare/pkg/sub/z.py"} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	at := filepath.Join(dir, "at")
	if got := disk.Top(filepath.Join(at, "app", "x.py"), at); got != at {
		t.Errorf("the top of a file below the current folder is %s", got)
	}
	for of, want := range map[string]string{
		"repo/libs/one/src/one.py": "repo",
		"repo":                     "repo",
		"tool/pkg/y.py":            "tool",
		"plain/deep/x.py":          "plain/deep",
		"bare/pkg/sub/z.py":        "bare",
	} {
		if got := disk.Top(filepath.Join(dir, of), filepath.Join(dir, "elsewhere")); got != filepath.Join(dir, want) {
			t.Errorf("the top of %s is %s, want %s", of, got, want)
		}
	}
}
