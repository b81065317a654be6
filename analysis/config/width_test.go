package config_test

import (
	"testing"

	"sessionlint/analysis/config"
	"sessionlint/analysis/rule/all"
)

func TestWidthIsThatOfTheFormatter(t *testing.T) {
	for _, c := range []struct {
		files required
		want  int
	}{
		{required{}, 0},
		{required{"/p/pyproject.toml": "[project]\nname = \"x\"\n"}, 0},
		{required{"/p/pyproject.toml": "[tool.black]\n"}, 88},
		{required{"/p/pyproject.toml": "[tool.black]\nline-length = 100\n"}, 100},
		{required{"/p/pyproject.toml": "[tool.ruff]\nline-length = 120\n[tool.black]\nline-length = 100\n"}, 120},
		{required{"/p/pyproject.toml": "[tool.ruff.lint]\nselect = [\"E\"]\n[tool.black]\nline-length = 100\n"}, 100},
		{required{"/p/ruff.toml": "line-length = 79\n", "/p/pyproject.toml": "[tool.black]\n"}, 79},
		{required{"/p/.ruff.toml": "indent-width = 2\n"}, 88},
		{required{"/p/src/app/pyproject.toml": "[tool.black]\nline-length = 60\n", "/p/pyproject.toml": "[tool.black]\n"}, 60},
		{required{"/p/src/app/pyproject.toml": "[tool.black\n", "/p/pyproject.toml": "[tool.black]\nline-length = 99\n"}, 99},
	} {
		l := config.NewLoader(c.files, all.Rules(), config.Overrides{})
		if got := l.Width("/p/src/app/x.py"); got != c.want {
			t.Errorf("with %v: %d, want %d", c.files, got, c.want)
		}
	}
	files := required{"/p/pyproject.toml": "[tool.black]\n"}
	l := config.NewLoader(files, all.Rules(), config.Overrides{})
	l.Width("/p/x.py")
	files["/p/ruff.toml"] = "line-length = 70\n"
	l.Changed("/p/ruff.toml")
	if got := l.Width("/p/x.py"); got != 70 {
		t.Errorf("after a change: %d", got)
	}
}
