// Package conformance_test drives the program as editors do, and holds every message
// of it against the protocol's meta-model and against what the editor can do.
package conformance_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// patience is how long a message may take that has to come.
const patience = 30 * time.Second

// program is what is tested, as a user would build it.
var program string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "conformance")
		if err != nil {
			panic(err)
		}
		defer func() { _ = os.RemoveAll(dir) }() // what is left is the system's to clean
		program = filepath.Join(dir, "sessionlint")
		if out, err := exec.Command("go", "build", "-o", program, "sessionlint/server/cmd/sessionlint").CombinedOutput(); err != nil {
			panic(fmt.Sprintf("%v\n%s", err, out))
		}
		return m.Run()
	}())
}

type object = map[string]any

type message struct {
	JSONRPC string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id"`
	Method  string          `json:"method"`
	Params  any             `json:"params"`
	Result  any             `json:"result"`
	Error   *failure        `json:"error"`
}

type failure struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
	Data    any    `json:"data"`
}

// editor is one that follows the protocol to the letter, and does not forgive a
// server that does not.
type editor struct {
	t       testing.TB
	model   *model
	in      io.WriteCloser
	process *exec.Cmd
	log     *logbook
	coming  chan message

	capabilities any               // its own
	offered      any               // the server's
	asked        map[string]string // methods of requests that wait for their answers, by id
	next         int
	published    map[string][]publication // that nobody has looked at, by URI
	tokens       map[string]bool          // of progress that the server was allowed to show
	files        map[string]*file         // that are open, by URI
}

type publication struct {
	version any
	items   []any
}

// logbook is what the program writes to the standard error.
type logbook struct {
	mu sync.Mutex
	bytes.Buffer
}

func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.Buffer.Write(p)
}

func (l *logbook) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.String()
}

// launch starts the program in a folder.
func launch(t testing.TB, dir string) *editor {
	t.Helper()
	m, err := loadModel()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "server")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "XDG_CACHE_HOME="+t.TempDir())
	e := &editor{
		t: t, model: m, process: cmd, log: &logbook{}, coming: make(chan message, 1000),
		asked: map[string]string{}, published: map[string][]publication{}, tokens: map[string]bool{}, files: map[string]*file{},
	}
	cmd.Stderr = e.log
	out, err := cmd.StdoutPipe()
	if err == nil {
		e.in, err = cmd.StdinPipe()
	}
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() }) // it has ended if all went well
	go e.read(bufio.NewReader(out))
	return e
}

func (e *editor) read(from *bufio.Reader) {
	defer close(e.coming)
	for {
		line, err := from.ReadString('\n')
		if err == io.EOF && line == "" {
			return
		}
		length, ok := strings.CutPrefix(strings.TrimSuffix(line, "\r\n"), "Content-Length: ")
		n, nerr := strconv.Atoi(length)
		if err != nil || !ok || nerr != nil {
			e.coming <- message{Method: fmt.Sprintf("bad header %q", line)}
			return
		}
		body := make([]byte, n+2)
		_, err = io.ReadFull(from, body)
		var m message
		decoder := json.NewDecoder(bytes.NewReader(body))
		decoder.UseNumber()
		if err == nil {
			err = decoder.Decode(&m)
		}
		if err != nil {
			m = message{Method: "bad message: " + err.Error()}
		}
		e.coming <- m
	}
}

func (e *editor) write(v object) {
	e.t.Helper()
	v["jsonrpc"] = "2.0"
	body, err := json.Marshal(v)
	if err == nil {
		_, err = fmt.Fprintf(e.in, "Content-Length: %d\r\n\r\n%s", len(body), body)
	}
	if err != nil {
		e.t.Fatalf("writing: %v; the program says:\n%s", err, e.log.text())
	}
}

func (e *editor) notify(method string, params any) {
	e.t.Helper()
	v := object{"method": method}
	if params != nil {
		v["params"] = params
	}
	e.write(v)
}

func (e *editor) request(method string, params any) (id string) {
	e.t.Helper()
	e.next++
	id = strconv.Itoa(e.next)
	e.asked[id] = method
	v := object{"id": e.next, "method": method}
	if params != nil {
		v["params"] = params
	}
	e.write(v)
	return id
}

// call returns the result of a request.
func (e *editor) call(method string, params any) any {
	e.t.Helper()
	m := e.answer(e.request(method, params))
	if m.Error != nil {
		e.t.Fatalf("%s: %+v", method, *m.Error)
	}
	return m.Result
}

// answer returns the answer to a request, and heeds what comes before it.
func (e *editor) answer(id string) message {
	e.t.Helper()
	var found *message
	e.until("the answer to "+e.asked[id], func(m message) bool {
		if m.Method == "" && string(m.ID) == id {
			found = &m
		}
		return found != nil
	})
	return *found
}

// until heeds messages until one is the last.
func (e *editor) until(what string, last func(message) bool) {
	e.t.Helper()
	timeout := time.After(patience)
	for {
		select {
		case m, ok := <-e.coming:
			if !ok {
				e.t.Fatalf("the program ended before %s; it says:\n%s", what, e.log.text())
			}
			e.heed(m)
			if last(m) {
				return
			}
		case <-timeout:
			e.t.Fatalf("%s does not come; the program says:\n%s", what, e.log.text())
		}
	}
}

// has reports whether a capability, named by its path, is there and not false.
func has(capabilities any, path string) bool {
	v := get(capabilities, path)
	return v != nil && v != false
}

func get(v any, path string) any {
	for name := range strings.SplitSeq(path, ".") {
		fields, _ := v.(map[string]any)
		v = fields[name]
	}
	return v
}

// end shuts the server down, and fails unless it ends as it should and every request
// was answered.
func (e *editor) end() {
	e.t.Helper()
	if r := e.call("shutdown", nil); r != nil {
		e.t.Errorf("shutdown gives %v", r)
	}
	if m := e.answer(e.request("textDocument/hover", object{})); m.Error == nil || m.Error.Code != -32600 {
		e.t.Errorf("after shutdown: %+v", m)
	}
	e.notify("exit", nil)
	for m := range e.coming {
		e.heed(m)
	}
	if err := e.process.Wait(); err != nil {
		e.t.Errorf("the program ends with %v; it says:\n%s", err, e.log.text())
	}
	for id, method := range e.asked {
		e.t.Errorf("request %s (%s) has no answer", id, method)
	}
	for uri, list := range e.published {
		if len(list) > 0 {
			e.t.Errorf("publications about %s that nothing has led to: %v", uri, list)
		}
	}
}
