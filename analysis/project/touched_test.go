package project_test

import (
	"testing"

	"sessionlint/analysis/project"
)

func TestTouched(t *testing.T) {
	touched := project.Touched([]string{"/w/app", "/w/db.py"})
	for path, want := range map[string]bool{
		"/w/app": true, "/w/app/db.py": true, "/w/app/deep/er/x.py": true, "/w/db.py": true,
		"/w": false, "/w/application/db.py": false, "/w/db.pyi": false, "/": false, "untitled": false,
	} {
		if touched(path) != want {
			t.Errorf("touched(%q) is %v", path, !want)
		}
	}
	if project.Touched(nil)("/w") {
		t.Error("nothing was changed, and /w was")
	}
}
