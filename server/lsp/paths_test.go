package lsp_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestEachSpellingOfAURI has clients spell one URI in several ways, and be told of the
// document as they opened it.
func TestEachSpellingOfAURI(t *testing.T) {
	for _, s := range [][]string{
		{"file:///c%3A/work/a%20b.py", "file:///c:/work/a%20b.py", "file:///C:/work/a%20b.py", "file:///C%3A/work/a%20b.py", "file:///c%3a/work/a%20b.py"},
		{"file:///work/caf%C3%A9.py", "file:///work/café.py", "file:///work/caf%c3%a9.py"},
		{"file:///work/100%25.py", "file:///work/%31%30%30%25.py"},
		{"file:///work/a+b%20%26%23c.py", "file:///work/a%2Bb%20&%23c.py"},
		{"untitled:Untitled-1", "untitled:Untitled%2D1"},
	} {
		for n, opened := range s {
			c := start(t, object{}, marked)
			other := s[(n+1)%len(s)]
			c.open(opened, 1, "bug\n")
			if list := c.published(opened, 1); len(list) != 1 {
				t.Errorf("%s: %v", opened, list)
			}
			c.change(other, 2, whole("bug bug\n"))
			if list := c.published(opened, 2); len(list) != 2 {
				t.Errorf("%s, edited as %s: %v", opened, other, list)
			}
			if list := c.actions(other, at(0, 0, 0, 1), "quickfix"); len(list) == 0 {
				t.Errorf("%s, asked for as %s: no actions", opened, other)
			}
			c.notify("textDocument/didClose", object{"textDocument": object{"uri": other}})
			if p := c.publishedNext(opened); len(p.Diagnostics) != 0 {
				t.Errorf("%s, closed as %s: %v", opened, other, p)
			}
		}
	}
}

// escape spells a path as a URI, with what is not plain in it escaped or not.
func escape(path string) string {
	return "file://" + strings.NewReplacer("%", "%25", " ", "%20", "#", "%23", "?", "%3F").Replace(filepath.ToSlash(path))
}

// TestOddPaths finds other files where folders have odd names.
func TestOddPaths(t *testing.T) {
	for _, name := range []string{"a b", "100%", "%20", "日本 語", "e\u0301", "c#", "what?", "a:b", "[x]", "{y}", "star*"} {
		dir := filepath.Join(t.TempDir(), name)
		for file, text := range map[string]string{"__init__.py": "", "db.py": factory, "repo.py": helper, "views.py": caller} {
			writeFile(t, filepath.Join(dir, "app", file), text)
		}
		uri := escape(dir)
		c := inFolders(t, object{}, nil, uri)
		c.open(uri+"/app/views.py", 1, caller)
		if list := c.published(uri+"/app/views.py", 1); len(list) != 1 {
			t.Fatalf("%q: %v", name, list)
		}
		if err := os.Remove(filepath.Join(dir, "app", "repo.py")); err != nil {
			t.Fatal(err)
		}
		c.notify("workspace/didChangeWatchedFiles", object{"changes": []object{{"uri": uri + "/app/repo.py", "type": 3}}})
		if list := c.published(uri+"/app/views.py", 1); len(list) != 0 {
			t.Fatalf("%q: %v", name, list)
		}
	}
}

// TestUntitled shows the server a buffer that is no file: it sees the modules of the
// first folder, and its configuration.
func TestUntitled(t *testing.T) {
	uri, path := project(t, map[string]string{"__init__.py": "", "db.py": factory, "repo.py": helper})
	c := inFolders(t, object{}, nil, uri)
	c.open("untitled:Untitled-1", 1, caller)
	wantCodes(t, c.published("untitled:Untitled-1", 1), "SES101")
	writeFile(t, path("../sessionlint.toml"), "ignore = [\"SES101\"]\n")
	c.notify("workspace/didChangeWatchedFiles", object{"changes": []object{{"uri": uri + "/sessionlint.toml", "type": 1}}})
	wantCodes(t, c.published("untitled:Untitled-1", 1))

	named := "untitled:" + strings.TrimPrefix(uri, "file://") + "/app/fresh.py" // where it will be saved
	text := "from .db import Open\nfrom .repo import ask\n" + strings.SplitN(caller, "\n", 3)[2]
	c.open(named, 1, text)
	wantCodes(t, c.published(named, 1))
	writeFile(t, path("../sessionlint.toml"), "\n")
	c.notify("workspace/didChangeWatchedFiles", object{"changes": []object{{"uri": uri + "/sessionlint.toml", "type": 2}}})
	wantCodes(t, c.published(named, 1), "SES101")
	wantCodes(t, c.published("untitled:Untitled-1", 1), "SES101")

	alone := start(t, object{}, heeding)
	alone.open("untitled:Untitled-2", 1, factory)
	wantCodes(t, alone.published("untitled:Untitled-2", 1))
}

// TestSymbolicLinks opens a folder by a link. Who watches the files tells where they are.
func TestSymbolicLinks(t *testing.T) {
	uri, path := project(t, map[string]string{"__init__.py": "", "db.py": factory, "repo.py": helper, "views.py": caller})
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(path(".."), link); err != nil {
		t.Fatal(err)
	}
	views := escape(link) + "/app/views.py"
	c := inFolders(t, object{}, nil, escape(link))
	c.open(views, 1, caller)
	wantCodes(t, c.published(views, 1), "SES101")
	writeFile(t, path("repo.py"), closer)
	c.notify("workspace/didChangeWatchedFiles", object{"changes": []object{{"uri": uri + "/app/repo.py", "type": 2}}})
	wantCodes(t, c.published(views, 1))
}
