package disk_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"sessionlint/server/disk"
)

func openStore(t *testing.T, dir string) *disk.Store {
	t.Helper()
	s, err := disk.OpenStore(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// entries returns the files in which a store keeps data.
func entries(t *testing.T, dir string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "??", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestStoreKeeps(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "cache")
	s := openStore(t, dir)
	if _, ok := s.Get("a"); ok {
		t.Fatal("an empty store has something")
	}
	for _, text := range []string{"one", "another", ""} {
		if err := s.Put("a", []byte(text)); err != nil {
			t.Fatal(err)
		}
		if got, ok := openStore(t, dir).Get("a"); !ok || string(got) != text {
			t.Errorf("got %q, %v after %q was put", got, ok, text)
		}
	}
	if _, ok := s.Get("b"); ok {
		t.Error("another key has the same data")
	}
	if text, err := os.ReadFile(filepath.Join(dir, ".gitignore")); err != nil || string(text) != "*\n" {
		t.Errorf("the folder's .gitignore is %q (%v)", text, err)
	}
}

// TestDamageIsNothing changes, cuts and lengthens an entry at every byte.
func TestDamageIsNothing(t *testing.T) {
	dir := t.TempDir()
	s := openStore(t, dir)
	if err := s.Put("a", []byte("what was found")); err != nil {
		t.Fatal(err)
	}
	path := entries(t, dir)[0]
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	damaged := [][]byte{append(bytes.Clone(whole), 'x')}
	for n := range whole {
		other := bytes.Clone(whole)
		other[n]++
		damaged = append(damaged, whole[:n], other)
	}
	for _, d := range damaged {
		if err := os.WriteFile(path, d, 0o666); err != nil {
			t.Fatal(err)
		}
		if got, ok := s.Get("a"); ok {
			t.Fatalf("%q came out of a damaged entry", got)
		}
	}
	if err := s.Put("a", []byte("anew")); err != nil {
		t.Fatal(err)
	}
	if got, ok := s.Get("a"); !ok || string(got) != "anew" {
		t.Errorf("got %q, %v after the damage was mended", got, ok)
	}
}

func TestRunsShareAStore(t *testing.T) {
	dir := t.TempDir()
	var runs sync.WaitGroup
	for n := range 8 {
		runs.Go(func() {
			s := openStore(t, dir)
			text := strings.Repeat(string(rune('a'+n)), 10_000)
			for range 50 {
				if err := s.Put("one", []byte(text)); err != nil {
					t.Error(err)
				}
				if got, ok := s.Get("one"); !ok || strings.Trim(string(got), string(got[:1])) != "" || len(got) != len(text) {
					t.Error("an entry was mixed with another")
				}
			}
		})
	}
	runs.Wait()
}

func TestOldEntriesGo(t *testing.T) {
	dir := t.TempDir()
	s := openStore(t, dir)
	for _, key := range []string{"old", "new"} {
		if err := s.Put(key, []byte(key)); err != nil {
			t.Fatal(err)
		}
		if key == "old" {
			past := time.Now().Add(-40 * 24 * time.Hour)
			if err := os.Chtimes(entries(t, dir)[0], past, past); err != nil {
				t.Fatal(err)
			}
		}
	}
	s.Prune(time.Now())
	if _, ok := s.Get("old"); ok {
		t.Error("an old entry is kept")
	}
	if _, ok := s.Get("new"); !ok {
		t.Error("a new entry is gone")
	}
}

func TestRemoveStore(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "cache")
	if found, err := disk.RemoveStore(dir); found || err != nil {
		t.Errorf("removing what is not there: %v, %v", found, err)
	}
	openStore(t, dir)
	if found, err := disk.RemoveStore(dir); !found || err != nil {
		t.Errorf("removing a store: %v, %v", found, err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "mine"), 0o777); err != nil {
		t.Fatal(err)
	}
	if _, err := disk.RemoveStore(dir); err == nil {
		t.Error("a folder of somebody else's was removed")
	}
}
