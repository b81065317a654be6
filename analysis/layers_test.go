package analysis_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// layers are the project's packages from the bottom up. A package may import
// those below it, and those that stand on its own line only from within itself.
var layers = []string{
	"analysis/python",
	"analysis/flow",
	"analysis/project",
	"analysis/session",
	"analysis/timeline",
	"analysis/rule",
	"analysis/rule/…",
	"analysis/rule/all",
	"analysis/suppress",
	"analysis/config",
	"analysis",
	"analysis/oracle",
	"analysis/notebook",
	"quickfix/edit",
	"quickfix",
	"server/report",
	"server/disk",
	"server/chart",
	"server/lsp",
	"server/cli",
	"server/cmd/sessionlint",
}

// layer returns the height of a package; longer paths are matched first.
func layer(pkg string) int {
	for n, l := range layers {
		if l == pkg {
			return n
		}
	}
	if strings.HasPrefix(pkg, "analysis/rule/") {
		return slices.Index(layers, "analysis/rule/…")
	}
	return -1
}

// TestImportsPointDownward reads the imports of every file that is no test.
func TestImportsPointDownward(t *testing.T) {
	seen := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && d.Name() != "..") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		seen++
		pkg := filepath.ToSlash(filepath.Dir(strings.TrimPrefix(path, ".."+string(filepath.Separator))))
		from := layer(pkg)
		if from < 0 {
			t.Errorf("%s: package %s has no place among the layers", path, pkg)
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, i := range f.Imports {
			name := strings.Trim(i.Path.Value, `"`)
			if strings.HasPrefix(name, "github.com/smacker/go-tree-sitter") && pkg != "analysis/python" {
				t.Errorf("%s imports the tree-sitter binding, which only analysis/python may", path)
			}
			to, ok := strings.CutPrefix(name, "sessionlint/")
			if ok && layer(to) >= from {
				t.Errorf("%s: %s imports %s, which is not below it", path, pkg, to)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 40 {
		t.Errorf("only %d files were looked at", seen)
	}
}
