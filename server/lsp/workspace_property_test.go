package lsp_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sessionlint/analysis"
	"sessionlint/analysis/config"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/rule/all"
	"sessionlint/server/disk"
	"sessionlint/server/lsp"
)

// forms are the texts that the files of two folders can have. What the one has is
// imported in the other, where only the index finds it. None is broken: a file that is
// not TOML keeps its last settings, which no fresh run can know.
var forms = map[string][]string{
	"one/app/__init__.py":      {""},
	"one/app/db.py":            {factory, "from shop.db import Open\n", "Open = open\n"},
	"one/app/repo.py":          {helper, closer, "from shop.repo import ask\n", "from app.store import ask\n"},
	"one/app/store.py":         {closer, helper},
	"one/app/views.py":         {caller, strings.ReplaceAll(caller, "app.", "shop."), strings.Replace(caller, "app.repo", "app.store", 1)},
	"two/lib/shop/__init__.py": {""},
	"two/lib/shop/db.py":       {factory, "from app.db import Open\n"},
	"two/lib/shop/repo.py":     {helper, closer},
	"two/lib/shop/use.py":      {strings.ReplaceAll(caller, "app.", "shop."), caller},
	"one/sessionlint.toml":     {"", "ignore = [\"SES101\"]\n", "[severity]\nSES1 = \"info\"\n", "exclude = [\"views.py\", \"lib\"]\n"},
	"one/app/pyproject.toml":   {"", "[tool.sessionlint]\nextend-select = [\"ALL\"]\n", "[tool.sessionlint]\nextend = \"../../two/base.toml\"\n"},
	"two/base.toml":            {"ignore = [\"SES101\"]\n", "select = [\"SES1\"]\n"},
	"two/.gitignore":           {"", "shop/\n", "lib\n"},
}

// desk is what a user has on disk, and in an editor.
type desk struct {
	*listener
	dir     string
	folders []string // that are open
	open    map[string]string
	ignore  []string // the user's settings
	version int

	pulls bool              // the editor asks for diagnostics
	asked map[string]string // what of, by the ids of the requests: names of files
	known map[string]string // the names of the lists that it has, by those of files
}

func (d *desk) path(name string) string { return filepath.Join(d.dir, filepath.FromSlash(name)) }

func (d *desk) uri(name string) string { return "file://" + filepath.ToSlash(d.path(name)) }

// start begins a session with what is open.
func (d *desk) start(t failing) {
	c := connect(t, heeding, func(o *lsp.Options) { o.SetSettle(5 * time.Millisecond) })
	d.listener = &listener{c, map[string][]diagnostic{}}
	folders := []object{}
	for _, f := range d.folders {
		folders = append(folders, object{"uri": d.uri(f), "name": f})
	}
	able := object{}
	if d.pulls {
		able = pulling()
	}
	var result object
	c.call("initialize", object{
		"processId": nil, "capabilities": able, "workspaceFolders": folders, "initializationOptions": object{"ignore": d.ignore},
	}, &result)
	c.notify("initialized", object{})
	d.asked, d.known = map[string]string{}, map[string]string{}
	for name, text := range d.open {
		d.version++
		c.open(d.uri(name), d.version, text)
		d.ask(name)
	}
}

// ask asks for the diagnostics of a file, if that is how the editor gets them.
func (d *desk) ask(name string) {
	if !d.pulls {
		return
	}
	p := object{"textDocument": object{"uri": d.uri(name)}}
	if known, ok := d.known[name]; ok {
		p["previousResultId"] = known
	}
	d.asked[d.request("textDocument/diagnostic", p)] = name
}

// hear heeds a message as an editor does that asks only when a text changes, and when
// it is told to.
func (d *desk) hear(m message) {
	name, ours := d.asked[string(m.ID)]
	switch {
	case m.Method == "workspace/diagnostic/refresh":
		d.raw(d.marshal(object{"jsonrpc": "2.0", "id": m.ID, "result": nil}))
		for name := range d.open {
			d.ask(name)
		}
	case m.Method != "" || !ours:
		d.listener.hear(m)
	default:
		delete(d.asked, string(m.ID))
		_, open := d.open[name]
		newer := slices.Contains(slices.Collect(maps.Values(d.asked)), name)
		var r fileReport
		switch {
		case !open || newer:
		case m.Error != nil && m.Error.Code == -32802: // the text has changed since: it asks again
			d.ask(name)
		case m.Error != nil || json.Unmarshal(m.Result, &r) != nil:
			d.t.Fatalf("the diagnostics of %s: %s", name, d.marshal(m))
		case r.Kind == "full":
			d.shown[d.uri(name)], d.known[name] = r.Items, r.ResultID
		case r.Kind != "unchanged" || r.ResultID != d.known[name]:
			d.t.Fatalf("the diagnostics of %s: %+v, and known is %s", name, r, d.known[name])
		}
	}
}

