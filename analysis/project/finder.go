package project

import (
	"path/filepath"
	"strings"
	"sync"
)

// Files tells which files and folders there are. Its methods may be called by
// many goroutines.
type Files interface {
	IsFile(path string) bool
	IsDir(path string) bool
}

// A Finder finds the files of modules. It is safe for concurrent use.
type Finder struct {
	files Files

	mu       sync.Mutex
	tops     map[string]bool   // folders above which nothing is looked for; a map is not changed
	packages map[string]string // the folders of packages, by their names; "" if there are several
}

// NewFinder returns a finder for the files of projects, each in one of the
// folders tops.
func NewFinder(files Files, tops []string) *Finder {
	f := &Finder{files: files}
	f.Within(tops)
	return f
}

// Within makes other folders those of the projects.
func (f *Finder) Within(tops []string) {
	set := map[string]bool{}
	for _, t := range tops {
		set[t] = true
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.tops = set
}

func (f *Finder) known() (tops map[string]bool, packages map[string]string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.tops, f.packages
}

// Know tells the finder of all Python files that are known. Packages that have a
// name of their own among them can be imported wherever they lie.
func (f *Finder) Know(files []string) {
	inits := map[string]bool{}
	for _, p := range files {
		if dir, name := filepath.Split(p); name == "__init__.py" {
			inits[filepath.Clean(dir)] = true
		}
	}
	packages := map[string]string{}
	for dir := range inits {
		up, name := filepath.Dir(dir), filepath.Base(dir)
		if inits[up] {
			continue
		}
		if old, ok := packages[name]; ok && old != up {
			up = ""
		}
		packages[name] = up
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.packages = packages
}

// Locate returns the file of a module, as a file that imports it names it:
// "shop.db", or "..db" with the dots of a relative import. The path is "" for a
// package without a file of its own; ok is false if there is no such module.
//
// Absolute names are looked for in the folders above the importing file, nearest
// first, as far as the project goes, and in a folder src of each: that is where
// the file's own package lies, however it is installed. Then among the packages
// that are known.
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
	look := func(root string) bool {
		if !f.files.IsFile(filepath.Join(root, top+".py")) && !f.files.IsDir(filepath.Join(root, top)) {
			return false
		}
		p, found := f.module(filepath.Join(root, parts))
		namespace = namespace || found
		path = p
		return found && p != ""
	}
	tops, packages := f.known()
	inside := inside(tops, dir)
	for {
		// What lies beside a file of a package is the package's, and is imported as
		// such: rich.py in it does not hide the library rich.
		isPackage := f.files.IsFile(filepath.Join(dir, "__init__.py"))
		if !isPackage && (look(dir) || look(filepath.Join(dir, "src"))) {
			return path, true
		}
		up := filepath.Dir(dir)
		if up == dir || tops[dir] || !inside && !isPackage {
			break
		}
		dir = up
	}
	if root := packages[top]; root != "" && look(root) {
		return path, true
	}
	return "", namespace
}

// inside reports whether a folder lies in one of those at the top of projects.
func inside(tops map[string]bool, dir string) bool {
	for {
		if tops[dir] {
			return true
		}
		up := filepath.Dir(dir)
		if up == dir {
			return false
		}
		dir = up
	}
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
