//go:build unix

package lsp

import (
	"errors"
	"syscall"
)

// alive reports whether there is a process with that id.
func alive(pid int) bool {
	if pid <= 0 {
		return false // kill would mean a group of processes
	}
	err := syscall.Kill(pid, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}
