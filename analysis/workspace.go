package analysis

import (
	"container/list"
	"sync"

	"sessionlint/analysis/project"
	"sessionlint/analysis/python"
	"sessionlint/analysis/session"
)

// Source gives the files of a workspace. Its methods may be called by many
// goroutines.
type Source interface {
	project.Files
	// Read returns the text of a file.
	Read(path string) (string, error)
}

// Workspace is all the files that findings can hang on. It reads a file when
// another one asks for it, and forgets its text again when many others were
// asked for since. It is safe for concurrent use.
type Workspace struct {
	source Source
	finder *project.Finder

	mu     sync.Mutex
	files  map[string]*held
	recent *list.List // of paths of files that are not open, the one asked for last in front
	bytes  int        // of the texts of files that are not open
	round  uint64
	writes int // how often files were changed on disk
}

// held is a file of a workspace.
type held struct {
	file   *session.File // nil if it cannot be read
	bytes  int
	recent *list.Element // nil if it is open
	open   *Snapshot     // what the editor has
}

// now returns the file. What an editor has is read when somebody asks for it, and
// not while the workspace is locked: edits must not wait.
func (h *held) now() *session.File {
	if h.open != nil {
		return h.open.names()
	}
	return h.file
}

// maxBytes bounds the texts of the files that are not open. Their trees take
// about twenty times as much.
const maxBytes = 8 << 20

// NewWorkspace returns a workspace of the files of a source. tops are the folders
// of its projects.
func NewWorkspace(source Source, tops []string) *Workspace {
	w := &Workspace{source: source, files: map[string]*held{}, recent: list.New(), round: 1}
	w.finder = project.NewFinder(onDiskOrOpen{w}, tops)
	return w
}

// onDiskOrOpen is the files of a workspace: an editor can have one that is not
// on disk yet.
type onDiskOrOpen struct{ *Workspace }

func (f onDiskOrOpen) IsFile(path string) bool { return f.isOpen(path) || f.source.IsFile(path) }

func (f onDiskOrOpen) IsDir(path string) bool { return f.source.IsDir(path) }

func (w *Workspace) isOpen(path string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	h := w.files[path]
	return h != nil && h.open != nil
}

// Know tells the workspace of Python files that there are: the packages that they
// make can be imported wherever they lie.
func (w *Workspace) Know(files []string) {
	w.finder.Know(files)
	w.Changed()
}

// Within makes other folders those of the workspace's projects.
func (w *Workspace) Within(tops []string) {
	w.finder.Within(tops)
	w.Changed()
}

// Round implements [session.World].
func (w *Workspace) Round() uint64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.round
}

// Locate implements [session.World].
func (w *Workspace) Locate(from, module string) (string, bool) { return w.finder.Locate(from, module) }

// Current reports whether a file is as the workspace has it.
func (w *Workspace) Current(f *session.File) bool {
	w.mu.Lock()
	h := w.files[f.Path]
	w.mu.Unlock()
	return h != nil && h.now() == f
}

// Open implements [session.World].
func (w *Workspace) Open(path string) *session.File {
	if f, ok := w.held(path); ok {
		return f
	}
	w.mu.Lock()
	writes := w.writes
	w.mu.Unlock()
	text, err := w.source.Read(path)
	if err != nil {
		return w.hold(path, nil, 0, writes)
	}
	return w.hold(path, newFile(path, text), len(text), writes)
}

func newFile(path, text string) *session.File {
	p := python.NewParser()
	defer p.Close()
	f := p.Parse(text)
	return session.NewFile(path, f, project.NewModule(f))
}

func (w *Workspace) held(path string) (*session.File, bool) {
	w.mu.Lock()
	h := w.files[path]
	if h != nil && h.recent != nil {
		w.recent.MoveToFront(h.recent)
	}
	w.mu.Unlock()
	if h == nil {
		return nil, false
	}
	return h.now(), true
}

// hold keeps a file that was read, unless another goroutine was faster. It does not
// if files were changed on disk since the reading began: it may have been this one.
func (w *Workspace) hold(path string, f *session.File, bytes, writes int) *session.File {
	w.mu.Lock()
	if h := w.files[path]; h != nil {
		w.mu.Unlock()
		return h.now()
	}
	defer w.mu.Unlock()
	if w.writes != writes {
		return f
	}
	w.files[path] = &held{file: f, bytes: bytes, recent: w.recent.PushFront(path)}
	w.bytes += bytes
	for w.bytes > maxBytes && w.recent.Len() > 1 {
		w.drop(w.recent.Back().Value.(string))
	}
	return f
}

// Forget drops the files that are not open, to make room: they are read again when
// somebody asks for them.
func (w *Workspace) Forget() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for w.recent.Len() > 0 {
		w.drop(w.recent.Back().Value.(string))
	}
}

func (w *Workspace) drop(path string) {
	if h := w.files[path]; h != nil && h.recent != nil {
		w.recent.Remove(h.recent)
		w.bytes -= h.bytes
		delete(w.files, path)
	}
}

// edited makes a snapshot what the workspace has of its file.
func (w *Workspace) edited(s *Snapshot) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.drop(s.Path)
	w.files[s.Path] = &held{open: s}
	w.round++
}

// closed makes the file on disk what the workspace has.
func (w *Workspace) closed(path string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.files, path)
	w.round++
}

// Changed tells the workspace that files, or folders with all that is in them,
// were changed, made or removed on disk.
func (w *Workspace) Changed(paths ...string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.round++
	if len(paths) == 0 {
		return
	}
	w.writes++
	touched := project.Touched(paths)
	for p := range w.files {
		if touched(p) {
			w.drop(p)
		}
	}
}
