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

// skipped tells whether a directory is never walked into: it holds what tools
// made or what others wrote. A directory that is named on the command line is
// walked whatever its name is.
func skipped(name string) bool {
	switch name {
	case ".bzr", ".direnv", ".eggs", ".git", ".git-rewrite", ".hg", ".ipynb_checkpoints", ".mypy_cache",
		".nox", ".pants.d", ".pyenv", ".pytest_cache", ".pytype", ".ruff_cache", cacheName, ".svn", ".tox", ".venv",
		".vscode", "__pycache__", "__pypackages__", "_build", "buck-out", "build", "dist", "node_modules",
		"site-packages", "venv":
		return true
	}
	return false
}

// walker collects the files that are to be analysed.
type walker struct {
	cwd      string
	sources  []source
	problems []problem
}

// collect returns the files that the arguments mean, each once, sorted by
// path. It returns an error only if ctx ends.
func collect(ctx context.Context, cwd string, args []string) ([]source, []problem, error) {
	w := &walker{cwd: cwd}
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
	for _, e := range entries {
		abs := filepath.Join(dir, e.Name())
		switch {
		case e.IsDir() && !skipped(e.Name()):
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
		case !e.IsDir() && strings.HasSuffix(e.Name(), ".py") && !g.ignored(filepath.ToSlash(abs), false):
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
