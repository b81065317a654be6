package lsp_test

import (
	"os"
	"strings"
	"testing"

	"sessionlint/analysis/rule/all"
	"sessionlint/server/lsp"
)

// configured shows a server that heeds configuration files a project with one
// finding and a configuration.
func configured(t *testing.T, toml string) (c *client, uri string, path func(string) string) {
	t.Helper()
	uri, path = project(t, map[string]string{"__init__.py": "", "db.py": factory, "repo.py": helper, "views.py": caller, "../sessionlint.toml": toml})
	c = inFolder(t, uri, object{}, func(o *lsp.Options) { o.Rules = all.Rules() })
	return c, uri, path
}

// TestConfiguration follows a finding through the changes of the configuration:
// on disk, in a buffer that was not saved, and on disk again.
func TestConfiguration(t *testing.T) {
	c, uri, path := configured(t, `ignore = ["SES101"]`)
	views, toml := uri+"/app/views.py", uri+"/sessionlint.toml"
	c.open(views, 1, caller)
	wantCodes(t, c.published(views, 1))

	c.openAs("toml", toml, 1, `ignore = ["SES102"]`)
	wantCodes(t, c.published(views, 1), "SES101")
	c.change(toml, 2, whole("[severity]\nuse-after-close = \"info\""))
	if list := c.published(views, 1); len(list) != 1 || list[0].Severity != 3 {
		t.Fatalf("diagnostics %v, want one of severity 3", list)
	}
	c.change(toml, 3, whole(`exclude = ["views.py"]`))
	wantCodes(t, c.published(views, 1))

	c.notify("textDocument/didClose", object{"textDocument": object{"uri": toml}})
	c.open(uri+"/app/repo.py", 1, helper) // the settings on disk leave the finding out
	wantCodes(t, c.published(uri+"/app/repo.py", 1))
	if err := os.Remove(path("../sessionlint.toml")); err != nil {
		t.Fatal(err)
	}
	c.notify("workspace/didChangeWatchedFiles", object{"changes": []object{{"uri": toml, "type": 3}}})
	wantCodes(t, c.published(views, 1), "SES101")
}

// TestMistakesInTheConfiguration shows them in the file itself, open or not, and
// goes on with the last version that could be read.
func TestMistakesInTheConfiguration(t *testing.T) {
	c, uri, _ := configured(t, "selct = []\nignore = [\"SES101\"]\n")
	views, toml := uri+"/app/views.py", uri+"/sessionlint.toml"
	c.open(views, 1, caller)
	wantCodes(t, c.published(views, 1))
	list := c.publishedNext(toml).Diagnostics
	wantCodes(t, list, "SES903")
	if d := list[0]; !strings.Contains(d.Message, "`select`") || d.Range.Start.Line != 0 || d.Range.End.Character != 5 {
		t.Errorf("the mistake is reported as %+v", d)
	}

	c.openAs("toml", toml, 1, "# 🐍\nignore = [\"SES101\"\n")
	list = c.publishedNext(toml).Diagnostics
	wantCodes(t, list, "SES903")
	if !strings.Contains(list[0].Message, "last good version") {
		t.Errorf("the mistake is reported as %+v", list[0])
	}
	c.change(toml, 2, whole("ignore = [\"SES101\"]\n"))
	wantCodes(t, c.publishedNext(toml).Diagnostics)
	c.change(toml, 3, whole("ignore = []\n"))
	wantCodes(t, c.published(views, 1), "SES101")
}
