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
	v := &Verdict{}
	return v, r.ask(map[string]any{"text": text, "faults": faults, "limit": limit}, v)
}

// Twins is how two versions of a program differ.
type Twins struct {
	Ways        int    // how many pairs of runs were given the same answers
	Invalid     string // what Python objects to, and in which version: "after: ..."
	Differences []Difference
}

// Difference is a way on which something else comes of another version.
type Difference struct {
	Way           map[string]any
	Noted         []string // what went wrong before: "leak", "lost"
	NotedAfter    []string
	Before, After any // what was raised and returned, and the rows
}

// Compare runs two versions of a program along all ways on which the application
// is given the same answers. The database answers everything.
func (r *Runner) Compare(before, after string, faults, limit int) (*Twins, error) {
	v := &Twins{}
	return v, r.ask(map[string]any{"text": before, "after": after, "faults": faults, "limit": limit}, v)
}

func (r *Runner) ask(question map[string]any, answer any) error {
	request, err := json.Marshal(question)
	if err != nil {
		return err
	}
	if _, err := r.in.Write(append(request, '\n')); err != nil {
		return fmt.Errorf("ask the oracle's worker: %w", err)
	}
	if !r.out.Scan() {
		return fmt.Errorf("the oracle's worker ended: %w; it was given:\n%s", errors.Join(io.ErrUnexpectedEOF, r.out.Err()), question["text"])
	}
	if err := json.Unmarshal(r.out.Bytes(), answer); err != nil {
		return fmt.Errorf("read the oracle's worker: %w", err)
	}
	return nil
}

// Close ends the process.
func (r *Runner) Close() error {
	if err := r.in.Close(); err != nil {
		return err
	}
	return r.cmd.Wait()
}
