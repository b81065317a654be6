package lsp_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sessionlint/analysis"
	"sessionlint/analysis/rule"
	"sessionlint/quickfix"
	"sessionlint/server/lsp"
)

// able is a client that asks for edits later, or takes versioned edits, or both.
func able(lazy, versioned bool) object {
	properties := []string{}
	if lazy {
		properties = append(properties, "edit")
	}
	return object{
		"textDocument": object{"codeAction": object{"dataSupport": true, "resolveSupport": object{"properties": properties}}},
		"workspace":    object{"workspaceEdit": object{"documentChanges": versioned}},
	}
}

func (c *client) resolve(a action) action {
	c.t.Helper()
	var out action
	c.call("codeAction/resolve", a, &out)
	return out
}

func titles(list []action) []string {
	var out []string
	for _, a := range list {
		out = append(out, a.Title)
	}
	return out
}

const fixAllTitle = "Fix all session problems that have a safe fix"

func TestActions(t *testing.T) {
	c := start(t, able(true, true), marked)
	c.open(page, 1, "# 😀 bug1 bug2\nodd\noff\n")
	diagnostics := c.published(page, 1)
	list := c.actions(page, at(0, 6, 0, 6))
	want := []string{"Mend a bug1", "Remove a bug1", fixAllTitle}
	if diff := cmp.Diff(want, titles(list)); diff != "" {
		t.Fatal(diff)
	}
	mend, remove, all := list[0], list[1], list[2]
	if mend.Kind != "quickfix" || remove.Kind != "quickfix" || all.Kind != "source.fixAll.sessionlint" {
		t.Errorf("kinds: %+v", list)
	}
	if !mend.IsPreferred || remove.IsPreferred || all.IsPreferred {
		t.Errorf("preferred: %+v", list)
	}
	if diff := cmp.Diff(diagnostics[:1], mend.Diagnostics); diff != "" {
		t.Errorf("the action's diagnostics: %s", diff)
	}
	for _, a := range list {
		if a.Edit != nil || a.Data == nil {
			t.Errorf("not lazy: %+v", a)
		}
	}
	edits := `{"documentChanges":[{"textDocument":{"uri":"file:///work/page.py","version":1},"edits":[{"range":%s,"newText":"%s"}]}]}`
	for _, test := range []struct {
		a    action
		want string
	}{
		{mend, fmt.Sprintf(edits, `{"start":{"line":0,"character":5},"end":{"line":0,"character":9}}`, "good")},
		{remove, fmt.Sprintf(edits, `{"start":{"line":0,"character":5},"end":{"line":0,"character":9}}`, "")},
		{all, fmt.Sprintf(edits, `{"start":{"line":0,"character":0},"end":{"line":1,"character":0}}`, `# 😀 good1 good2\n`)},
	} {
		resolved := c.resolve(test.a)
		if diff := cmp.Diff(test.want, string(resolved.Edit)); diff != "" {
			t.Errorf("%s: %s", test.a.Title, diff)
		}
		if resolved.Title != test.a.Title || resolved.Kind != test.a.Kind || len(resolved.Diagnostics) != len(test.a.Diagnostics) {
			t.Errorf("resolving changed the action: %+v", resolved)
		}
	}
}

func TestPlacesOfActions(t *testing.T) {
	c := start(t, able(true, true), marked)
	c.open(page, 1, "bug1 bug2\nodd\noff\n")
	shown := c.published(page, 1)
	for _, test := range []struct {
		where span
		want  int // actions of single findings
	}{
		{at(0, 0, 0, 0), 2},
		{at(0, 4, 0, 4), 2}, // at its end
		{at(0, 5, 0, 5), 2}, // at the next one's start
		{at(0, 4, 0, 5), 4},
		{at(0, 0, 9, 0), 6}, // off is not shown, so not mended
		{at(1, 3, 2, 9), 2},
		{at(2, 0, 2, 3), 0},
		{at(7, 0, 8, 0), 0},
	} {
		if list := c.actions(page, test.where, "quickfix"); len(list) != test.want {
			t.Errorf("%+v: %v", test.where, titles(list))
		}
	}
	params := asked(page, at(2, 0, 2, 0), "quickfix")
	params["context"].(object)["diagnostics"] = []any{shown[1], diagnostic{Range: shown[0].Range, Code: "E501"}, diagnostic{Code: shown[0].Code}}
	var list []action
	c.call("textDocument/codeAction", params, &list)
	if got := titles(list); !slices.Equal(got, []string{"Mend a bug2", "Remove a bug2"}) {
		t.Errorf("by the diagnostics that the client shows: %v", got)
	}
}

