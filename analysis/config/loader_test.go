package config_test

import (
	"encoding/json"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sessionlint/analysis/config"
	"sessionlint/analysis/rule/all"
	"sessionlint/analysis/rule/invalidconfiguration"
)

// runs returns the codes of the rules that are run for a file.
func runs(l *config.Loader, path string) string {
	var codes []string
	for _, r := range l.Plan(path).Rules() {
		codes = append(codes, r.Code)
	}
	return strings.Join(codes, " ")
}

// TestLastGood breaks a file that an editor has open: until it is mended its last
// good settings stay.
func TestLastGood(t *testing.T) {
	const path = "/p/pyproject.toml"
	files := texts{path: "[tool.sessionlint]\nselect = ['SES201']\nextend = 'no.toml'\n"}
	l := config.NewLoader(files, rules(), config.Overrides{})
	for _, step := range []struct{ text, runs, mistakes string }{
		{"", "SES201 SES903", "pyproject.toml:3:10: \"'no.toml'\": `no.toml` does not exist\n"},
		{"[tool.sessionlint]\nselect = ['SES1\n", "SES201 SES903", "pyproject.toml:2:16: \"\\n\": this is not TOML: literal strings cannot have new lines; until it is mended, the settings of its last good version are used\n"},
		{"[tool.sess\n", "SES201 SES903", "pyproject.toml:1:11: \"\\n\": this is not TOML: expected ']' to close table name; until it is mended, the settings of its last good version are used\n"},
		{"[tool.sessionlint]\nselect = ['SES1']\n", "SES101 SES903", ""},
		{"[tool.other]\n", "SES101 SES201 SES202 SES903", ""},
		{"[tool.sess\n", "SES101 SES201 SES202 SES903", ""},
		{"[tool.sessionlint\n", "SES101 SES201 SES202 SES903", "pyproject.toml:1:18: \"\\n\": this is not TOML: expected ']' to close table name; until it is mended, none of its settings are used\n"},
	} {
		if step.text != "" {
			files[path] = step.text
			if !l.Changed(path) {
				t.Error("a change of the configuration does not matter")
			}
		}
		if got := runs(l, "/p/shop/a.py"); got != step.runs {
			t.Errorf("with %q run %s, want %s", files[path], got, step.runs)
		}
		if diff := cmp.Diff(step.mistakes, mistakes(l.Mistakes())); diff != "" {
			t.Errorf("mistakes of %q, want (-), got (+):\n%s", files[path], diff)
		}
	}
}

// TestChanges makes, changes and removes files, also those that only others extend.
func TestChanges(t *testing.T) {
	files := texts{}
	l := config.NewLoader(files, rules(), config.Overrides{})
	expect := func(what, want string) {
		t.Helper()
		if got := runs(l, "/p/shop/a.py"); got != want {
			t.Errorf("%s: run %s, want %s", what, got, want)
		}
	}
	expect("no file", "SES101 SES201 SES202 SES903")
	before := l.For("/p/shop/a.py").Fingerprint()
	if l.For("/p/shop/b.py") != l.For("/p/shop/a.py") || l.Plan("/p/shop/a.py") != l.Plan("/p/shop/b.py") {
		t.Error("settings are worked out twice")
	}
	files["/p/sessionlint.toml"] = "extend = 'base.toml'\n"
	files["/p/base.toml"] = "select = ['SES1']\n"
	expect("a file that nobody told of", "SES101 SES201 SES202 SES903")
	l.Changed("/p/sessionlint.toml")
	expect("a new file", "SES101 SES903")
	if l.For("/p/shop/a.py").Fingerprint() == before {
		t.Error("other settings have the same fingerprint")
	}
	files["/p/base.toml"] = "select = ['SES2']\n"
	if !l.Changed("/p/base.toml") {
		t.Error("a change of a file that is extended does not matter")
	}
	expect("another base", "SES201 SES202 SES209 SES903")
	if l.Changed("/p/shop/a.py", "/p/other.toml") {
		t.Error("a change of a file that nobody reads matters")
	}
	delete(files, "/p/sessionlint.toml")
	l.Changed("/p/sessionlint.toml")
	expect("the file is gone", "SES101 SES201 SES202 SES903")
	if l.For("/p/shop/a.py").Fingerprint() != before {
		t.Error("the same settings have another fingerprint")
	}
}