// freshly returns the codes and places that a run finds in the open files that sees
// everything for the first time.
func (d *desk) freshly() map[string][]string {
	tree := disk.NewTree()
	var folders, files []string
	loader := config.NewLoader(tree, all.Rules(), config.Overrides{Choice: rule.Choice{Ignore: d.ignore}})
	for _, f := range d.folders {
		folders = append(folders, d.path(f))
		sources, _, err := disk.Collect(context.Background(), d.path(f), []string{d.path(f)}, loader, false)
		if err != nil {
			d.t.Fatalf("collecting files: %v", err)
		}
		for _, s := range sources {
			files = append(files, s.Path)
		}
	}
	w := analysis.NewWorkspace(tree, folders)
	w.Know(files)
	e := analysis.NewEngine().In(w).Under(loader)
	docs := map[string]*analysis.Document{}
	for name, text := range d.open {
		docs[name] = e.Open(d.path(name), text)
	}
	out := map[string][]string{}
	for name, doc := range docs {
		top := filepath.Dir(d.path(name))
		for _, f := range folders {
			if strings.HasPrefix(top, f) {
				top = f
			}
		}
		found, err := doc.Snapshot().Findings(context.Background())
		if err != nil {
			d.t.Fatalf("findings: %v", err)
		}
		if loader.For(d.path(name)).Excluded(d.path(name), top) {
			found = nil
		}
		for _, f := range found {
			out[name] = append(out[name], fmt.Sprintf("%s %s line %d: %s", f.Rule.Code, f.Severity, doc.Snapshot().File.Lines.Of(f.Span.Start), f.Message))
		}
	}
	for _, doc := range docs {
		doc.Close()
	}
	return out
}

// agrees waits until the editor shows what a fresh run finds.
func (d *desk) agrees() {
	d.t.Helper()
	want := d.freshly()
	severities := []string{"", rule.Error.String(), rule.Warning.String(), rule.Info.String()}
	var got map[string][]string
	for end := time.Now().Add(patience); ; {
		got = map[string][]string{}
		for name := range d.open {
			for _, p := range d.shown[d.uri(name)] {
				got[name] = append(got[name], fmt.Sprintf("%s %s line %d: %s", p.Code, severities[p.Severity], p.Range.Start.Line, p.Message))
			}
		}
		if maps.EqualFunc(want, got, slices.Equal) {
			return
		}
		select {
		case m := <-d.coming:
			d.hear(m)
		case <-time.After(time.Until(end)):
			d.t.Fatalf("the editor shows %v, a fresh run finds %v, with %v open in %v and ignoring %v", got, want, slices.Sorted(maps.Keys(d.open)), d.folders, d.ignore)
		}
	}
}

// write puts a form of a file on disk, or removes it, and says so.
func (d *desk) write(t *rapid.T, name string) {
	kind := 2
	if text := rapid.SampledFrom(append([]string{"-"}, forms[name]...)).Draw(t, name); text == "-" && !strings.HasSuffix(name, "base.toml") {
		kind = 3
		_ = os.Remove(d.path(name)) // it may be gone already
	} else {
		writeFile(t, d.path(name), strings.TrimPrefix(text, "-"))
	}
	d.notify("workspace/didChangeWatchedFiles", object{"changes": []object{{"uri": d.uri(name), "type": kind}}})
}

// rename moves a file or folder if it is there and its new place is free.
func (d *desk) rename(from, to string) {
	if _, err := os.Stat(d.path(to)); err == nil {
		from, to = to, from
	}
	if _, err := os.Stat(d.path(to)); err == nil || os.Rename(d.path(from), d.path(to)) != nil {
		return
	}
	d.notify("workspace/didRenameFiles", object{"files": []object{{"oldUri": d.uri(from), "newUri": d.uri(to)}}})
}