func TestKindsThatAreWanted(t *testing.T) {
	c := start(t, able(true, true), marked)
	c.open(page, 1, "bug")
	c.published(page, 1)
	fix, all := []string{"Mend a bug", "Remove a bug"}, []string{fixAllTitle}
	for only, want := range map[string][]string{
		"":                             append(slices.Clone(fix), all...),
		"quickfix":                     fix,
		"source":                       all,
		"source.fixAll":                all,
		"source.fixAll.sessionlint":    all,
		"quickfix,source":              append(slices.Clone(fix), all...),
		"refactor":                     nil,
		"source.fixA":                  nil,
		"source.fixAll.ruff":           nil,
		"source.fixAll.sessionlint.x":  nil,
		"source.organizeImports":       nil,
		"quickfix.sessionlint":         nil,
		"refactor,source.fixAll.other": nil,
	} {
		if got := titles(c.actions(page, at(0, 0, 0, 0), strings.Split(only, ",")...)); !slices.Equal(got, want) {
			t.Errorf("only %q: %v, want %v", only, got, want)
		}
	}
	if got := c.actions(page, at(0, 0, 0, 0), []string{}...); len(got) != 3 {
		t.Errorf("no kinds: %v", titles(got))
	}
}

// A client that cannot resolve gets the edits at once, in the form that it knows.
func TestEagerActions(t *testing.T) {
	for name, capabilities := range map[string]object{
		"no capabilities": {},
		"no properties":   able(false, false),
		"no data": {"textDocument": object{"codeAction": object{"dataSupport": false,
			"resolveSupport": object{"properties": []string{"edit"}}}}},
	} {
		t.Run(name, func(t *testing.T) {
			c := start(t, capabilities, marked)
			c.open(page, 1, "a\nbug")
			c.published(page, 1)
			want := `{"changes":{"file:///work/page.py":[{"range":{"start":{"line":1,"character":0},"end":{"line":1,"character":3}},"newText":"good"}]}}`
			list := c.actions(page, at(1, 0, 1, 0))
			if len(list) != 3 || string(list[0].Edit) != want || list[0].Data != nil {
				t.Errorf("%+v", list)
			}
			if string(list[2].Edit) != want { // the only line that changes
				t.Errorf("fix all: %s", list[2].Edit)
			}
			c.change(page, 2, whole("odd"))
			c.published(page, 2)
			if list := c.actions(page, at(0, 0, 0, 0)); len(list) != 2 {
				t.Errorf("fix all has nothing to fix: %v", titles(list))
			}
		})
	}
}

// The document moves on between an action and its resolving.
func TestResolvingOnALaterVersion(t *testing.T) {
	const text = "# one\nbug x\n# two\nbug y\n"
	for name, test := range map[string]struct {
		change []any
		line   int // where the second bug is now; -1 if it is gone
	}{
		"nothing":              {nil, 3},
		"before it":            {[]any{partial(at(0, 0, 0, 0), "\n\n")}, 5},
		"behind it":            {[]any{partial(at(4, 0, 4, 0), "more\n")}, 3},
		"on its line":          {[]any{partial(at(3, 4, 3, 5), "z")}, 3},
		"it is mended":         {[]any{partial(at(3, 0, 3, 3), "good")}, -1},
		"it is another":        {[]any{partial(at(3, 3, 3, 3), "gy")}, -1},
		"another of its kind":  {[]any{partial(at(0, 0, 0, 0), "bug\n")}, -1},
		"one of its kind less": {[]any{partial(at(1, 0, 2, 0), "")}, -1},
		"all the text":         {[]any{whole("")}, -1},
		"cannot be applied":    {[]any{partial(at(9, 9, 9, 9), "")}, -1},
	} {
		t.Run(name, func(t *testing.T) {
			c := start(t, able(true, true), marked)
			c.open(page, 1, text)
			c.published(page, 1)
			second := c.actions(page, at(3, 0, 3, 0))[0]
			c.change(page, 2, test.change...)
			if test.line < 0 {
				c.refused("codeAction/resolve", second, -32801)
			} else {
				want := fmt.Sprintf(`{"documentChanges":[{"textDocument":{"uri":"file:///work/page.py","version":2},"edits":`+
					`[{"range":{"start":{"line":%d,"character":0},"end":{"line":%[1]d,"character":3}},"newText":"good"}]}]}`, test.line)
				if got := c.resolve(second); string(got.Edit) != want {
					t.Errorf("edit %s, want %s", got.Edit, want)
				}
			}
			if name != "cannot be applied" {
				c.published(page, 2)
			}
		})
	}
}

