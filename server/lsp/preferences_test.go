package lsp_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"sessionlint/analysis/rule/all"
	"sessionlint/server/lsp"
)

// heeding makes a server heed configuration files and settings.
func heeding(o *lsp.Options) { o.Rules = all.Rules() }

// inFolders shakes hands with folders that are open, and with settings.
func inFolders(t *testing.T, capabilities object, initial any, uris ...string) *client {
	t.Helper()
	c := connect(t, heeding)
	folders := []object{}
	for _, u := range uris {
		folders = append(folders, object{"uri": u, "name": u})
	}
	var result object
	c.call("initialize", object{
		"processId": nil, "rootUri": nil, "capabilities": object{"workspace": capabilities},
		"workspaceFolders": folders, "initializationOptions": initial,
	}, &result)
	c.notify("initialized", object{})
	t.Cleanup(func() {
		if !t.Failed() {
			c.close()
		}
	})
	return c
}

// answerSettings answers the server's question for settings: those for all files
// come first, then those of each folder.
func (c *client) answerSettings(values ...any) {
	c.t.Helper()
	m := c.await("a question for settings", func(m message) bool { return m.Method == "workspace/configuration" })
	var p struct {
		Items []struct {
			ScopeURI, Section string
		}
	}
	if err := json.Unmarshal(m.Params, &p); err != nil || len(p.Items) != len(values) || p.Items[0].Section != "sessionlint" {
		c.t.Fatalf("asked for settings: %s (%v)", m.Params, err)
	}
	c.raw(c.marshal(object{"jsonrpc": "2.0", "id": m.ID, "result": values}))
}

func (c *client) settings(values object) {
	c.t.Helper()
	c.notify("workspace/didChangeConfiguration", object{"settings": values})
}

func caller3(t *testing.T) (uri, views string) {
	t.Helper()
	uri, _ = project(t, map[string]string{"__init__.py": "", "db.py": factory, "repo.py": helper, "views.py": caller})
	return uri, uri + "/app/views.py"
}

// TestSettingsThatAreSent follows a finding through the settings of a client that
// sends them.
func TestSettingsThatAreSent(t *testing.T) {
	uri, views := caller3(t)
	c := inFolders(t, object{}, object{"ignore": []string{"SES101"}}, uri)
	c.open(views, 1, caller)
	wantCodes(t, c.published(views, 1))
	c.settings(object{"sessionlint": object{"ignore": []string{}}})
	wantCodes(t, c.published(views, 1), "SES101")
	c.settings(object{"sessionlint": object{"select": []string{"SES2"}, "ignore": nil}})
	wantCodes(t, c.published(views, 1))
	c.settings(object{"sessionlint": object{"select": []string{"use-after-close"}, "ignore": []string{}}})
	wantCodes(t, c.published(views, 1), "SES101")
	c.settings(object{"pylint": object{"ignore": []string{"SES101"}}}) // another server's
	c.alive()
}

// TestSettingsThatAreAskedFor asks a client that can be asked, again whenever
// something has changed, and lets each folder have its own.
func TestSettingsThatAreAskedFor(t *testing.T) {
	one, views := caller3(t)
	two, others := caller3(t)
	c := inFolders(t, object{"configuration": true}, nil, one, two)
	c.answerSettings(nil, object{"ignore": []string{"SES101"}}, nil)
	c.open(views, 1, caller)
	c.open(others, 1, caller)
	wantCodes(t, c.published(others, 1), "SES101")
	c.calm(views)
	c.notify("workspace/didChangeConfiguration", object{"settings": nil})
	c.answerSettings(nil, nil, object{"ignore": []string{"SES1"}})
	wantCodes(t, c.published(others, 1))
	wantCodes(t, c.published(views, 1), "SES101")
}

// calm reads diagnostics of a document until its findings are gone: they may have
// been published before the client's answer came.
func (c *client) calm(uri string) {
	c.t.Helper()
	for len(c.published(uri, 1)) > 0 {
	}
}

