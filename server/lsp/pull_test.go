package lsp_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"sessionlint/analysis"
	"sessionlint/analysis/rule"
	"sessionlint/server/lsp"
)

// pulling are the capabilities of a client that asks for diagnostics.
func pulling() object {
	return object{
		"textDocument": object{"diagnostic": object{}},
		"workspace":    object{"diagnostics": object{"refreshSupport": true}},
	}
}

// fileReport is the diagnostics of one document.
type fileReport struct {
	Kind     string       `json:"kind"`
	ResultID string       `json:"resultId"`
	Items    []diagnostic `json:"items"`
	URI      string       `json:"uri"`
	Version  *int         `json:"version"`
}

func (c *client) pull(uri, known string) fileReport {
	c.t.Helper()
	var r fileReport
	p := object{"textDocument": object{"uri": uri}}
	if known != "" {
		p["previousResultId"] = known
	}
	c.call("textDocument/diagnostic", p, &r)
	if r.Kind == "full" && r.Items == nil {
		c.t.Fatalf("a full report without a list")
	}
	return r
}

// wantRefresh waits until the server has the client ask again, and answers.
func (c *client) wantRefresh() {
	c.t.Helper()
	m := c.await("a request to ask for diagnostics again", func(m message) bool { return m.Method == "workspace/diagnostic/refresh" })
	c.raw(c.marshal(object{"jsonrpc": "2.0", "id": m.ID, "result": nil}))
}

// TestPull asks for the diagnostics of a document through its changes. Nothing is
// published: the client would show everything twice.
func TestPull(t *testing.T) {
	c := start(t, pulling(), marked)
	c.open(page, 1, "a bug here\n")
	first := c.pull(page, "")
	if len(first.Items) != 1 || first.Kind != "full" || first.ResultID == "" {
		t.Fatalf("the first report is %+v", first)
	}
	if again := c.pull(page, first.ResultID); again.Kind != "unchanged" || again.ResultID != first.ResultID {
		t.Fatalf("of the same text: %+v", again)
	}
	c.change(page, 2, whole("a bug here\n\n"))
	if same := c.pull(page, first.ResultID); same.Kind != "unchanged" {
		t.Fatalf("of a text with the same findings: %+v", same)
	}
	c.change(page, 3, whole("a\nbug here\n"))
	if other := c.pull(page, first.ResultID); other.Kind != "full" || len(other.Items) != 1 {
		t.Fatalf("of another text: %+v", other)
	}
	c.notify("textDocument/didClose", object{"textDocument": object{"uri": page}})
	if none := c.pull(page, ""); none.Kind != "full" || len(none.Items) != 0 {
		t.Fatalf("of a closed document: %+v", none)
	}
}

// TestPullOffered holds what the server says that it can do against what the client can.
func TestPullOffered(t *testing.T) {
	for name, capabilities := range map[string]object{
		"nothing":                   {},
		"no refresh":                {"textDocument": object{"diagnostic": object{}}},
		"a refresh without a pull":  {"workspace": object{"diagnostics": object{"refreshSupport": true}}},
		"a refresh that is refused": {"textDocument": object{"diagnostic": object{}}, "workspace": object{"diagnostics": object{"refreshSupport": false}}},
	} {
		t.Run(name, func(t *testing.T) {
			c := connect(t, marked)
			if got := c.initialize(capabilities)["diagnosticProvider"]; got != nil {
				t.Errorf("offers %v", got)
			}
			c.open(page, 1, "a bug\n")
			if list := c.published(page, 1); len(list) != 1 {
				t.Errorf("published %v", list)
			}
			c.close()
		})
	}
	c := connect(t)
	if got := c.initialize(pulling())["diagnosticProvider"]; c.marshal(got) != `{"interFileDependencies":true,"workspaceDiagnostics":false}` {
		t.Errorf("offers %v", got)
	}
	c.close()
}

// TestPullElsewhere changes what a document's findings hang on in another one: the
// client is told to ask again, and only then.
func TestPullElsewhere(t *testing.T) {
	uri, path := project(t, map[string]string{"__init__.py": "", "db.py": factory, "repo.py": helper, "views.py": caller})
	views, repo := uri+"/app/views.py", uri+"/app/repo.py"
	c := inFolder(t, uri, pulling())
	c.open(views, 1, caller)
	before := c.pull(views, "")
	wantCodes(t, before.Items, "SES101")
	c.open(repo, 1, helper)
	wantCodes(t, c.pull(repo, "").Items)
	c.change(repo, 2, whole(closer))
	wantCodes(t, c.pull(repo, "").Items)
	c.wantRefresh()
	after := c.pull(views, before.ResultID)
	wantCodes(t, after.Items)
	c.change(repo, 3, whole(closer+"\n\nx = 1\n")) // nothing that others see
	time.Sleep(500 * time.Millisecond)             // a refresh would be left over at the end
	writeFile(t, path("repo.py"), closer)
	c.notify("textDocument/didClose", object{"textDocument": object{"uri": repo}})
	if r := c.pull(views, after.ResultID); r.Kind != "unchanged" {
		t.Fatalf("nothing changed, and the report is %+v", r)
	}
}

