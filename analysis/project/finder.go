package project

import (
	"path/filepath"
	"strings"
)

// Files tells which files and folders there are. Its methods may be called by
// many goroutines.
type Files interface {
	IsFile(path string) bool
	IsDir(path string) bool
}

// A Finder finds the file of a module.
type Finder struct {
	files Files
	tops  []string // folders above which nothing is looked for
	roots []string // folders in which modules of all files are looked for
}

// NewFinder returns a finder for the files of a workspace. tops are its folders;
// roots are further folders that modules are imported from, such as those that a
// pyproject.toml names.
func NewFinder(files Files, tops, roots []string) *Finder {
	return &Finder{files: files, tops: tops, roots: roots}
}

// Locate returns the file of a module, as a file that imports it names it:
// "shop.db", or "..db" with the dots of a relative import. The path is "" for a
// package without a file of its own; ok is false if there is no such module.
//
// Absolute names are looked for in the folders above the importing file, nearest
// first, as far as the workspace goes, and in a folder src of each: that is where
// the file's own package lies, however it is installed. Then in the roots.
func (f *Finder) Locate(from, module string) (path string, ok bool) {
	dots := len(module) - len(strings.TrimLeft(module, "."))
	parts := filepath.FromSlash(strings.ReplaceAll(module[dots:], ".", "/"))
	dir := filepath.Dir(from)
	if dots > 0 {
		for range dots - 1 {
			dir = filepath.Dir(dir)
		}
		return f.module(filepath.Join(dir, parts))
	}
	top, _, _ := strings.Cut(module, ".")
	namespace := false
	for _, root := range f.search(dir) {
		if !f.files.IsFile(filepath.Join(root, top+".py")) && !f.files.IsDir(filepath.Join(root, top)) {
			continue
		}
		path, found := f.module(filepath.Join(root, parts))
		if found && path != "" {
			return path, true
		}
		namespace = namespace || found
	}
	return "", namespace
}

// search returns the folders in which the modules are looked for that a file in
// a folder imports.
func (f *Finder) search(dir string) []string {
	var out []string
	for {
		// A file beside an __init__.py belongs to a package, and its own folder is no
		// root, but for scripts that are run from there.
		out = append(out, dir)
		if src := filepath.Join(dir, "src"); f.files.IsDir(src) {
			out = append(out, src)
		}
		up := filepath.Dir(dir)
		if up == dir || f.isTop(dir) {
			break
		}
		dir = up
	}
	return append(out, f.roots...)
}

func (f *Finder) isTop(dir string) bool {
	for _, t := range f.tops {
		if t == dir {
			return true
		}
	}
	return false
}

// module returns the file of a module by its path without an ending.
func (f *Finder) module(base string) (path string, ok bool) {
	if init := filepath.Join(base, "__init__.py"); f.files.IsFile(init) {
		return init, true
	}
	if f.files.IsFile(base + ".py") {
		return base + ".py", true
	}
	return "", f.files.IsDir(base)
}
