package lsp

import "syscall"

const synchronize = 0x00100000 // the right to wait for a process

// alive reports whether there is a process with that id.
func alive(pid int) bool {
	if pid <= 0 {
		return false
	}
	process, err := syscall.OpenProcess(synchronize, false, uint32(pid))
	if err != nil {
		return false
	}
	defer func() { _ = syscall.CloseHandle(process) }()
	event, err := syscall.WaitForSingleObject(process, 0)
	return err == nil && event == syscall.WAIT_TIMEOUT
}