// TestManyAsk asks while files change; the race detector looks on.
func TestManyAsk(t *testing.T) {
	l := config.NewLoader(texts{"/p/sessionlint.toml": "select = ['SES1'\n", "/p/a/sessionlint.toml": "extend = '../sessionlint.toml'\n"}, rules(), config.Overrides{})
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			for range 50 {
				if n == 0 {
					l.Changed("/p/sessionlint.toml")
				}
				if got := runs(l, "/p/a/b/c.py"); got != "SES101 SES201 SES202 SES903" {
					t.Errorf("run %s", got)
				}
				l.Mistakes()
			}
		})
	}
	all.Wait()
}

// TestExclude asks which files are left out.
func TestExclude(t *testing.T) {
	l := config.NewLoader(texts{
		"/p/sessionlint.toml":     "extend-exclude = ['gen/*', '*_pb2.py', './old/', 'docs/**/x.py', '{a,b}/c.py']\n",
		"/p/own/sessionlint.toml": "exclude = ['/p/own/abs', '../own/up']\n",
	}, rules(), config.Overrides{})
	for path, want := range map[string]bool{
		"/p/a.py": false, "/p/.venv/a.py": true, "/p/x/node_modules/y/a.py": true, "/p/builds/a.py": false,
		"/p/gen/a.py": true, "/p/gen/deep/a.py": true, "/p/x/gen/a.py": false, "/p/gen.py": false,
		"/p/x/y_pb2.py": true, "/p/old/a.py": true, "/p/x/old/a.py": false,
		"/p/docs/x.py": true, "/p/docs/1/2/x.py": true, "/p/docs/1/y.py": false, "/p/b/c.py": true, "/p/c/c.py": false,
		"/p/own/.venv/a.py": false, "/p/own/abs/a.py": true, "/p/own/up/a.py": true, "/p/own/down/a.py": false,
	} {
		if got := l.For(path).Excluded(path, "/p"); got != want {
			t.Errorf("%s is left out: %t, want %t", path, got, want)
		}
	}
	if none := config.NewLoader(texts{}, rules(), config.Overrides{}); none.For("/build/p/a.py").Excluded("/build/p/a.py", "/build/p") {
		t.Error("a folder above the project leaves it out")
	}
}

