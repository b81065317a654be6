package lsp_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"sessionlint/analysis"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/rule/all"
	"sessionlint/quickfix"
	"sessionlint/server/lsp"
)

// asking is a client that can ask whether a change may be made.
func asking(lazy, versioned bool) object {
	c := able(lazy, versioned)
	c["workspace"].(object)["workspaceEdit"].(object)["changeAnnotationSupport"] = object{"groupsOnLabel": true}
	return c
}

// edited returns an action with its edit, which a lazy client asks for.
func (c *client) edited(lazy bool, a action) string {
	c.t.Helper()
	if lazy {
		a = c.resolve(a)
	}
	return string(a.Edit)
}

// An unsafe fix has the client ask, if it can, and no other one does.
func TestUnsafeFixesAreAskedFor(t *testing.T) {
	const place = `{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":3}},"newText":"%s"%s}`
	const versioned = `"documentChanges":[{"textDocument":{"uri":"file:///work/page.py","version":1},"edits":[%s]}]`
	const asked = `,"changeAnnotations":{"unsafe":{"label":"Unsafe: this may change what the program does","needsConfirmation":true,"description":"it is gone; it stays so"}}`
	for _, lazy := range []bool{true, false} {
		for _, test := range []struct {
			name         string
			capabilities object
			safe, unsafe string
		}{
			{"it can ask", asking(lazy, true),
				"{" + fmt.Sprintf(versioned, fmt.Sprintf(place, "good", "")) + "}",
				"{" + fmt.Sprintf(versioned, fmt.Sprintf(place, "", `,"annotationId":"unsafe"`)) + asked + "}"},
			{"it cannot ask", able(lazy, true),
				"{" + fmt.Sprintf(versioned, fmt.Sprintf(place, "good", "")) + "}",
				"{" + fmt.Sprintf(versioned, fmt.Sprintf(place, "", "")) + "}"},
			{"it knows no versions", asking(lazy, false),
				`{"changes":{"file:///work/page.py":[` + fmt.Sprintf(place, "good", "") + `]}}`,
				`{"changes":{"file:///work/page.py":[` + fmt.Sprintf(place, "", "") + `]}}`},
		} {
			t.Run(fmt.Sprintf("%s, lazy %t", test.name, lazy), func(t *testing.T) {
				c := start(t, test.capabilities, marked)
				c.open(page, 1, "bug")
				c.published(page, 1)
				list := c.actions(page, at(0, 0, 0, 0))
				for n, want := range []string{test.safe, test.unsafe, test.safe} { // the last one repairs all
					if got := c.edited(lazy, list[n]); got != want {
						t.Errorf("%s:\n%s, want\n%s", list[n].Title, got, want)
					}
				}
			})
		}
	}
}

const telling = `from depot.db import SessionMaker
from depot.models import Label, Move


def tell(number, mail):
    with SessionMaker() as session:
        session.get(Move, number).done = True
        session.commit()
        mail.send(number)
        session.add(Label(text="told"))
        session.commit()
`

// The real fix says in its title and in what the client shows what may change.
func TestRisksOfTheRealFix(t *testing.T) {
	c := start(t, asking(false, true))
	c.open(page, 1, telling)
	found := c.published(page, 1)
	list := c.actions(page, found[0].Range, "quickfix")
	title, risks, ok := strings.Cut(strings.TrimSuffix(list[0].Title, ")"), " (unsafe: ")
	if !ok || risks == "" {
		t.Fatalf("title %q", title)
	}
	var edit struct {
		ChangeAnnotations map[string]struct{ Description string }
	}
	if err := json.Unmarshal(list[0].Edit, &edit); err != nil || edit.ChangeAnnotations["unsafe"].Description != risks {
		t.Errorf("%v in %s, want %q", err, list[0].Edit, risks)
	}
}

// applied makes the edits of an action in the client's document.
func (c *client) applied(version int, edit string) {
	c.t.Helper()
	var changes struct {
		Changes map[string][]struct {
			Range   span   `json:"range"`
			NewText string `json:"newText"`
		} `json:"changes"`
	}
	if err := json.Unmarshal([]byte(edit), &changes); err != nil {
		c.t.Fatalf("%v in %s", err, edit)
	}
	var list []any
	for _, e := range slices.Backward(changes.Changes[page]) { // so that none moves another
		list = append(list, partial(e.Range, e.NewText))
	}
	c.change(page, version, list...)
}

// Behind the fixes come the comments that let a finding be.
func TestSuppressing(t *testing.T) {
	for _, lazy := range []bool{true, false} {
		for n, want := range []string{"Ignore SES101 for this line", "Ignore SES101 in this file"} {
			c := start(t, able(lazy, false))
			c.open(page, 1, leaking)
			found := c.published(page, 1)
			list := c.actions(page, found[0].Range)
			ignore := list[len(list)-3+n]
			if len(list) != 4 || ignore.Title != want || ignore.Kind != "quickfix" || ignore.IsPreferred || len(ignore.Diagnostics) != 1 {
				t.Fatalf("%v: %+v", titles(list), ignore)
			}
			if lazy { // made for the text as it is then
				c.change(page, 2, partial(at(0, 0, 0, 0), "import os\n\n"))
				c.published(page, 2)
			}
			c.applied(3, c.edited(lazy, ignore))
			if left := c.published(page, 3); len(left) > 0 {
				t.Errorf("%s: %+v", want, left)
			}
		}
	}
}

