package analysis_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sessionlint/analysis"
	"sessionlint/analysis/config"
	"sessionlint/analysis/rule"
	"sessionlint/analysis/rule/all"
	"sessionlint/analysis/session"
)

// TestAnotherConfiguration changes the configuration under an open document: its
// findings are always those of a fresh run, whatever was taken over.
func TestAnotherConfiguration(t *testing.T) {
	const path, above, db = "/p/shop/orders.py", "/p/sessionlint.toml", "/p/shop/db.py"
	text := `from sqlalchemy.orm import Session

from shop.db import borrow, give_back


def twice(session: Session):
    session.add(Order())
    session.commit()
    session.add(Order())
    session.commit()


def leak():
    db = borrow()
    db.execute(QUERY)


def quiet():  # sessionlint: ignore[SES102]
    db = borrow()
    db.execute(QUERY)
    give_back(db)


def late():
    with Session() as session:
        pass
    session.execute(QUERY)
`
	for _, alone := range []bool{false, true} {
		w := tree{path: text, db: "from vendor import acquire\n\n\ndef borrow():\n    return acquire()\n"}
		loader := config.NewLoader(w, all.Rules(), config.Overrides{})
		workspace := analysis.NewWorkspace(w, []string{"/p"})
		engine := analysis.NewEngine().Under(loader)
		if !alone {
			engine = engine.In(workspace)
		}
		d := engine.Open(path, text)
		defer d.Close()
		seen := map[string]bool{}
		for _, configuration := range []string{
			"", "session-factories = ['shop.db.borrow']", "session-factories = ['vendor.acquire']",
			"session-factories = ['borrow']\ncloses = ['give_back']", "select = ['SES2']", "severity = { SES1 = 'info' }",
			"severity = { SES1 = 'off' }", "session-factories = ['borrow']\nper-file-ignores = { 'shop/*' = ['SES101'] }",
			"select = ['SES102', 'SES901']\nsession-factories = ['borrow']\ntakes-ownership = ['give_back']", "",
		} {
			w[above] = configuration
			if loader.Changed(above) {
				workspace.Changed(above)
			}
			got := findingsOf(t, d.Snapshot())
			fresh := analysis.NewEngine().Under(config.NewLoader(w, all.Rules(), config.Overrides{}))
			if !alone {
				fresh = fresh.In(analysis.NewWorkspace(w, []string{"/p"}))
			}
			want := findingsOf(t, fresh.Check(path, text))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("alone %t, under %q: fresh (-), taken over (+):\n%s", alone, configuration, diff)
			}
			seen[strings.Join(got, "\n")] = true
		}
		if len(seen) < 7 {
			t.Errorf("alone %t: only %d different results: the configurations do not matter", alone, len(seen))
		}
	}
}

func findingsOf(t *testing.T, s *analysis.Snapshot) []string {
	t.Helper()
	fs, err := s.Findings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	out := []string{}
	for _, f := range fs {
		line, _ := s.File.Lines.Position(f.Span.Start)
		out = append(out, strings.Join([]string{f.Rule.Code, f.Severity.String(), f.Function, f.Message, s.File.Text[s.File.Lines.Start(line):s.File.Lines.End(line)]}, " "))
	}
	return out
}

// TestWhatIsNotRunIsNotMissed has comments about rules that are not run for their
// file: nobody can tell that they are of no use.
func TestWhatIsNotRunIsNotMissed(t *testing.T) {
	const text = "x = 1  # sessionlint: ignore[SES101]\ny = 2  # sessionlint: ignore[SES201]\nz = 3  # sessionlint: ignore\n"
	loader := config.NewLoader(tree{
		"/p/sessionlint.toml":   "per-file-ignores = { 'a.py' = ['SES101'] }\n",
		"/p/b/sessionlint.toml": "severity = { SES901 = 'error' }\n",
		"/p/c/sessionlint.toml": "ignore = ['SES901']\n",
	}, all.Rules(), config.Overrides{})
	engine := analysis.NewEngine().Under(loader)
	for path, want := range map[string][]string{
		"/p/a.py":   {"2 SES901 warning"},
		"/p/b/b.py": {"1 SES901 error", "2 SES901 error", "3 SES901 error"},
		"/p/c/c.py": nil,
	} {
		if diff := cmp.Diff(want, foundIn(t, engine, path, text)); diff != "" {
			t.Errorf("%s: want (-), got (+):\n%s", path, diff)
		}
	}
}

// wants is a policy by path.
type wants map[string]*rule.Plan

func (w wants) Plan(path string) *rule.Plan { return w[path] }

func (wants) Hints(string) *session.Hints { return nil }

func (wants) Width(string) int { return 0 }

// TestWhatIsCoveredShows leaves a rule out whose finding stands for that of another.
func TestWhatIsCoveredShows(t *testing.T) {
	find := func(*session.Facts) []rule.Finding { return []rule.Finding{{Severity: rule.Error}} }
	minor := &rule.Rule{Code: "TST001", Name: "minor", Check: find}
	major := &rule.Rule{Code: "TST002", Name: "major", Check: find, Covers: []string{minor.Code}}
	engine := analysis.NewEngine().Under(wants{
		"both.py": rule.NewPlan([]*rule.Rule{minor, major}, map[*rule.Rule]rule.Severity{major: rule.Info}),
		"one.py":  rule.NewPlan([]*rule.Rule{minor}, nil),
	})
	const text = "from sqlalchemy.orm import Session\n\ndef f(session: Session):\n    session.commit()\n"
	for path, want := range map[string]string{"both.py": "2 TST002 info", "one.py": "2 TST001 error"} {
		if diff := cmp.Diff([]string{want}, foundIn(t, engine, path, text)); diff != "" {
			t.Errorf("%s: want (-), got (+):\n%s", path, diff)
		}
	}
}
