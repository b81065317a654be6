package config_test

import (
	"path/filepath"
	"strings"
	"testing"

	"sessionlint/analysis/config"
	"sessionlint/analysis/rule/all"
)

// required is a folder of texts by name.
type required map[string]string

func (r required) IsFile(path string) bool { _, ok := r[path]; return ok }

func (r required) IsDir(path string) bool {
	for p := range r {
		if strings.HasPrefix(p, path+"/") {
			return true
		}
	}
	return false
}

func (r required) Read(path string) (string, error) { return r[path], nil }

func TestVersionIsReadFromRequirements(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"requirements.txt", "flask==3.0\nSQLAlchemy==1.4.46\n", "1.4"},
		{"requirements.txt", "sqlalchemy[asyncio]>=2.0.25,<3  # the ORM\n", "2.0"},
		{"requirements.txt", "sqlalchemy>=1.4,<2\n", "1.4"},
		{"requirements.txt", "sqlalchemy<2.0\n", "1.4"},
		{"requirements.txt", "sqlalchemy>=1.4\n", ""},
		{"requirements.txt", "sqlalchemy\n", ""},
		{"requirements.txt", "sqlalchemy-utils==0.41.1\nflask-sqlalchemy==3.1\n", ""},
		{"requirements.txt", "sqlalchemy==2.1.9\n", "2.1"},
		{"uv.lock", "[[package]]\nname = \"sqlalchemy\"\nversion = \"2.0.30\"\nsource = { registry = \"x\" }\n", "2.0"},
		{"poetry.lock", "[[package]]\nname = \"sqlalchemy\"\nversion = \"1.4.54\"\n", "1.4"},
		{"Pipfile.lock", `{"default": {"sqlalchemy": {"hashes": ["sha256:0"], "version": "==1.4.41"}}}`, "1.4"},
		{"pyproject.toml", "[project]\nname = \"x\"\ndependencies = [\"sqlalchemy[asyncio]~=2.0.0\", \"flask\"]\n", "2.0"},
		{"pyproject.toml", "[tool.poetry.dependencies]\nsqlalchemy = \"^1.4.0\"\n", "1.4"},
		{"pyproject.toml", "[tool.poetry.dependencies]\nSQLAlchemy = {extras = [\"asyncio\"], version = \"^2.0\"}\n", "2.0"},
		{"setup.cfg", "[options]\ninstall_requires =\n    sqlalchemy>=1.4,<1.5\n", "1.4"},
		{"setup.py", "setup(install_requires=['SQLAlchemy>=2'])\n", "2.0"},
	} {
		l := config.NewLoader(required{"/p/" + c.name: c.text}, all.Rules(), config.Overrides{})
		if got := l.Hints(filepath.Join("/p", "src", "app", "x.py")).Version(); got != c.want {
			t.Errorf("%s with %q: version %q, want %q", c.name, c.text, got, c.want)
		}
	}
}

func TestNearestRequirementCounts(t *testing.T) {
	files := required{
		"/p/uv.lock":              "[[package]]\nname = \"sqlalchemy\"\nversion = \"2.0.30\"\n",
		"/p/requirements.txt":     "sqlalchemy<2\n",
		"/p/old/setup.cfg":        "[options]\ninstall_requires =\n    sqlalchemy<2\n",
		"/p/set/sessionlint.toml": "sqlalchemy-version = \"2.1\"\n",
	}
	l := config.NewLoader(files, all.Rules(), config.Overrides{})
	want := func(path, version string) {
		t.Helper()
		if got := l.Hints(path).Version(); got != version {
			t.Errorf("%s: version %q, want %q", path, got, version)
		}
	}
	want("/p/app/x.py", "2.0")
	want("/p/old/x.py", "1.4")
	want("/p/set/x.py", "2.1")
	files["/p/uv.lock"] = "[[package]]\nname = \"sqlalchemy\"\nversion = \"2.1.0\"\n"
	if !l.Changed("/p/uv.lock") {
		t.Error("a changed lock file is said not to matter")
	}
	want("/p/app/x.py", "2.1")
	if a, b := l.Hints("/p/app/x.py"), l.Hints("/p/lib/y.py"); a != b {
		t.Error("the same hints are two values")
	}
}