// TestPullOfAnOldText changes a document while its diagnostics are computed: their
// places would be wrong.
func TestPullOfAnOldText(t *testing.T) {
	b, slow := blocked()
	c := start(t, pulling(), slow)
	c.open(page, 1, "1")
	c.change(page, 2, whole("wait"))
	id := c.request("textDocument/diagnostic", object{"textDocument": object{"uri": page}})
	<-b.begun
	c.change(page, 3, whole("a bug"))
	c.alive() // the change has come in
	b.done <- true
	wantError(t, c.response(id), -32802)
	if r := c.pull(page, ""); len(r.Items) != 1 {
		t.Fatalf("of the new text: %+v", r)
	}
}

// TestPullCells asks for the diagnostics of the cells of a notebook.
func TestPullCells(t *testing.T) {
	c := start(t, pulling(), marked)
	b := &sheet{uri: bookURI, cells: []*sheetCell{codeCell("a", "a bug\n"), codeCell("b", "fine\n")}}
	c.openBook(b)
	if r := c.pull(b.cells[0].uri, ""); len(r.Items) != 1 {
		t.Errorf("of the first cell: %+v", r)
	}
	if r := c.pull(b.cells[1].uri, ""); len(r.Items) != 0 || r.Kind != "full" {
		t.Errorf("of the second cell: %+v", r)
	}
}

// overview asks about the whole workspace; known are lists by the files' names.
func (c *client) overview(uri string, known map[string]string, part any) (id string) {
	c.t.Helper()
	ids := []object{}
	for name, value := range known {
		ids = append(ids, object{"uri": uri + "/app/" + name, "value": value})
	}
	p := object{"previousResultIds": ids}
	if part != nil {
		p["partialResultToken"] = part
	}
	return c.request("workspace/diagnostic", p)
}

func (c *client) reports(uri, id string) map[string]fileReport {
	c.t.Helper()
	m := c.response(id)
	var result struct{ Items []fileReport }
	if m.Error != nil || json.Unmarshal(m.Result, &result) != nil || result.Items == nil {
		c.t.Fatalf("workspace/diagnostic: %s", c.marshal(m))
	}
	items := map[string]fileReport{}
	for _, r := range result.Items {
		items[strings.TrimPrefix(r.URI, uri+"/app/")] = r
	}
	return items
}

// pullingAll shakes hands as a client that wants diagnostics of all files.
func pullingAll(t *testing.T, uri string, change ...func(*lsp.Options)) *client {
	t.Helper()
	c := connect(t, append(change, heeding)...)
	var result struct {
		Capabilities struct {
			DiagnosticProvider struct{ WorkspaceDiagnostics bool }
		}
	}
	c.call("initialize", object{
		"processId": nil, "rootUri": nil, "capabilities": pulling(),
		"workspaceFolders":      []object{{"uri": uri, "name": "app"}},
		"initializationOptions": object{"workspaceDiagnostics": true},
	}, &result)
	if !result.Capabilities.DiagnosticProvider.WorkspaceDiagnostics {
		t.Fatal("diagnostics of the workspace are not offered")
	}
	c.notify("initialized", object{})
	return c
}

