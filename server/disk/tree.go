package disk

import (
	"os"
	"path/filepath"
	"sync"

	"sessionlint/analysis/project"
)

// Tree is the files of a workspace. It reads each folder once, and keeps what is
// in it until it is told of a change. It is safe for concurrent use.
type Tree struct {
	mu      sync.Mutex
	folders map[string]map[string]bool // by path: the names in them, and whether they are folders
}

// NewTree returns a tree that has read nothing yet.
func NewTree() *Tree { return &Tree{folders: map[string]map[string]bool{}} }

// Read returns the text of a file without its byte order mark. The error is the
// message for the user.
func (t *Tree) Read(path string) (string, error) {
	c, err := ReadFile(path)
	return c.Text, err
}

// IsFile reports whether there is a file at a path, of those that matter: modules
// of Python, configurations and requirements.
func (t *Tree) IsFile(path string) bool {
	folder, found := t.list(filepath.Dir(path))[filepath.Base(path)]
	return found && !folder
}

// IsDir reports whether there is a folder at a path.
func (t *Tree) IsDir(path string) bool {
	return t.list(filepath.Dir(path))[filepath.Base(path)]
}

func (t *Tree) list(dir string) map[string]bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if names, ok := t.folders[dir]; ok {
		return names
	}
	names := map[string]bool{}
	entries, _ := os.ReadDir(dir) // one that cannot be read has nothing that can be imported
	for _, e := range entries {
		folder := e.IsDir()
		if e.Type()&os.ModeSymlink != 0 {
			info, err := os.Stat(filepath.Join(dir, e.Name()))
			if err != nil {
				continue
			}
			folder = info.IsDir()
		}
		if folder || matters(e.Name()) {
			names[e.Name()] = folder
		}
	}
	t.folders[dir] = names
	return names
}

// matters reports whether anybody asks for a file of that name.
func matters(name string) bool {
	switch filepath.Ext(name) {
	case ".py", ".toml", ".lock":
		return true
	}
	return name == "requirements.txt" || name == "setup.cfg"
}

// Changed forgets what is known of the folders around paths that were changed,
// made or removed.
func (t *Tree) Changed(paths ...string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, p := range paths {
		// With a file, the folders above it may have come or gone: nobody tells of them.
		for dir := filepath.Dir(p); ; dir = filepath.Dir(dir) {
			delete(t.folders, dir)
			if dir == filepath.Dir(dir) {
				break
			}
		}
	}
	touched := project.Touched(paths)
	for dir := range t.folders { // a folder that is gone, or came
		if touched(dir) {
			delete(t.folders, dir)
		}
	}
}

// Top returns the folder of the project that a file or folder belongs to: the
// outermost one above it with a pyproject.toml, setup.py or setup.cfg within its
// repository, else that of the repository, else the current folder cwd if it lies
// in that, else the folder that holds its packages.
func Top(path, cwd string) string {
	dir := path
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		dir = filepath.Dir(path)
	}
	top := ""
	for at := dir; ; at = filepath.Dir(at) {
		for _, name := range []string{"pyproject.toml", "setup.py", "setup.cfg"} {
			if _, err := os.Stat(filepath.Join(at, name)); err == nil {
				top = at
			}
		}
		for _, name := range []string{".git", ".hg"} {
			if _, err := os.Stat(filepath.Join(at, name)); err == nil {
				return at
			}
		}
		if at == filepath.Dir(at) {
			break
		}
	}
	if top != "" {
		return top
	}
	if rel, err := filepath.Rel(cwd, dir); err == nil && filepath.IsLocal(rel) {
		return cwd
	}
	for at := dir; at != filepath.Dir(at); at = filepath.Dir(at) {
		if _, err := os.Stat(filepath.Join(at, "__init__.py")); err != nil {
			return at
		}
	}
	return dir
}
