package config_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"sessionlint/analysis/config"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/rule/all"
)

// texts are files in memory, by path.
type texts map[string]string

func (t texts) IsFile(path string) bool { _, ok := t[path]; return ok }

func (t texts) IsDir(string) bool { return false }

func (t texts) Read(path string) (string, error) {
	switch text, ok := t[path]; {
	case !ok:
		return "", fs.ErrNotExist
	case text == "unreadable\n":
		return "", errors.New("cannot read: permission denied")
	default:
		return text, nil
	}
}

// rules are few, so that what is shown of them is short.
func rules() []*rule.Rule {
	var out []*rule.Rule
	for _, r := range all.Rules() {
		switch r.Code {
		case "SES101", "SES201", "SES202", "SES209", "SES903":
			out = append(out, r)
		}
	}
	return out
}

func display(path string) string { return strings.TrimPrefix(path, "/p/") }

// TestConfigurations reads the configurations in testdata. In each archive stand
// configuration files, then what is expected of them: a file "show PATH" holds the
// settings for a path, without the list of what is left out, and the file
// "mistakes" all that is wrong. Run with UPDATE=1 they are written anew.
func TestConfigurations(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no configurations found: %v", err)
	}
	for _, path := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			files, over := texts{}, config.Overrides{}
			for _, f := range a.Files {
				switch name, _, _ := strings.Cut(f.Name, " "); name {
				case "show", "mistakes":
				case "above": // what the command line says
					for line := range strings.Lines(string(f.Data)) {
						flag, value, _ := strings.Cut(strings.TrimSpace(line), " ")
						switch flag {
						case "--select":
							over.Choice.Select = strings.Split(value, ",")
						case "--extend-select":
							over.Choice.Extend = strings.Split(value, ",")
						case "--ignore":
							over.Choice.Ignore = strings.Split(value, ",")
						case "--config":
							over.File = "/p/" + value
						case "--isolated":
							over.Isolated = true
						}
					}
				default:
					files["/p/"+f.Name] = string(f.Data)
				}
			}
			l := config.NewLoader(files, rules(), over)
			for n, f := range a.Files {
				if file, ok := strings.CutPrefix(f.Name, "show "); ok {
					a.Files[n].Data = []byte(shown(t, l, file))
				}
			}
			for n, f := range a.Files {
				if f.Name == "mistakes" {
					a.Files[n].Data = []byte(mistakes(l.Mistakes()))
				}
			}
			got := string(txtar.Format(a))
			if os.Getenv("UPDATE") != "" {
				if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(text), got); diff != "" {
				t.Errorf("want (-), got (+):\n%s", diff)
			}
		})
	}
}

// shown returns the settings for a file, each on lines of its own.
func shown(t *testing.T, l *config.Loader, file string) string {
	t.Helper()
	text, err := l.For("/p/"+file).Show("/p/"+file, display)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for part := range strings.SplitSeq(text, "\n\n") {
		if !strings.HasPrefix(part, "# built in\n") {
			out = append(out, part)
		}
	}
	return strings.Join(out, "\n\n")
}

func mistakes(ms []config.Mistake) string {
	var b strings.Builder
	for _, m := range ms {
		line, column := m.Position()
		fmt.Fprintf(&b, "%s:%d:%d: %q: %s\n", display(m.Path), line, column, m.Text[m.Span.Start:m.Span.End], m.Message)
	}
	return b.String()
}
