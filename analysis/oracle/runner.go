package oracle

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
)

// Runner is a Python process that runs programs along all their ways. It may be
// used by one goroutine at a time.
type Runner struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Scanner
}

// Verdict is what a program did under SQLAlchemy.
type Verdict struct {
	Paths    int    // how many ways were run
	Complete bool   // whether these are all
	Invalid  string // what Python itself objects to; the rest is void then
	Notes    []Note
	Entered  []string // the helpers that were called on some way
}

// Note is one thing that went wrong on some way.
type Note struct {
	Kind  string
	Level string
	Way   []int // the outcomes that were chosen
}

// NewRunner starts the worker of a directory under an interpreter.
func NewRunner(python, dir string) (*Runner, error) {
	cmd := exec.Command(python, "-B", "-W", "ignore", "worker.py")
	cmd.Dir = dir
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the oracle's worker: %w", err)
	}
	r := &Runner{cmd: cmd, in: in, out: bufio.NewScanner(out)}
	r.out.Buffer(nil, 1<<20)
	return r, nil
}

// Run runs a program. Up to so many calls fail in one run, and up to limit ways are taken.
func (r *Runner) Run(text string, faults, limit int) (*Verdict, error) {
	request, err := json.Marshal(map[string]any{"text": text, "faults": faults, "limit": limit})
	if err != nil {
		return nil, err
	}
	if _, err := r.in.Write(append(request, '\n')); err != nil {
		return nil, fmt.Errorf("ask the oracle's worker: %w", err)
	}
	if !r.out.Scan() {
		return nil, fmt.Errorf("the oracle's worker ended: %w; it was given:\n%s", errors.Join(io.ErrUnexpectedEOF, r.out.Err()), text)
	}
	v := &Verdict{}
	if err := json.Unmarshal(r.out.Bytes(), v); err != nil {
		return nil, fmt.Errorf("read the oracle's worker: %w", err)
	}
	return v, nil
}

// Close ends the process.
func (r *Runner) Close() error {
	if err := r.in.Close(); err != nil {
		return err
	}
	return r.cmd.Wait()
}
