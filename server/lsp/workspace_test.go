package lsp_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sessionlint/server/lsp"
)

const (
	factory = `from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

Open = sessionmaker(create_engine("sqlite://"))
`
	helper = "def ask(session):\n    return session.execute(1)\n"
	closer = "def ask(session):\n    return None\n"
	caller = `from app.db import Open
from app.repo import ask


def read():
    with Open() as session:
        pass
    return ask(session)
`
)

// project writes a package and returns the URI of its folder.
func project(t *testing.T, files map[string]string) (uri string, path func(string) string) {
	t.Helper()
	dir := t.TempDir()
	path = func(name string) string { return filepath.Join(dir, "app", name) }
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(path(name)), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path(name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return "file://" + filepath.ToSlash(dir), path
}

// inFolder shakes hands with a folder that is open.
func inFolder(t *testing.T, uri string, capabilities object, change ...func(*lsp.Options)) *client {
	t.Helper()
	c := connect(t, change...)
	var result object
	c.call("initialize", object{
		"processId": nil, "rootUri": nil, "capabilities": capabilities,
		"workspaceFolders": []object{{"uri": uri, "name": "app"}},
	}, &result)
	c.notify("initialized", object{})
	t.Cleanup(func() {
		if !t.Failed() {
			c.close()
		}
	})
	return c
}

func codes(list []diagnostic) (out []string) {
	for _, d := range list {
		out = append(out, d.Code)
	}
	return out
}

func wantCodes(t *testing.T, list []diagnostic, want ...string) {
	t.Helper()
	got, _ := json.Marshal(codes(list))
	wanted, _ := json.Marshal(want)
	if string(got) != string(wanted) {
		t.Fatalf("diagnostics %s, want %s", got, wanted)
	}
}

// TestOtherFiles follows a finding through the changes of the file that it hangs
// on: on disk, in a buffer that was not saved, and on disk again.
func TestOtherFiles(t *testing.T) {
	uri, path := project(t, map[string]string{"__init__.py": "", "db.py": factory, "repo.py": helper, "views.py": caller})
	views, repo := uri+"/app/views.py", uri+"/app/repo.py"
	c := inFolder(t, uri, object{})
	c.open(views, 1, caller)
	wantCodes(t, c.published(views, 1), "SES101")

	c.open(repo, 1, helper)
	wantCodes(t, c.published(repo, 1))
	c.change(repo, 2, whole(closer)) // nothing is asked any more
	wantCodes(t, c.published(repo, 2))
	wantCodes(t, c.published(views, 1))

	c.notify("textDocument/didClose", object{"textDocument": object{"uri": repo}})
	c.publishedNext(repo)
	wantCodes(t, c.published(views, 1), "SES101")

	if err := os.Remove(path("repo.py")); err != nil {
		t.Fatal(err)
	}
	c.notify("workspace/didChangeWatchedFiles", object{"changes": []object{{"uri": repo, "type": 3}}})
	wantCodes(t, c.published(views, 1))

	if err := os.WriteFile(path("repo.py"), []byte(helper), 0o666); err != nil {
		t.Fatal(err)
	}
	c.notify("workspace/didChangeWatchedFiles", object{"changes": []object{{"uri": repo, "type": 1}}})
	wantCodes(t, c.published(views, 1), "SES101")
}

// TestFilesAreWatched asks a client that can to tell of changed files.
func TestFilesAreWatched(t *testing.T) {
	uri, _ := project(t, nil)
	c := inFolder(t, uri, object{"workspace": object{"didChangeWatchedFiles": object{"dynamicRegistration": true}}})
	m := c.await("a registration", func(m message) bool { return m.Method == "client/registerCapability" })
	var p struct {
		Registrations []struct {
			Method  string `json:"method"`
			Options struct {
				Watchers []struct {
					Glob string `json:"globPattern"`
				} `json:"watchers"`
			} `json:"registerOptions"`
		} `json:"registrations"`
	}
	if err := json.Unmarshal(m.Params, &p); err != nil || len(p.Registrations) != 1 || len(p.Registrations[0].Options.Watchers) != 3 ||
		p.Registrations[0].Method != "workspace/didChangeWatchedFiles" || p.Registrations[0].Options.Watchers[0].Glob != "**/*.py" || p.Registrations[0].Options.Watchers[1].Glob != "**/*.{toml,lock}" {
		t.Fatalf("registered %s (%v)", m.Params, err)
	}
	c.raw(`{"jsonrpc":"2.0","id":` + string(m.ID) + `,"result":null}`)
	c.alive()
}

// TestIndex opens a file whose package lies elsewhere in the folder, where only
// the index finds it; another package is made later.
func TestIndex(t *testing.T) {
	uri, path := project(t, map[string]string{
		"../libs/core/shop/__init__.py": "", "../libs/core/shop/db.py": factory, "../tools/views.py": "",
	})
	text := strings.NewReplacer("app.db", "shop.db", "app.repo", "stock.repo").Replace(caller)
	views := uri + "/tools/views.py"
	c := inFolder(t, uri, object{"window": object{"workDoneProgress": true}})
	create := c.await("a token", func(m message) bool { return m.Method == "window/workDoneProgress/create" })
	c.open(views, 1, text)
	wantCodes(t, c.published(views, 1)) // the client has not answered yet
	c.raw(`{"jsonrpc":"2.0","id":` + string(create.ID) + `,"result":null}`)
	for _, kind := range []string{"begin", "end"} {
		m := c.await("progress", func(m message) bool { return m.Method == "$/progress" })
		if want := `"kind":"` + kind + `"`; !strings.Contains(string(m.Params), want) {
			t.Fatalf("progress %s, want %s", m.Params, want)
		}
	}
	for _, name := range []string{"../libs/stock/stock/repo.py", "../libs/stock/stock/__init__.py"} {
		if err := os.MkdirAll(filepath.Dir(path(name)), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path(name), []byte(helper), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	c.notify("workspace/didChangeWatchedFiles", object{"changes": []object{
		{"uri": uri + "/libs/stock/stock/__init__.py", "type": 1}, {"uri": uri + "/libs/stock/stock/repo.py", "type": 1},
	}})
	wantCodes(t, c.published(views, 1), "SES101")
}