// TestFindings makes findings of mistakes, as the settings want it.
func TestFindings(t *testing.T) {
	l := config.NewLoader(texts{
		"/p/a/sessionlint.toml": "selekt = 1\nselect = ['SES9', 'SES8']\n",
		"/p/b/sessionlint.toml": "selekt = 1\nselect = ['SES1']\nseverity.SES903 = 'error'\n",
		"/p/c/sessionlint.toml": "selekt = 1\nignore = ['SES9']\n",
		"/p/d/sessionlint.toml": "selekt = 1\nper-file-ignores = { '*.toml' = ['invalid-configuration'] }\n",
		"/p/e/sessionlint.toml": "selekt = 1\nseverity = { SES903 = 'off' }\n",
	}, rules(), config.Overrides{})
	for _, dir := range []string{"e", "d", "c", "b", "a"} {
		l.Folder("/p/" + dir)
	}
	var got []string
	for _, r := range l.Findings() {
		for _, f := range r.Findings {
			got = append(got, strings.Join([]string{display(r.Path), f.Rule.Code, f.Severity.String(), r.Text[f.Span.Start:f.Span.End]}, " "))
		}
	}
	want := []string{"a/sessionlint.toml SES903 warning selekt", "a/sessionlint.toml SES903 warning 'SES8'", "b/sessionlint.toml SES903 error selekt"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
}

// TestTheRuleSaysSo tries the examples on the rule's page.
func TestTheRuleSaysSo(t *testing.T) {
	doc := invalidconfiguration.Rule.Doc
	for text, want := range map[string]int{doc.Example: 1, doc.Instead: 0} {
		l := config.NewLoader(texts{"/p/pyproject.toml": text}, all.Rules(), config.Overrides{})
		l.Folder("/p")
		if got := l.Mistakes(); len(got) != want {
			t.Errorf("%s has the mistakes %v, want %d", text, got, want)
		}
	}
}

// TestShownIsConfiguration reads what is shown: it is a configuration without
// mistakes that says the same.
func TestShownIsConfiguration(t *testing.T) {
	files := texts{
		"/p/base.toml":        "select = ['ALL']\nper-file-ignores = { 'x/*.py' = ['SES1'], 'y.py' = ['SES2'] }\nexclude = ['a/b']\n",
		"/p/sessionlint.toml": "extend = 'base.toml'\nseverity.SES2 = 'error'\nsqlalchemy-version = '1.4'\ncloses = ['a.b']\n",
	}
	l := config.NewLoader(files, rules(), config.Overrides{})
	text, err := l.Folder("/p").Show("/p/a.py", display)
	if err != nil {
		t.Fatal(err)
	}
	again := config.NewLoader(texts{"/p/sessionlint.toml": text}, rules(), config.Overrides{})
	shown, err := again.Folder("/p").Show("/p/a.py", display)
	if err != nil {
		t.Fatal(err)
	}
	if again.Folder("/p").Fingerprint() != l.Folder("/p").Fingerprint() || len(again.Mistakes()) > 0 {
		t.Errorf("mistakes: %q; shown:\n%s\nshown again:\n%s", mistakes(again.Mistakes()), text, shown)
	}
}

// schemaFile is what editors and catalogues of schemas use.
const schemaFile = "../../editors/vscode/schema/sessionlint.schema.json"

// TestSchema compares the schema that is checked in with the program's.
func TestSchema(t *testing.T) {
	want, err := config.Schema(all.Rules())
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(schemaFile, want, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s is not what `sessionlint config schema` prints (-want +got):\n%s", schemaFile, diff)
	}
}

// TestEverySettingIsExplained looks for each setting of the schema in the README.
func TestEverySettingIsExplained(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, about, _ := strings.Cut(string(text), "\n## Configuration\n")
	about, _, _ = strings.Cut(about, "\n## ")
	var s struct {
		Properties map[string]struct{ Description string }
	}
	schema, err := config.Schema(all.Rules())
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(schema, &s); err != nil {
		t.Fatal(err)
	}
	if len(s.Properties) < 10 {
		t.Fatalf("only %d settings", len(s.Properties))
	}
	for key, p := range s.Properties {
		if p.Description == "" || !strings.Contains(about, "`"+key+"`") {
			t.Errorf("%s is not explained", key)
		}
	}
}

// FuzzConfiguration reads anything: there is no panic, every mistake lies within
// its text, and what is told of the settings is a configuration.
func FuzzConfiguration(f *testing.F) {
	for _, text := range []string{
		"[tool.sessionlint]\nselect = ['SES1']\n", "select = [[['a']]]", "[[a]]\n[a.b]\nc = {d = [1]}\n", "severity.a.b = 1\n[severity.c]\n", "extend = 'x.toml'",
		"per-file-ignores = {'a[' = ['SES1'], \"\\u00e9\" = []}", "exclude = '''\nx'''", "[tool]\nsessionlint.closes = ['*.a.b']", "[tool.sessionlint",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, path := range []string{"/p/sessionlint.toml", "/p/pyproject.toml"} {
			l := config.NewLoader(texts{path: text, "/p/x.toml": text}, rules(), config.Overrides{})
			shown, err := l.Folder("/p").Show("/p/a.py", display)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range l.Mistakes() {
				if line, column := m.Position(); line < 1 || column < 1 || m.Span.Start < 0 || m.Span.End < m.Span.Start || m.Span.End > len(m.Text) {
					t.Errorf("%q at %d:%d, bytes %v of %d", m.Message, line, column, m.Span, len(m.Text))
				}
			}
			again := config.NewLoader(texts{"/p/sessionlint.toml": shown}, rules(), config.Overrides{})
			again.Folder("/p")
			if len(again.Mistakes()) > 0 {
				t.Errorf("shown:\n%s\n%s", shown, mistakes(again.Mistakes()))
			}
		}
	})
}
