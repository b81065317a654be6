package disk

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Store keeps small pieces of data between runs, each under a key of its own, in
// a folder that is for nothing else. What is damaged is as if it were not there.
// Runs may share it: an entry is replaced in one step.
type Store struct{ dir string }

// tag marks a folder as what can be made anew: backups leave it out, and only
// what has it is removed. See bford.info/cachedir.
const tag = "Signature: 8a477f597d28d172789f06886806bc55\n# Results of earlier runs of sessionlint. It may be removed at any time.\n"

const tagName = "CACHEDIR.TAG"

// maxAge is how long an entry is kept that is not written again.
const maxAge = 30 * 24 * time.Hour

// OpenStore returns the store in a folder, which it makes if need be, with a
// .gitignore so that nobody commits it.
func OpenStore(dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	for name, text := range map[string]string{".gitignore": "*\n", tagName: tag} {
		path := filepath.Join(dir, name)
		if have, err := os.ReadFile(path); err == nil && string(have) == text {
			continue
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			return nil, err
		}
	}
	return &Store{dir}, nil
}

func (s *Store) path(key string) string {
	sum := fmt.Sprintf("%x", sha256.Sum256([]byte(key)))
	return filepath.Join(s.dir, sum[:2], sum[2:34])
}

// Get returns what was kept under a key; ok is false if there is nothing, or it
// is damaged. The data is the caller's.
func (s *Store) Get(key string) (data []byte, ok bool) {
	all, err := os.ReadFile(s.path(key))
	if err != nil || len(all) < sha256.Size {
		return nil, false
	}
	sum := sha256.Sum256(all[sha256.Size:])
	return all[sha256.Size:], bytes.Equal(sum[:], all[:sha256.Size])
}

// Put keeps data under a key in place of what was kept before.
func (s *Store) Put(key string, data []byte) (err error) {
	path := s.path(key)
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(dir, "new-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = tmp.Close()           // closed already, or of no interest beside err
			_ = os.Remove(tmp.Name()) // it is removed when it is old
		}
	}()
	sum := sha256.Sum256(data)
	if _, err := tmp.Write(append(sum[:], data...)); err != nil {
		return err
	}
	if err := tmp.Close(); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}

// Prune removes what is old, if that was not done since yesterday. What cannot be
// removed stays.
func (s *Store) Prune(now time.Time) {
	last := filepath.Join(s.dir, "pruned")
	if info, err := os.Stat(last); err == nil && now.Sub(info.ModTime()) < 24*time.Hour {
		return
	}
	if err := os.WriteFile(last, nil, 0o666); err != nil {
		return
	}
	_ = filepath.WalkDir(s.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Dir(path) == s.dir {
			return nil
		}
		if info, err := d.Info(); err == nil && now.Sub(info.ModTime()) > maxAge {
			_ = os.Remove(path)
		}
		return nil
	})
}

// RemoveStore removes a store's folder; found is false if there is none. A
// folder that something else made stays, which is an error.
func RemoveStore(dir string) (found bool, err error) {
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	have, err := os.ReadFile(filepath.Join(dir, tagName))
	if err != nil || !strings.HasPrefix(string(have), tag[:strings.IndexByte(tag, '\n')]) {
		return true, errors.New("it does not look like a cache of sessionlint's; remove it by hand if it is one")
	}
	return true, os.RemoveAll(dir)
}
