package cli

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
)

// replaceFile gives a file new content in one step: whoever reads it sees the
// old content or the new, also after a crash. It keeps the file's mode and,
// where the system lets it, its owner. It changes nothing and returns
// errChanged if the file does not hold the bytes of before any more.
//
// path must not be a symbolic link, which would be replaced by a file.
func replaceFile(path, before, after string) (err error) {
	// A file that must not be written stays, also where its folder lets it be replaced.
	old, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	info, err := old.Stat()
	_ = old.Close() // nothing was written
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return errors.New("it is not a regular file")
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), ".sessionlint-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = tmp.Close()           // closed already, or of no interest beside err
			_ = os.Remove(tmp.Name()) // nothing better can be done if it stays
		}
	}()
	if _, err := tmp.WriteString(after); err != nil {
		return err
	}
	// The owner comes first: changing it takes bits away from the mode.
	keepOwner(tmp, info)
	if err := tmp.Chmod(info.Mode()); err != nil {
		return err
	}
	if err := tmp.Sync(); err != nil {
		return err
	}
	if err := tmp.Close(); err != nil {
		return err
	}
	now, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if !bytes.Equal(now, []byte(before)) {
		return errChanged
	}
	return os.Rename(tmp.Name(), path)
}
