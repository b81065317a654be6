package lsp_test

import (
	"context"
	"encoding/json"
	"regexp"
	"strings"

	"sessionlint/analysis"
	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/quickfix"
	"sessionlint/server/lsp"
)

const page = "file:///work/page.py"

type position struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

type span struct {
	Start position `json:"start"`
	End   position `json:"end"`
}

func at(startLine, startCharacter, endLine, endCharacter int) span {
	return span{position{startLine, startCharacter}, position{endLine, endCharacter}}
}

type diagnostic struct {
	Range    span   `json:"range"`
	Severity int    `json:"severity"`
	Code     string `json:"code"`
	Source   string `json:"source"`
	Message  string `json:"message"`

	CodeDescription struct {
		Href string `json:"href"`
	} `json:"codeDescription,omitzero"`
	Related []struct {
		Location struct {
			URI   string `json:"uri"`
			Range span   `json:"range"`
		} `json:"location"`
		Message string `json:"message"`
	} `json:"relatedInformation,omitempty"`
}

type publication struct {
	URI         string       `json:"uri"`
	Version     *int         `json:"version"`
	Diagnostics []diagnostic `json:"diagnostics"`
}

func (c *client) open(uri string, version any, text string) {
	c.t.Helper()
	c.openAs("python", uri, version, text)
}

func (c *client) openAs(language, uri string, version any, text string) {
	c.t.Helper()
	c.notify("textDocument/didOpen", object{"textDocument": object{
		"uri": uri, "languageId": language, "version": version, "text": text}})
}

func (c *client) change(uri string, version any, changes ...any) {
	c.t.Helper()
	if changes == nil {
		changes = []any{}
	}
	c.notify("textDocument/didChange", object{
		"textDocument": object{"uri": uri, "version": version}, "contentChanges": changes})
}

func whole(text string) object { return object{"text": text} }

func partial(r any, text string) object { return object{"range": r, "text": text} }

// publishedNext returns the next diagnostics for a document.
func (c *client) publishedNext(uri string) publication {
	c.t.Helper()
	var p publication
	c.await("diagnostics for "+uri, func(m message) bool {
		return m.Method == "textDocument/publishDiagnostics" && json.Unmarshal(m.Params, &p) == nil && p.URI == uri
	})
	if p.Diagnostics == nil {
		c.t.Fatalf("diagnostics: null for %s", uri)
	}
	return p
}

// published returns the diagnostics for a version of a document; those for older
// versions may come before.
func (c *client) published(uri string, version int) []diagnostic {
	c.t.Helper()
	for last := -1; ; {
		p := c.publishedNext(uri)
		if p.Version == nil || *p.Version > version || *p.Version < last {
			c.t.Fatalf("diagnostics for version %v after %d, want %d", p.Version, last, version)
		}
		if last = *p.Version; last == version {
			return p.Diagnostics
		}
	}
}

// logMessage returns the next message for the user's log.
func (c *client) logMessage() string {
	c.t.Helper()
	m := c.await("a message for the log", func(m message) bool { return m.Method == "window/logMessage" })
	var p struct {
		Message string `json:"message"`
	}
	if err := json.Unmarshal(m.Params, &p); err != nil {
		c.t.Fatalf("logMessage: %v", err)
	}
	return p.Message
}

// echo makes the server publish each text that it has, as a diagnostic's message.
func echo(o *lsp.Options) {
	o.SetFindings(func(_ context.Context, s *analysis.Snapshot) ([]rule.Finding, error) {
		return []rule.Finding{{Rule: bugRule, Severity: rule.Info, Message: s.File.Text}}, nil
	})
}

// hasText fails unless the server's text for a version is the given one.
func (c *client) hasText(uri string, version int, text string) {
	c.t.Helper()
	list := c.published(uri, version)
	if len(list) != 1 || list[0].Message != text {
		c.t.Fatalf("version %d: the server has %+v, the client %q", version, list, text)
	}
}

var bugRule = &rule.Rule{Code: "TST001", Name: "bug", Severity: rule.Warning, Fixable: true}

var word = regexp.MustCompile(`(bug|odd|off)\w*`)

// bugs finds the words that begin with bug, an error, odd, an info, and off,
// which is not shown. The function of a finding is the line before it.
func bugs(_ context.Context, s *analysis.Snapshot) ([]rule.Finding, error) {
	var list []rule.Finding
	for _, m := range word.FindAllStringIndex(s.File.Text, -1) {
		f := rule.Finding{
			Rule: bugRule, Severity: rule.Error, Span: python.Span{Start: m[0], End: m[1]},
			Message: "a " + s.File.Text[m[0]:m[1]],
			Related: []rule.Related{{Span: python.Span{Start: 0, End: 1}, Message: "begins here"}},
		}
		switch {
		case strings.HasPrefix(f.Message, "a odd"):
			f.Severity = rule.Info
		case strings.HasPrefix(f.Message, "a off"):
			f.Severity = rule.Off
		}
		list = append(list, f)
	}
	return list, nil
}

// mender mends what bugs finds: safely by "good", unsafely by nothing.
type mender struct{}

func (mender) For(_ context.Context, s *analysis.Snapshot, f rule.Finding) ([]quickfix.Fix, error) {
	return []quickfix.Fix{
		{Title: "Mend " + f.Message, Safe: true, Preferred: true, Edits: []quickfix.TextEdit{{Start: f.Span.Start, End: f.Span.End, New: "good"}}},
		{Title: "Remove " + f.Message, Risks: []string{"it is gone", "it stays so"}, Edits: []quickfix.TextEdit{{Start: f.Span.Start, End: f.Span.End}}},
	}, nil
}

func (mender) Suppressions(context.Context, *analysis.Snapshot, rule.Finding) ([]quickfix.Fix, error) {
	return nil, nil
}

func (mender) All(_ context.Context, s *analysis.Snapshot, unsafe bool) (string, int, error) {
	if unsafe {
		return "", 1, nil // visibly wrong: the server must not ask for it
	}
	return strings.ReplaceAll(s.File.Text, "bug", "good"), strings.Count(s.File.Text, "bug"), nil
}

// marked makes the server find bugs and mend them.
func marked(o *lsp.Options) {
	o.SetFindings(bugs)
	o.Fixer = mender{}
}

type action struct {
	Title       string          `json:"title"`
	Kind        string          `json:"kind"`
	Diagnostics []diagnostic    `json:"diagnostics,omitempty"`
	IsPreferred bool            `json:"isPreferred,omitempty"`
	Edit        json.RawMessage `json:"edit,omitempty"`
	Data        json.RawMessage `json:"data,omitempty"`
}

// asked is the parameters that ask for the actions at a place.
func asked(uri string, where span, only ...string) object {
	about := object{"diagnostics": []any{}}
	if only != nil {
		about["only"] = only
	}
	return object{"textDocument": object{"uri": uri}, "range": where, "context": about}
}

func (c *client) actions(uri string, where span, only ...string) []action {
	c.t.Helper()
	var list []action
	c.call("textDocument/codeAction", asked(uri, where, only...), &list)
	if list == nil {
		c.t.Fatalf("codeAction: null")
	}
	return list
}