// change makes one change of what is on disk, open or wanted.
func (d *desk) change(t *rapid.T, names []string) {
	name := rapid.SampledFrom(names).Draw(t, "file")
	text, isOpen := d.open[name]
	switch rapid.IntRange(0, 9).Draw(t, "kind of change") {
	case 0, 1:
		d.write(t, name)
	case 2:
		d.rename("one/app/repo.py", "one/app/store.py")
	case 3:
		d.rename("two/lib/shop", "two/lib/mall")
	case 4:
		f := rapid.SampledFrom([]string{"one", "two", "two/lib"}).Draw(t, "folder")
		if n := slices.Index(d.folders, f); n >= 0 {
			d.folders = slices.Delete(slices.Clone(d.folders), n, n+1)
			d.client.folders(nil, []string{d.uri(f)})
		} else {
			d.folders = append(slices.Clone(d.folders), f)
			d.client.folders([]string{d.uri(f)}, nil)
		}
	case 5:
		d.ignore = rapid.SampledFrom([][]string{{}, {"SES101"}, {"SES1", "SES901"}}).Draw(t, "ignored")
		d.client.settings(object{"sessionlint": object{"ignore": d.ignore}})
	case 6:
		d.leave()
		d.start(t)
	case 7:
		if isOpen {
			delete(d.open, name)
			delete(d.shown, d.uri(name))
			delete(d.known, name)
			d.notify("textDocument/didClose", object{"textDocument": object{"uri": d.uri(name)}})
			return
		}
		if strings.HasSuffix(name, ".py") {
			d.version++
			d.open[name] = rapid.SampledFrom(forms[name]).Draw(t, "text")
			d.client.open(d.uri(name), d.version, d.open[name])
			d.ask(name)
		}
	default:
		if isOpen {
			d.version++
			d.open[name] = rapid.SampledFrom(append([]string{text + "\n\n\ndef more():\n    return Open().execute(1)\n"}, forms[name]...)).Draw(t, "text")
			d.client.change(d.uri(name), d.version, whole(d.open[name]))
			d.ask(name)
		}
	}
}

// lay returns a desk with the first forms of all files on disk.
func lay(t failing, dir string) *desk {
	t.Helper()
	d := &desk{dir: dir, folders: []string{"one", "two"}, open: map[string]string{}, ignore: []string{}}
	for _, n := range slices.Sorted(maps.Keys(forms)) {
		writeFile(t, d.path(n), forms[n][0])
	}
	for _, n := range []string{"one/app/views.py", "two/lib/shop/use.py"} {
		d.open[n] = forms[n][0]
	}
	return d
}

// TestFilesGoneWhileTheFoldersAreRead removes a package as soon as the server is
// there: its first look at the folders may be past it, or not.
func TestFilesGoneWhileTheFoldersAreRead(t *testing.T) {
	for range 30 {
		d := lay(t, t.TempDir())
		d.open["two/lib/shop/db.py"] = "from app.db import Open\n"
		d.start(t)
		name := "one/app/__init__.py"
		if err := os.Remove(d.path(name)); err != nil {
			t.Fatal(err)
		}
		d.notify("workspace/didChangeWatchedFiles", object{"changes": []object{{"uri": d.uri(name), "type": 3}}})
		d.agrees()
		time.Sleep(15 * time.Millisecond) // what agrees already can still be spoilt by the search
		d.agrees()
		d.leave()
	}
}

// TestWorkspaceIsThatOfAFreshRun changes files, folders, buffers and settings, renames
// and restarts: what is shown in the open files is what a fresh run finds.
func TestWorkspaceIsThatOfAFreshRun(t *testing.T) {
	names := slices.Sorted(maps.Keys(forms))
	rapid.Check(t, func(rt *rapid.T) {
		dir, err := os.MkdirTemp(t.TempDir(), "w")
		if err != nil {
			rt.Fatalf("a folder: %v", err)
		}
		d := lay(rt, dir)
		d.pulls = rapid.Bool().Draw(rt, "the editor asks for diagnostics")
		d.start(rt)
		for range rapid.IntRange(1, 12).Draw(rt, "changes") {
			d.change(rt, names)
			if rapid.Bool().Draw(rt, "look") {
				d.agrees()
			}
		}
		d.agrees()
		d.leave()
	})
}
