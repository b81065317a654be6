package lsp

import (
	"path"
	"path/filepath"
	"strings"

	"go.lsp.dev/uri"
)

// pathOf returns the path under which a document is known. One that is no file, such
// as "untitled:Untitled-1", lies where its path says, else at the top of the first
// folder: what it imports is found, and the configuration there holds. Its name is
// none that a module can have.
func (a *surroundings) pathOf(spelling string) string {
	u, err := uri.Parse(spelling)
	if err != nil || u.IsFile() {
		return fsPath(spelling)
	}
	dir := "/"
	if roots := a.roots(); len(roots) > 0 {
		dir = roots[0]
	}
	name := strings.Clone(u.Path())
	if at, base := path.Split(name); path.IsAbs(name) {
		dir, name = filepath.FromSlash(at), base
	}
	for _, part := range []string{u.Query(), u.Fragment()} {
		if part != "" {
			name += "#" + part
		}
	}
	return filepath.Join(dir, u.Scheme()+":"+strings.ReplaceAll(name, "/", "_"))
}

// innermost returns the folder that a file lies in, the smallest one of several.
func innermost(folders []string, path string) (dir string, ok bool) {
	for _, d := range folders {
		if below(path, d) && len(d) > len(dir) {
			dir, ok = d, true
		}
	}
	return dir, ok
}

// below reports whether a path is that of a folder, or of something in it.
func below(path, dir string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && filepath.IsLocal(rel)
}
