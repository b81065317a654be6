package disk

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sessionlint/analysis/config"
)

// Source is a file to analyse.
type Source struct {
	Shown string // as the user sees it: relative to the working directory if it lies in it
	Path  string // absolute, for the engine and for opening it
	Real  string // absolute, with symbolic links resolved: what is written to
}

// linked reports whether a symbolic link leads to the file.
func (s Source) linked() bool { return s.Path != s.Real }

// Problem is a file that could not be analysed, or not completely.
type Problem struct {
	Shown   string // its path, as the user sees it
	Message string // what happened and what to do
	Detail  string // lines for a bug report, or ""
}

// CacheName is the folder of the results of earlier runs, in that of a project.
const CacheName = ".sessionlint_cache"

// walker collects the files that are to be analysed. What the configuration
// excludes is left out where a walk comes upon it; what is named on the command
// line is analysed all the same, unless it is told to be left out too.
type walker struct {
	cwd      string
	loader   *config.Loader
	force    bool // leave out what is named and excluded
	sources  []Source
	problems []Problem
}

// Collect returns the files that paths mean, each once, sorted by path, and what
// cannot be read on the way. Relative paths are relative to cwd. What the
// configuration excludes is not walked into, and with force is left out where it
// is named too. It returns an error only if ctx ends.
func Collect(ctx context.Context, cwd string, args []string, loader *config.Loader, force bool) ([]Source, []Problem, error) {
	w := &walker{cwd: cwd, loader: loader, force: force}
	for _, arg := range args {
		if err := w.argument(ctx, arg); err != nil {
			return nil, nil, err
		}
	}
	byPath := func(a, b Source) int { return cmp.Compare(a.Shown, b.Shown) }
	slices.SortFunc(w.sources, func(a, b Source) int {
		switch {
		case a.linked() == b.linked():
			return byPath(a, b)
		case a.linked():
			return 1 // of a file and a link to it, the file is reported
		}
		return -1
	})
	seen := map[string]bool{}
	w.sources = slices.DeleteFunc(w.sources, func(s Source) bool {
		again := seen[s.Real]
		seen[s.Real] = true
		return again
	})
	slices.SortFunc(w.sources, byPath)
	return w.sources, w.problems, nil
}

func (w *walker) argument(ctx context.Context, arg string) error {
	abs := Within(w.cwd, arg)
	if _, err := os.Lstat(abs); errors.Is(err, fs.ErrNotExist) {
		w.problem(abs, "does not exist; check the spelling of the path")
		return nil
	}
	if w.force && Excluded(w.loader, abs, w.cwd) {
		return nil
	}
	if info, err := os.Stat(abs); err == nil && info.IsDir() {
		real, err := filepath.EvalSymlinks(abs)
		if err != nil {
			real = abs
		}
		return w.walk(ctx, abs, real, ignoresAbove(abs, w.cwd))
	}
	w.add(abs)
	return nil
}

// Excluded reports whether the configuration leaves a path out, or a folder that
// it is in. The folder of a project, and the current folder cwd, are not left out
// by what they are called.
func Excluded(loader *config.Loader, path, cwd string) bool {
	top := Top(path, cwd)
	if below(top, cwd) {
		top = cwd
	}
	return path != top && loader.For(path).Excluded(path, top)
}

// walk collects the Python files in a directory. It does not follow links to
// other directories: what they lead to is analysed where it is.
func (w *walker) walk(ctx context.Context, dir, real string, g *ignores) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		w.problem(dir, "cannot list this folder: "+Reason(err)+"; grant access to it or add it to .gitignore")
	}
	g = g.with(dir, filepath.Join(dir, ".gitignore"))
	settings := w.loader.Folder(dir)
	for _, e := range entries {
		abs := filepath.Join(dir, e.Name())
		switch {
		case !e.IsDir() && !strings.HasSuffix(e.Name(), ".py"), settings.Excludes(abs):
		case e.IsDir():
			if g.ignored(filepath.ToSlash(abs), true) {
				continue
			}
			inner := g
			if isRepository(abs) {
				inner = excludes(abs) // another repository: the patterns of this one end here
			}
			if err := w.walk(ctx, abs, filepath.Join(real, e.Name()), inner); err != nil {
				return err
			}
		case !g.ignored(filepath.ToSlash(abs), false):
			w.found(e, abs, real)
		}
	}
	return nil
}

// found adds a Python file that a walk came upon.
func (w *walker) found(e fs.DirEntry, abs, realDir string) {
	switch {
	case e.Type().IsRegular():
		w.sources = append(w.sources, Source{w.display(abs), abs, filepath.Join(realDir, e.Name())})
	case e.Type()&fs.ModeSymlink != 0:
		if info, err := os.Stat(abs); err == nil && info.IsDir() {
			return
		}
		w.add(abs)
	}
	// Sockets and pipes hold no source; to open one might never return.
}

// add adds a file that may be a symbolic link.
func (w *walker) add(abs string) {
	real, err := filepath.EvalSymlinks(abs)
	if err != nil {
		real = abs // reading it tells what is wrong
	}
	w.sources = append(w.sources, Source{w.display(abs), abs, real})
}

func (w *walker) problem(abs, message string) {
	w.problems = append(w.problems, Problem{Shown: w.display(abs), Message: message})
}

func (w *walker) display(abs string) string { return Shown(w.cwd, abs) }

// Shown returns an absolute path as the user sees it who works in cwd.
func Shown(cwd, path string) string {
	if rel, err := filepath.Rel(cwd, path); err == nil && filepath.IsLocal(rel) {
		return rel
	}
	return path
}