// Two findings of one statement are ignored by one comment.
func TestSuppressingSeveral(t *testing.T) {
	c := start(t, able(false, false))
	c.open(page, 1, leaking+"    with Session(engine) as a, Session(engine) as b:\n        pass\n    print(a.execute(1), b.execute(2))\n")
	found := c.published(page, 1)[1:]
	params := asked(page, at(9, 0, 9, 0), "quickfix")
	params["context"].(object)["diagnostics"] = found
	var list []action
	c.call("textDocument/codeAction", params, &list)
	count := map[string]int{}
	for _, a := range list {
		count[a.Title]++
		if strings.HasPrefix(a.Title, "Ignore SES101") && len(a.Diagnostics) != len(found) {
			t.Errorf("%s is about %d findings of %d", a.Title, len(a.Diagnostics), len(found))
		}
	}
	if len(found) < 2 || count["Ignore SES101 for this line"] != 1 || count["Ignore SES101 in this file"] != 1 {
		t.Errorf("%d findings, %v", len(found), count)
	}
}

// Comments are no part of what repairs a file, and no others can do without it.
func TestSuppressingIsNoRepair(t *testing.T) {
	c := start(t, able(false, false))
	c.open(page, 1, leaking)
	c.published(page, 1)
	for _, a := range c.actions(page, at(0, 0, 99, 0), "source.fixAll") {
		if strings.Contains(string(a.Edit), "ignore") {
			t.Errorf("%s", a.Edit)
		}
	}
}

// A mistake in a configuration file has no comment that would hide it.
func TestNothingToDoInConfiguration(t *testing.T) {
	c := start(t, able(false, false), func(o *lsp.Options) { o.Rules = all.Rules() })
	const file = "file:///work/sessionlint.toml"
	c.openAs("toml", file, 1, "selekt = [\"SES101\"]\n")
	if list := c.actions(file, at(0, 0, 1, 0)); len(list) != 0 {
		t.Errorf("%v", titles(list))
	}
	c.notify("textDocument/didClose", object{"textDocument": object{"uri": file}})
}

// slow is a fixer whose answers wait for the test.
type slow struct{ working, done chan bool }

func (s slow) wait() {
	s.working <- true
	<-s.done
}

func (s slow) For(ctx context.Context, snap *analysis.Snapshot, f rule.Finding) ([]quickfix.Fix, error) {
	return nil, nil
}

func (s slow) Suppressions(_ context.Context, snap *analysis.Snapshot, f rule.Finding) ([]quickfix.Fix, error) {
	s.wait()
	return []quickfix.Fix{{Title: "Ignore it", Safe: true, Edits: []quickfix.TextEdit{{Start: f.Span.End, End: f.Span.End, New: " # fine"}}}}, nil
}

func (s slow) All(ctx context.Context, snap *analysis.Snapshot, _ bool) (string, int, error) {
	s.wait()
	return mender{}.All(ctx, snap, false)
}

// Edits whose text has changed while they were made are not handed out, whichever
// they are, to clients that ask for them later and to those that get them at once.
func TestEditsOfAStaleText(t *testing.T) {
	for _, lazy := range []bool{true, false} {
		for _, kind := range []string{"quickfix", "source.fixAll", "ignore"} {
			t.Run(fmt.Sprintf("%s, lazy %t", kind, lazy), func(t *testing.T) {
				working, done := make(chan bool), make(chan bool)
				c := start(t, able(lazy, true), marked, func(o *lsp.Options) {
					o.Fixer = slow{working, done}
					if kind == "quickfix" {
						o.Fixer = fixer{func(ctx context.Context, s *analysis.Snapshot, f rule.Finding) ([]quickfix.Fix, error) {
							working <- true
							<-done
							return mender{}.For(ctx, s, f)
						}}
					}
				})
				c.open(page, 1, "bug")
				c.published(page, 1)
				only := strings.Replace(kind, "ignore", "quickfix", 1)
				method, params := "textDocument/codeAction", any(asked(page, at(0, 0, 0, 0), only))
				if lazy {
					id := c.request(method, params)
					if kind != "source.fixAll" { // which is made when it is asked for
						<-working
						done <- true
					}
					var list []action
					if err := json.Unmarshal(c.response(id).Result, &list); err != nil {
						t.Fatal(err)
					}
					method, params = "codeAction/resolve", list[0]
				}
				id := c.request(method, params)
				<-working
				c.change(page, 2, partial(at(0, 0, 0, 0), " "))
				c.published(page, 2)
				done <- true
				wantError(t, c.response(id), -32801)
			})
		}
	}
}
