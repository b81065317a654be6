package lsp_test

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"strings"
	"testing"
)

// execute has a command executed and decodes its result.
func (c *client) execute(result any, command string, arguments ...any) {
	c.t.Helper()
	c.call("workspace/executeCommand", object{"command": command, "arguments": arguments}, result)
}

// TestAnAnswerThatSaysNothing is an error for who has asked for the edits, and no defect.
func TestAnAnswerThatSaysNothing(t *testing.T) {
	c := start(t, object{"workspace": object{"applyEdit": true}})
	c.open(page, 1, leaking)
	c.published(page, 1)
	id := c.request("workspace/executeCommand", object{"command": "sessionlint.applyFixAll", "arguments": []any{object{"uri": page}}})
	m := c.await("edits", func(m message) bool { return m.Method == "workspace/applyEdit" })
	c.raw(c.marshal(object{"jsonrpc": "2.0", "id": m.ID, "result": nil}))
	wantError(t, c.response(id), -32803)
}

// TestApplyFixAll has the edits made by the client, and tells what it answered.
func TestApplyFixAll(t *testing.T) {
	c := start(t, object{"workspace": object{"applyEdit": true}})
	c.open(page, 1, leaking)
	if found := c.published(page, 1); len(found) != 1 {
		t.Fatalf("%+v", found)
	}
	id := c.request("workspace/executeCommand", object{"command": "sessionlint.applyFixAll", "arguments": []any{object{"uri": page}}})
	m := c.await("edits", func(m message) bool { return m.Method == "workspace/applyEdit" })
	var asked struct {
		Edit struct {
			Changes map[string][]struct{ NewText string } `json:"changes"`
		} `json:"edit"`
	}
	if err := json.Unmarshal(m.Params, &asked); err != nil || len(asked.Edit.Changes[page]) == 0 {
		t.Fatalf("%v: %s", err, m.Params)
	}
	c.raw(c.marshal(object{"jsonrpc": "2.0", "id": m.ID, "result": object{"applied": false, "failureReason": "it is locked"}}))
	var done struct {
		Edits   int
		Applied bool
		Reason  string
	}
	if err := json.Unmarshal(c.response(id).Result, &done); err != nil || done.Edits == 0 || done.Applied || done.Reason != "it is locked" {
		t.Errorf("%v: %+v", err, done)
	}
	c.change(page, 2, whole("x = 1\n"))
	c.published(page, 2)
	if c.execute(&done, "sessionlint.applyFixAll", object{"uri": page}); done.Edits != 0 {
		t.Errorf("%+v", done)
	}
}

// TestCommandsThatCannotBeExecuted are errors with a reason.
func TestCommandsThatCannotBeExecuted(t *testing.T) {
	c := start(t, object{}, withRules)
	for _, w := range []struct {
		command   string
		arguments []any
		code      int
	}{
		{"sessionlint.applyFixAll", []any{object{"uri": page}}, -32803},
		{"sessionlint.explainRule", nil, -32602},
		{"sessionlint.explainRule", []any{7}, -32602},
		{"sessionlint.explainRule", []any{"use-after-closed"}, -32602},
		{"sessionlint.unheardOf", nil, -32602},
	} {
		c.refused("workspace/executeCommand", object{"command": w.command, "arguments": w.arguments}, w.code)
	}
}

func TestExplainRule(t *testing.T) {
	c := start(t, object{}, withRules)
	var text string
	if c.execute(&text, "sessionlint.explainRule", "use-after-close"); !strings.HasPrefix(text, "# SES101 use-after-close\n") {
		t.Errorf("%.80s", text)
	}
}

type story struct {
	Function string
	Range    span
	SVG      string
	Sessions []struct {
		Name, Kind string
		Owned      bool
		Steps      []struct {
			Kind, Text string
			Line       int
		}
	}
}

// TestTimeline tells the life of the sessions of a function.
func TestTimeline(t *testing.T) {
	c := start(t, object{})
	c.open(page, 1, shown)
	c.published(page, 1)
	var got *story
	c.execute(&got, "sessionlint.showSessionTimeline", object{"uri": page, "position": position{17, 3}})
	if got == nil || got.Function != "loses" || got.Range.Start.Line != 15 || len(got.Sessions) != 1 {
		t.Fatalf("%+v", got)
	}
	var told []string
	for _, s := range got.Sessions[0].Steps {
		told = append(told, c.marshal(s.Line)+" "+s.Kind+": "+s.Text)
	}
	wantLines(t, told,
		"17 opened: opened",
		"18 begun: a transaction begins by itself, with add()",
		"18 written: add() writes",
		"19 closed: the end of the block closes it, which rolls back 1 write",
	)
	wantXML(t, got.SVG, "loses", "the end of the block closes it, which rolls back 1 write")
	got = nil
	if c.execute(&got, "sessionlint.showSessionTimeline", object{"uri": page, "position": position{5, 0}}); got != nil {
		t.Errorf("%+v", got)
	}
}

// wantXML fails unless a picture is well-formed and holds some texts.
func wantXML(t *testing.T, picture string, texts ...string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(picture))
	seen := map[string]bool{}
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, picture)
		}
		if text, ok := token.(xml.CharData); ok {
			seen[string(text)] = true
		}
	}
	for _, text := range texts {
		if !seen[text] {
			t.Errorf("%q is not in\n%s", text, picture)
		}
	}
}

// TestDebugInformation tells of the program, its folders and its configuration.
func TestDebugInformation(t *testing.T) {
	c, uri, path := configured(t, "ignore = [\"SES101\"]\nselct = []\n")
	c.open(uri+"/app/views.py", 1, caller)
	c.published(uri+"/app/views.py", 1)
	var got struct {
		Version, Go, PositionEncoding string
		OpenDocuments                 int
		Folders                       []struct {
			Path, Configuration string
			Files, Mistakes     []string
		}
		Memory struct{ HeapBytes int }
	}
	c.execute(&got, "sessionlint.debugInformation")
	if got.Version != "1.2.3" || got.Go == "" || got.PositionEncoding != "utf-16" || got.OpenDocuments != 1 || got.Memory.HeapBytes == 0 {
		t.Errorf("%+v", got)
	}
	if len(got.Folders) != 1 || len(got.Folders[0].Files) != 1 || got.Folders[0].Files[0] != path("../sessionlint.toml") ||
		!strings.Contains(got.Folders[0].Configuration, "ignore = ['SES101']") || len(got.Folders[0].Mistakes) != 1 {
		t.Errorf("%+v", got.Folders)
	}
	c.publishedNext(uri + "/sessionlint.toml") // its mistake
}
