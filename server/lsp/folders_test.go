package lsp_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func writeFile(t failing, path, text string) {
	t.Helper()
	err := os.MkdirAll(filepath.Dir(path), 0o777)
	if err == nil {
		err = os.WriteFile(path, []byte(text), 0o666)
	}
	if err != nil {
		t.Fatalf("writing a file: %v", err)
	}
}

func (c *client) folders(added, removed []string) {
	c.t.Helper()
	list := func(uris []string) []object {
		out := []object{}
		for _, u := range uris {
			out = append(out, object{"uri": u, "name": "x"})
		}
		return out
	}
	c.notify("workspace/didChangeWorkspaceFolders", object{"event": object{"added": list(added), "removed": list(removed)}})
}

// TestFolders opens and closes a folder with a package that a file of another one
// imports, which only the index of the folder finds.
func TestFolders(t *testing.T) {
	libs, path := project(t, map[string]string{"../core/shop/__init__.py": "", "../core/shop/db.py": factory, "../core/shop/repo.py": helper})
	text := strings.NewReplacer("app.db", "shop.db", "app.repo", "shop.repo").Replace(caller)
	tools, _ := project(t, map[string]string{"../tools/views.py": text})
	views := tools + "/tools/views.py"
	c := inFolders(t, object{}, nil, tools)
	c.open(views, 1, text)
	wantCodes(t, c.published(views, 1))
	c.folders([]string{libs}, nil)
	wantCodes(t, c.published(views, 1), "SES101")
	c.folders(nil, []string{libs})
	wantCodes(t, c.published(views, 1))
	writeFile(t, path("../core/shop/repo.py"), closer) // nobody tells of it
	c.folders([]string{libs}, nil)
	c.folders(nil, []string{libs})
	writeFile(t, path("../core/shop/repo.py"), helper)
	c.folders([]string{libs}, []string{"file:///elsewhere"})
	wantCodes(t, c.published(views, 1), "SES101")
}

// TestNestedFolders has a folder with a configuration of its own within another.
func TestNestedFolders(t *testing.T) {
	uri, _ := project(t, map[string]string{
		"__init__.py": "", "db.py": factory, "repo.py": helper, "views.py": caller, "../sessionlint.toml": `ignore = ["SES101"]`,
		"../inner/app/__init__.py": "", "../inner/app/db.py": factory, "../inner/app/repo.py": helper, "../inner/app/views.py": caller,
		"../inner/pyproject.toml": "[tool.sessionlint]\nseverity = { use-after-close = \"info\" }\n",
	})
	outer, inner := uri+"/app/views.py", uri+"/inner/app/views.py"
	c := inFolders(t, object{}, nil, uri, uri+"/inner")
	c.open(outer, 1, caller)
	wantCodes(t, c.published(outer, 1))
	c.open(inner, 1, caller)
	if list := c.published(inner, 1); len(list) != 1 || list[0].Severity != 3 {
		t.Errorf("diagnostics %v, want one of severity 3", list)
	}
}

// TestFilesOutsideOfFolders have findings, and the configuration above them.
func TestFilesOutsideOfFolders(t *testing.T) {
	uri, _ := project(t, map[string]string{"__init__.py": "", "db.py": factory, "repo.py": helper, "views.py": caller})
	away, _ := project(t, map[string]string{"__init__.py": "", "db.py": factory, "repo.py": helper, "views.py": caller, "../sessionlint.toml": "ignore = [\"SES101\"]\n"})
	c := inFolders(t, object{}, nil, uri)
	c.open(away+"/app/views.py", 1, caller)
	wantCodes(t, c.published(away+"/app/views.py", 1))
	c.folders(nil, []string{uri})
	c.open(uri+"/app/views.py", 1, caller)
	wantCodes(t, c.published(uri+"/app/views.py", 1), "SES101")
}

// TestFileOperations renames and removes folders in the client, which tells of
// nothing in them.
func TestFileOperations(t *testing.T) {
	uri, path := project(t, map[string]string{
		"__init__.py": "", "db.py": factory, "repo/__init__.py": helper, "other/__init__.py": closer, "views.py": caller,
	})
	views := uri + "/app/views.py"
	c := inFolders(t, object{}, nil, uri)
	c.open(views, 1, caller)
	wantCodes(t, c.published(views, 1), "SES101")
	rename := func(from, to string) {
		t.Helper()
		if err := os.Rename(path(from), path(to)); err != nil {
			t.Fatal(err)
		}
		c.notify("workspace/didRenameFiles", object{"files": []object{{"oldUri": uri + "/app/" + from, "newUri": uri + "/app/" + to}}})
	}
	rename("repo", "old")
	wantCodes(t, c.published(views, 1))
	rename("other", "repo") // one that does nothing takes its place
	rename("repo", "other")
	rename("old", "repo")
	wantCodes(t, c.published(views, 1), "SES101")
	if err := os.RemoveAll(path("repo")); err != nil {
		t.Fatal(err)
	}
	c.notify("workspace/didDeleteFiles", object{"files": []object{{"uri": uri + "/app/repo"}}})
	wantCodes(t, c.published(views, 1))
	writeFile(t, path("repo.py"), helper)
	c.notify("workspace/didCreateFiles", object{"files": []object{{"uri": uri + "/app/repo.py"}}})
	wantCodes(t, c.published(views, 1), "SES101")
	writeFile(t, path("pyproject.toml"), "[tool.sessionlint]\nignore = [\"SES101\"]\n")
	c.notify("workspace/didCreateFiles", object{"files": []object{{"uri": uri + "/app"}}})
	wantCodes(t, c.published(views, 1))
}

// TestReplacedFolder has another folder of the same name come in one step.
func TestReplacedFolder(t *testing.T) {
	uri, path := project(t, map[string]string{"__init__.py": "", "db.py": factory, "repo/__init__.py": helper, "other/__init__.py": closer, "views.py": caller})
	views := uri + "/app/views.py"
	c := inFolders(t, object{}, nil, uri)
	c.open(views, 1, caller)
	wantCodes(t, c.published(views, 1), "SES101")
	for _, step := range [][2]string{{"repo", "old"}, {"other", "repo"}} {
		if err := os.Rename(path(step[0]), path(step[1])); err != nil {
			t.Fatal(err)
		}
	}
	c.notify("workspace/didRenameFiles", object{"files": []object{
		{"oldUri": uri + "/app/repo", "newUri": uri + "/app/old"}, {"oldUri": uri + "/app/other", "newUri": uri + "/app/repo"},
	}})
	wantCodes(t, c.published(views, 1))
}

// TestFileOperationsAreRegistered looks at what the client is asked to tell.
func TestFileOperationsAreRegistered(t *testing.T) {
	c := connect(t)
	workspace, _ := c.initialize(object{})["workspace"].(object)
	operations, _ := workspace["fileOperations"].(object)
	for _, name := range []string{"didCreate", "didRename", "didDelete"} {
		text := c.marshal(operations[name])
		for _, want := range []string{`**/*.{py,toml,lock}`, `"matches":"folder"`, `"scheme":"file"`} {
			if !strings.Contains(text, want) {
				t.Errorf("%s is registered with %s", name, text)
			}
		}
	}
	if folders, _ := workspace["workspaceFolders"].(object); folders["supported"] != true || folders["changeNotifications"] != true {
		t.Errorf("workspace folders: %v", folders)
	}
	c.close()
}