// TestPullWorkspace asks for the diagnostics of all files, open and not, through
// changes of a file that others hang on, and of the folder.
func TestPullWorkspace(t *testing.T) {
	uri, path := project(t, map[string]string{"__init__.py": "", "db.py": factory, "repo.py": helper, "views.py": caller, "other.py": caller})
	c := pullingAll(t, uri)
	id := c.overview(uri, nil, nil)
	got := c.reports(uri, id)
	if len(got) != 2 || got["views.py"].Version != nil {
		t.Fatalf("reports %+v", got)
	}
	wantCodes(t, got["views.py"].Items, "SES101")
	wantCodes(t, got["other.py"].Items, "SES101")
	known := map[string]string{"views.py": got["views.py"].ResultID, "other.py": got["other.py"].ResultID}

	id = c.overview(uri, known, nil) // it waits until something changes
	c.open(uri+"/app/views.py", 7, caller)
	c.alive()
	c.open(uri+"/app/repo.py", 1, helper)
	c.change(uri+"/app/repo.py", 2, whole(closer))
	got = c.reports(uri, id)
	if len(got) != 2 || len(got["views.py"].Items)+len(got["other.py"].Items) != 0 || *got["views.py"].Version != 7 {
		t.Fatalf("reports %+v", got)
	}
	known = map[string]string{"views.py": got["views.py"].ResultID, "other.py": got["other.py"].ResultID}

	id = c.overview(uri, known, nil)
	c.notify("textDocument/didClose", object{"textDocument": object{"uri": uri + "/app/repo.py"}})
	got = c.reports(uri, id) // the file on disk is another one
	wantCodes(t, got["other.py"].Items, "SES101")
	known["other.py"], known["views.py"] = got["other.py"].ResultID, got["views.py"].ResultID

	id = c.overview(uri, known, nil)
	if err := os.Remove(path("other.py")); err != nil {
		t.Fatal(err)
	}
	c.notify("workspace/didChangeWatchedFiles", object{"changes": []object{{"uri": uri + "/app/other.py", "type": 3}}})
	got = c.reports(uri, id)
	if r := got["other.py"]; len(got) != 1 || r.Kind != "full" || len(r.Items) != 0 {
		t.Fatalf("of a file that is gone: %+v", got)
	}
	known["other.py"] = got["other.py"].ResultID

	id = c.overview(uri, known, nil)
	c.notify("$/cancelRequest", object{"id": json.RawMessage(id)})
	wantError(t, c.response(id), -32800)
	c.close()
}

// TestPullAtTheEnd shuts down while a question waits: it is answered, too.
func TestPullAtTheEnd(t *testing.T) {
	uri, _ := project(t, map[string]string{"__init__.py": "", "db.py": factory, "repo.py": helper, "views.py": caller})
	c := pullingAll(t, uri)
	got := c.reports(uri, c.overview(uri, nil, nil))
	id := c.overview(uri, map[string]string{"views.py": got["views.py"].ResultID}, nil)
	c.alive()
	shutdown := c.request("shutdown", nil)
	wantError(t, c.response(id), -32802)
	if m := c.response(shutdown); m.Error != nil {
		t.Fatalf("shutdown: %+v", m.Error)
	}
	c.raw(`{"jsonrpc":"2.0","method":"exit"}`)
	c.wantEnd(0)
}

// TestPullParts has many files reported in parts, none of them twice.
func TestPullParts(t *testing.T) {
	files := map[string]string{"__init__.py": "", "db.py": factory, "repo.py": helper}
	for n := range 120 {
		files[fmt.Sprintf("views%03d.py", n)] = caller
	}
	uri, _ := project(t, files)
	c := pullingAll(t, uri)
	id := c.overview(uri, nil, "part")
	var seen []string
	for range 2 {
		m := c.await("a part", func(m message) bool { return m.Method == "$/progress" })
		var p struct {
			Token string
			Value struct{ Items []fileReport }
		}
		if err := json.Unmarshal(m.Params, &p); err != nil || p.Token != "part" || len(p.Value.Items) == 0 {
			t.Fatalf("a part: %s", m.Params)
		}
		for _, r := range p.Value.Items {
			seen = append(seen, strings.TrimPrefix(r.URI, uri+"/app/"))
		}
	}
	for name := range c.reports(uri, id) {
		seen = append(seen, name)
	}
	slices.Sort(seen)
	if len(seen) != 120 || len(slices.Compact(seen)) != 120 {
		t.Fatalf("%d reports: %v", len(seen), seen)
	}
	c.close()
}

// TestPullWorkspaceOnce counts how often files are analysed: one that rests on nothing
// that changed is not.
func TestPullWorkspaceOnce(t *testing.T) {
	uri, path := project(t, map[string]string{"one.py": "bug\n", "two.py": "x = 1\n", "three.py": "bug\n"})
	counted := make(chan string, 100)
	c := pullingAll(t, uri, func(o *lsp.Options) {
		o.SetFindings(func(ctx context.Context, s *analysis.Snapshot) ([]rule.Finding, error) {
			counted <- s.Path
			return bugs(ctx, s)
		})
	})
	id := c.overview(uri, nil, nil)
	got := c.reports(uri, id)
	if len(got) != 2 || len(counted) != 3 {
		t.Fatalf("%d files analysed for %+v", len(counted), got)
	}
	known := map[string]string{"one.py": got["one.py"].ResultID, "three.py": got["three.py"].ResultID}
	id = c.overview(uri, known, nil)
	writeFile(t, path("two.py"), "bug\n")
	c.notify("workspace/didChangeWatchedFiles", object{"changes": []object{{"uri": uri + "/app/two.py", "type": 2}}})
	if got = c.reports(uri, id); len(got) != 1 || len(got["two.py"].Items) != 1 || len(counted) != 4 {
		t.Fatalf("%d files analysed for %+v", len(counted), got)
	}
	c.close()
}
