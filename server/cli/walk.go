package cli

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
	"sessionlint/server/disk"
)

// source is a file to analyse.
type source struct {
	path string // as the user sees it: relative to the working directory if it lies in it
	abs  string // absolute, for the engine and for opening it
	real string // absolute, with symbolic links resolved: what is written to
}

// linked reports whether a symbolic link leads to the file.
func (s source) linked() bool { return s.abs != s.real }

// problem is a file that could not be analysed, or not completely.
type problem struct {
	path    string
	message string // what happened and what to do
	detail  string // lines for a bug report, or ""
}

// walker collects the files that are to be analysed. What the configuration
// excludes is left out where a walk comes upon it; what is named on the command
// line is analysed all the same, unless it is told to be left out too.
type walker struct {
	cwd      string
	loader   *config.Loader
	force    bool // leave out what is named and excluded
	sources  []source
	problems []problem
}

// collect returns the files that the arguments mean, each once, sorted by
// path. It returns an error only if ctx ends.
func (w *walker) collect(ctx context.Context, args []string) ([]source, []problem, error) {
	for _, arg := range args {
		if err := w.argument(ctx, arg); err != nil {
			return nil, nil, err
		}
	}
	byPath := func(a, b source) int { return cmp.Compare(a.path, b.path) }
	slices.SortFunc(w.sources, func(a, b source) int {
		switch {
		case a.linked() == b.linked():
			return byPath(a, b)
		case a.linked():
			return 1 // of a file and a link to it, the file is reported
		}
		return -1
	})
	seen := map[string]bool{}
	w.sources = slices.DeleteFunc(w.sources, func(s source) bool {
		again := seen[s.real]
		seen[s.real] = true
		return again
	})
	slices.SortFunc(w.sources, byPath)
	return w.sources, w.problems, nil
}

func (w *walker) argument(ctx context.Context, arg string) error {
	abs := within(w.cwd, arg)
	if _, err := os.Lstat(abs); errors.Is(err, fs.ErrNotExist) {
		w.problem(abs, "does not exist; check the spelling of the path")
		return nil
	}
	if w.force && w.excluded(abs) {
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

// excluded reports whether the configuration leaves a path out, or a folder that
// it is in. The folder of a project, and the one that the program is run in, are
// not left out by what they are called.
func (w *walker) excluded(abs string) bool {
	top := disk.Top(abs)
	if below(top, w.cwd) {
		top = w.cwd
	}
	return abs != top && w.loader.For(abs).Excluded(abs, top)
}

// walk collects the Python files in a directory. It does not follow links to
// other directories: what they lead to is analysed where it is.
func (w *walker) walk(ctx context.Context, dir, real string, g *ignores) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		w.problem(dir, "cannot list this folder: "+disk.Reason(err)+"; grant access to it or add it to .gitignore")
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
		w.sources = append(w.sources, source{w.display(abs), abs, filepath.Join(realDir, e.Name())})
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
	w.sources = append(w.sources, source{w.display(abs), abs, real})
}

func (w *walker) problem(abs, message string) {
	w.problems = append(w.problems, problem{path: w.display(abs), message: message})
}

// display returns a path as the user sees it.
func (w *walker) display(abs string) string {
	if rel, err := filepath.Rel(w.cwd, abs); err == nil && filepath.IsLocal(rel) {
		return rel
	}
	return abs
}