// TestSettingsAreNotWaitedFor asks a client that does not answer, answers too late,
// or answers nonsense.
func TestSettingsAreNotWaitedFor(t *testing.T) {
	uri, views := caller3(t)
	c := connect(t, heeding, func(o *lsp.Options) { o.SetPatience(300 * time.Millisecond) })
	var result object
	c.call("initialize", object{
		"processId": nil, "capabilities": object{"workspace": object{"configuration": true}},
		"workspaceFolders": []object{{"uri": uri, "name": "app"}}, "initializationOptions": object{"ignore": []string{"SES102"}},
	}, &result)
	c.notify("initialized", object{})
	question := c.await("a question for settings", func(m message) bool { return m.Method == "workspace/configuration" })
	c.open(views, 1, caller)
	wantCodes(t, c.published(views, 1), "SES101")
	c.untilLogged("does not tell its settings")
	c.await("word that no answer is needed any more", func(m message) bool { return m.Method == "$/cancelRequest" })
	c.raw(c.marshal(object{"jsonrpc": "2.0", "id": question.ID, "result": []any{object{"ignore": []string{"SES101"}}, nil}}))
	for _, nonsense := range []any{[]any{}, "settings", object{}, []any{1, 2, 3}} {
		c.notify("workspace/didChangeConfiguration", object{"settings": nil})
		m := c.await("a question for settings", func(m message) bool { return m.Method == "workspace/configuration" })
		c.raw(c.marshal(object{"jsonrpc": "2.0", "id": m.ID, "result": nonsense}))
		c.alive()
	}
	c.close()
}

// untilLogged waits until the server has logged something.
func (c *client) untilLogged(what string) {
	c.t.Helper()
	for end := time.Now().Add(patience); !strings.Contains(c.logged.String(), what); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			c.t.Fatalf("not logged: %s; but\n%s", what, c.logged)
		}
	}
}

// TestBrokenSettings says what is wrong with them, each thing once, and uses the rest.
func TestBrokenSettings(t *testing.T) {
	uri, views := caller3(t)
	broken := object{
		"select": "SES1", "ignore": []string{"SES999", "use-after-close"}, "extendselect": []string{"SES209"},
		"configuration": 7, "path": "/bin/sessionlint", "trace": object{"server": "off"},
	}
	c := inFolders(t, object{}, broken, uri)
	c.open(views, 1, caller)
	wantCodes(t, c.published(views, 1))
	var said []string
	for range 4 {
		said = append(said, c.logMessage())
	}
	for _, want := range []string{"`sessionlint.select` must be a list", `"SES999"`, "did you mean `sessionlint.extendSelect`", "`sessionlint.configuration` must be a path"} {
		if !strings.Contains(strings.Join(said, "\n"), want) {
			t.Errorf("not said: %s; but %q", want, said)
		}
	}
	c.settings(object{"sessionlint": broken})
	c.settings(object{"sessionlint": object{"ignore": []string{"SES999"}}}) // a list of mistakes: as before
	c.settings(object{"sessionlint": 7})
	if m := c.logMessage(); !strings.Contains(m, "must be an object") {
		t.Errorf("said: %s", m)
	}
	c.settings(object{"sessionlint": object{"ignore": []string{}}})
	wantCodes(t, c.published(views, 1), "SES101")
}

// TestChosenConfiguration has one file hold for all folders, and follows its changes.
func TestChosenConfiguration(t *testing.T) {
	uri, path := project(t, map[string]string{
		"__init__.py": "", "db.py": factory, "repo.py": helper, "views.py": caller,
		"../pyproject.toml": "[tool.sessionlint]\nignore = [\"SES101\"]\n", "../ci/strict.toml": "ignore = [\"SES102\"]\n",
	})
	views := uri + "/app/views.py"
	c := inFolders(t, object{}, nil, uri)
	c.open(views, 1, caller)
	wantCodes(t, c.published(views, 1))
	c.settings(object{"sessionlint": object{"configuration": "ci/strict.toml"}})
	wantCodes(t, c.published(views, 1), "SES101")
	writeFile(t, path("../ci/strict.toml"), "ignore = [\"SES101\"]\n")
	c.notify("workspace/didChangeWatchedFiles", object{"changes": []object{{"uri": uri + "/ci/strict.toml", "type": 2}}})
	wantCodes(t, c.published(views, 1))
	c.settings(object{"sessionlint": object{}})
	c.alive()
}

// TestSettingsAreRegistered asks a client that can to tell of changes.
func TestSettingsAreRegistered(t *testing.T) {
	c := inFolders(t, object{"didChangeConfiguration": object{"dynamicRegistration": true}}, nil)
	m := c.await("a registration", func(m message) bool { return m.Method == "client/registerCapability" })
	if want := `"method":"workspace/didChangeConfiguration","registerOptions":{"section":"sessionlint"}`; !strings.Contains(string(m.Params), want) {
		t.Errorf("registered %s", m.Params)
	}
	c.raw(`{"jsonrpc":"2.0","id":` + string(m.ID) + `,"result":null}`)
	c.alive()
}
