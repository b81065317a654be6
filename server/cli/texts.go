package cli

import (
	"crypto/sha256"
	"encoding/base64"
	"sync"

	"sessionlint/server/disk"
)

// texts is the files of a run, and what they held when they were read. It is safe
// for concurrent use.
type texts struct {
	*disk.Tree
	mu    sync.Mutex
	sums  map[string]string // by path
	moved map[string]bool   // by path: somebody wrote it in the course of the run
}

func newTexts() *texts {
	return &texts{Tree: disk.NewTree(), sums: map[string]string{}, moved: map[string]bool{}}
}

// unreadable is the sum of a file that cannot be read.
const unreadable = ""

// sumOf returns a number that tells texts apart.
func sumOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.RawURLEncoding.EncodeToString(sum[:18])
}

// Read implements [analysis.Source].
func (t *texts) Read(path string) (string, error) {
	text, err := t.Tree.Read(path)
	if err != nil {
		t.saw(path, unreadable)
	} else {
		t.saw(path, sumOf(text))
	}
	return text, err
}

// content returns what a file to be checked holds. Its error is for the user.
func (t *texts) content(s disk.Source) (disk.Content, error) {
	c, err := disk.ReadFile(s.Path)
	if err == nil {
		t.saw(s.Path, sumOf(c.Text))
	}
	return c, err
}

// saw remembers what a file held.
func (t *texts) saw(path, sum string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if old, known := t.sums[path]; known && old != sum {
		t.moved[path] = true
	}
	t.sums[path] = sum
}

// sum returns what a file held when it was read, which it is if it was not; ok is
// false if that changed in the course of the run.
func (t *texts) sum(path string) (sum string, ok bool) {
	t.mu.Lock()
	sum, known := t.sums[path]
	t.mu.Unlock()
	if !known {
		_, _ = t.Read(path) // why it cannot be read is told where it is checked
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.sums[path], !t.moved[path]
}
