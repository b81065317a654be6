package project_test

import (
	"path"
	"strings"
	"testing"

	"sessionlint/analysis/project"
)

// files is a tree of files by their paths.
type files []string

func (f files) IsFile(p string) bool {
	for _, have := range f {
		if have == p {
			return true
		}
	}
	return false
}

func (f files) IsDir(p string) bool {
	for _, have := range f {
		if strings.HasPrefix(have, p+"/") {
			return true
		}
	}
	return false
}

func TestLocate(t *testing.T) {
	tree := files{
		"/w/pyproject.toml",
		"/w/src/shop/__init__.py", "/w/src/shop/db.py", "/w/src/shop/rich.py", "/w/src/shop/api/__init__.py", "/w/src/shop/api/views.py",
		"/w/tests/conftest.py", "/w/tests/test_views.py", "/w/tests/tools.py",
		"/w/scripts/load.py", "/w/scripts/settings.py",
		"/w/libs/core/core/__init__.py", "/w/libs/core/core/base.py",
		"/w/libs/a/same/__init__.py", "/w/libs/b/same/__init__.py",
		"/w/plugins/space/one.py", "/w/plugins/space/deep/two.py",
		"/outside/shop.py",
	}
	f := project.NewFinder(tree, []string{"/w"})
	f.Know(tree)
	for _, c := range []struct{ why, from, module, want string }{
		{"a package below src, from itself", "/w/src/shop/api/views.py", "shop.db", "/w/src/shop/db.py"},
		{"a package", "/w/src/shop/api/views.py", "shop.api", "/w/src/shop/api/__init__.py"},
		{"src, from the tests", "/w/tests/test_views.py", "shop.api.views", "/w/src/shop/api/views.py"},
		{"a relative import", "/w/src/shop/api/views.py", "..db", "/w/src/shop/db.py"},
		{"a relative import from the package itself", "/w/src/shop/api/__init__.py", ".views", "/w/src/shop/api/views.py"},
		{"a package by dots alone", "/w/src/shop/api/views.py", ".", "/w/src/shop/api/__init__.py"},
		{"what lies beside a script", "/w/scripts/load.py", "settings", "/w/scripts/settings.py"},
		{"what lies beside a test", "/w/tests/test_views.py", "tools", "/w/tests/tools.py"},
		{"a library, not the package's own file", "/w/src/shop/db.py", "rich", ""},
		{"a package of another project of the workspace", "/w/src/shop/db.py", "core.base", "/w/libs/core/core/base.py"},
		{"a package that there is twice", "/w/src/shop/db.py", "same", ""},
		{"a namespace package, from below", "/w/plugins/space/deep/two.py", "space.one", "/w/plugins/space/one.py"},
		{"a folder without a file of its own", "/w/plugins/space/one.py", "space.deep", "(folder)"},
		{"a library", "/w/src/shop/db.py", "sqlalchemy.orm", ""},
		{"nothing above the workspace", "/w/scripts/load.py", "outside.shop", ""},
		{"a file outside of it", "/outside/shop.py", "w.scripts", ""},
		{"too many dots", "/w/scripts/load.py", ".....x", ""},
	} {
		got, ok := f.Locate(c.from, c.module)
		if ok && got == "" {
			got = "(folder)"
		}
		if got != c.want {
			t.Errorf("%s: %s imported from %s is %q, want %q", c.why, c.module, path.Base(c.from), got, c.want)
		}
	}
}