func TestResolvingAfterClosing(t *testing.T) {
	c := start(t, able(true, true), marked)
	c.open(page, 1, "bug")
	c.published(page, 1)
	list := c.actions(page, at(0, 0, 0, 0))
	c.notify("textDocument/didClose", object{"textDocument": object{"uri": page}})
	c.publishedNext(page)
	for _, a := range list {
		c.refused("codeAction/resolve", a, -32801)
	}
}

// The whole file is fixed as it is when it is asked for, whatever it was before.
func TestFixAllOnALaterVersion(t *testing.T) {
	c := start(t, able(true, false), marked)
	c.open(page, 1, "bug")
	c.published(page, 1)
	all := c.actions(page, at(0, 0, 0, 0), "source.fixAll")[0]
	c.change(page, 2, whole("a\nb\nbug\nc\n"))
	c.published(page, 2)
	want := `{"changes":{"file:///work/page.py":[{"range":{"start":{"line":2,"character":0},"end":{"line":3,"character":0}},"newText":"good\n"}]}}`
	if got := c.resolve(all); string(got.Edit) != want {
		t.Errorf("edit %s", got.Edit)
	}
	c.change(page, 3, whole("a"))
	c.published(page, 3)
	if got := c.resolve(all); string(got.Edit) != `{"changes":{"file:///work/page.py":[]}}` {
		t.Errorf("with nothing to fix: %s", got.Edit)
	}
}

// Each request sees the text after exactly the changes that came before it.
func TestRequestsSeeTheirText(t *testing.T) {
	c := start(t, able(true, true), marked)
	c.open(page, 0, "bug0")
	var burst strings.Builder
	const requests = 300
	params := c.marshal(asked(page, at(0, 0, 0, 0), "quickfix"))
	for n := range requests {
		fmt.Fprint(&burst, frame(fmt.Sprintf(`{"jsonrpc":"2.0","id":"at %d","method":"textDocument/codeAction","params":%s}`, n, params)),
			frame(fmt.Sprintf(`{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":%q,"version":%d},"contentChanges":[{"text":"bug%[2]d"}]}}`, page, n+1)))
	}
	c.write(burst.String())
	for n := range requests {
		m := c.response(fmt.Sprintf(`"at %d"`, n))
		if want := fmt.Sprintf(`"Mend a bug%d"`, n); !strings.Contains(string(m.Result), want) {
			t.Fatalf("request %d: %s", n, m.Result)
		}
	}
	c.published(page, requests)
}

func TestFixerFails(t *testing.T) {
	c := start(t, able(true, true), marked, func(o *lsp.Options) {
		o.Fixer = fixer{func(context.Context, *analysis.Snapshot, rule.Finding) ([]quickfix.Fix, error) {
			return nil, errors.New("no fixes today")
		}}
	})
	c.open(page, 1, "bug")
	c.published(page, 1)
	c.refused("textDocument/codeAction", asked(page, at(0, 0, 0, 0)), -32603)
	if got := titles(c.actions(page, at(0, 0, 0, 0), "source")); !slices.Equal(got, []string{fixAllTitle}) {
		t.Errorf("%v", got)
	}
}

// The real engine and the real fixes: what the action does is what an editor would
// write, and the finding is gone.
func TestEngineFixes(t *testing.T) {
	for _, kind := range []string{"quickfix", "source.fixAll"} {
		c := start(t, able(true, true))
		c.open(page, 1, leaking)
		found := c.published(page, 1)
		list := c.actions(page, found[0].Range, kind)
		if len(list) == 0 {
			t.Fatalf("%s: no actions", kind)
		}
		var edit struct {
			DocumentChanges []struct {
				Edits []struct {
					Range   span   `json:"range"`
					NewText string `json:"newText"`
				} `json:"edits"`
			} `json:"documentChanges"`
		}
		c.change(page, 2, partial(at(0, 0, 0, 0), "import os\n\n"))
		c.published(page, 2)
		if err := json.Unmarshal(c.resolve(list[0]).Edit, &edit); err != nil {
			t.Fatal(err)
		}
		var changes []any
		for _, e := range slices.Backward(edit.DocumentChanges[0].Edits) { // so that none moves another
			changes = append(changes, partial(e.Range, e.NewText))
		}
		if len(changes) == 0 {
			t.Fatalf("%s: no edits", kind)
		}
		c.change(page, 3, changes...)
		if left := c.published(page, 3); len(left) > 0 {
			t.Errorf("%s: after the fix: %+v", kind, left)
		}
	}
}
