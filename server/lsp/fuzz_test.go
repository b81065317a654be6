package lsp_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sessionlint/analysis"
	"sessionlint/analysis/rule/all"
	"sessionlint/server/lsp"
)

// make fuzz runs more.
var (
	fuzzMessages = flag.Int("messages", 20_000, "how many mutated messages are sent")
	fuzzSeed     = flag.Uint64("seed", 0, "where the random numbers begin; 0 for anywhere")
)

func random(t *testing.T) *rand.Rand {
	seed := *fuzzSeed
	if seed == 0 {
		seed = uint64(time.Now().UnixNano())
	}
	t.Logf("seed %d", seed)
	return rand.New(rand.NewPCG(seed, 0))
}

// A conversation is what a client says, in JSON.
type conversation []string

// conversations are those of real editors and of other tests, recorded with --record.
func conversations(t *testing.T, root string) []conversation {
	t.Helper()
	paths, err := filepath.Glob("testdata/conversations/*.jsonl")
	if err != nil || len(paths) < 20 {
		t.Fatalf("%d conversations: %v", len(paths), err)
	}
	var out []conversation
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(strings.ReplaceAll(string(text), "$ROOT", root)), "\n")
		out = append(out, lines)
	}
	return out
}

// fuzzer is a client that says what no client should.
type fuzzer struct {
	*client
	r       *rand.Rand
	talks   []conversation
	root    string
	waiting map[string]string // requests that must be answered, by id
	sent    int
	ids     int
	pulls   bool
}

// TestMutatedMessages sends conversations of which messages are lost, come twice or in
// another order, or have other values or bytes than they should: the server lives, it
// answers every request once, and when all is quiet it finds what a fresh run does.
func TestMutatedMessages(t *testing.T) {
	r := random(t)
	root := t.TempDir()
	for name, text := range map[string]string{"app/__init__.py": "", "app/db.py": factory, "app/repo.py": helper, "app/views.py": caller, "sessionlint.toml": "[severity]\nSES1 = \"warning\"\n"} {
		writeFile(t, filepath.Join(root, name), text)
	}
	talks := conversations(t, root)
	for sent := 0; sent < *fuzzMessages; {
		c := connect(t, heeding, func(o *lsp.Options) { o.SetSettle(time.Millisecond); o.SetPatience(time.Second) })
		f := &fuzzer{client: c, r: r, talks: talks, root: root, waiting: map[string]string{}, ids: 1_000_000}
		sane := f.begin()
		for range 1 + r.IntN(10) {
			for range r.IntN(200) {
				f.disturb()
			}
			f.settle()
		}
		if sane {
			f.wantFresh()
		}
		f.farewell(sane)
		sent += f.sent
	}
}

// begin shakes hands, and reports whether as a client should.
func (f *fuzzer) begin() bool {
	talk := f.talks[f.r.IntN(len(f.talks))]
	first := talk[0]
	sane := f.r.IntN(5) > 0
	if !sane {
		for range 1 + f.r.IntN(4) {
			f.say(f.mutated(talk[f.r.IntN(len(talk))]))
		}
		first = f.mutated(first)
	}
	var m struct {
		Method string `json:"method"`
	}
	if json.Unmarshal([]byte(first), &m) != nil || m.Method != "initialize" {
		sane, first = false, `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}`
	}
	f.raw(first)
	if sane {
		answer := f.await("the answer to initialize", func(m message) bool { return m.Method == "" })
		var result struct{ Capabilities object }
		if err := json.Unmarshal(answer.Result, &result); err != nil {
			f.t.Fatalf("initialize: %s", f.marshal(answer))
		}
		f.pulls = result.Capabilities["diagnosticProvider"] != nil
	}
	f.notify("initialized", object{})
	return sane
}

// disturb sends a message of some conversation, mostly not as it was.
func (f *fuzzer) disturb() {
	talk := f.talks[f.r.IntN(len(f.talks))]
	at := 1 + f.r.IntN(len(talk)-1)
	switch f.r.IntN(10) {
	case 0: // as it came, and what followed
		for _, m := range talk[at:min(len(talk), at+1+f.r.IntN(6))] {
			f.say(m)
		}
	case 1:
		f.notify("$/cancelRequest", object{"id": f.ids - f.r.IntN(5)})
		f.sent++
	case 2:
		f.sent++
		f.raw(damaged(f.r, f.mutated(talk[at])))
	default:
		f.say(f.mutated(talk[at]))
	}
}

// say sends a message; a request gets an id of its own, so that its answer can be told.
func (f *fuzzer) say(text string) {
	f.sent++
	var m map[string]any
	if json.Unmarshal([]byte(text), &m) == nil {
		method, named := m["method"].(string)
		if method == "exit" || method == "shutdown" {
			return
		}
		switch m["id"].(type) {
		case float64, string:
			f.ids++
			m["id"] = f.ids
			text = f.marshal(m)
			if named && m["jsonrpc"] == "2.0" {
				f.waiting[fmt.Sprint(f.ids)] = text
			}
		}
	}
	f.raw(text)
}

// mutated returns a message with some other values.
func (f *fuzzer) mutated(text string) string {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var v any
	if decoder.Decode(&v) != nil {
		return text
	}
	for range 1 + f.r.IntN(3) {
		v = f.mutate(v)
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(v) != nil {
		return text
	}
	return strings.TrimSpace(out.String())
}

// mutate changes one value somewhere in a message.
func (f *fuzzer) mutate(v any) any {
	if f.r.IntN(6) == 0 {
		return f.other(v)
	}
	switch v := v.(type) {
	case map[string]any:
		keys := make([]string, 0, len(v))
		for key := range v {
			keys = append(keys, key)
		}
		if len(keys) == 0 {
			return f.other(v)
		}
		slices.Sort(keys)
		key := keys[f.r.IntN(len(keys))]
		if f.r.IntN(12) == 0 {
			delete(v, key)
		} else {
			v[key] = f.mutate(v[key])
		}
		return v
	case []any:
		if len(v) == 0 {
			return f.other(v)
		}
		n := f.r.IntN(len(v))
		switch f.r.IntN(6) {
		case 0:
			return slices.Delete(v, n, n+1)
		case 1:
			return append(v, v[n])
		}
		v[n] = f.mutate(v[n])
		return v
	}
	return f.other(v)
}

var strange = []any{
	nil, true, false, json.Number("-1"), json.Number("0"), json.Number("1"), json.Number("2147483647"), json.Number("2147483648"), json.Number("4294967296"),
	json.Number("9007199254740993"), json.Number("1e400"), json.Number("0.5"), json.Number("-0"), "", "\x00", "\ufeff", "\u2028", "😀", "\ufffd", "x", "\n", "def f(s):\n    s.commit()\n",
	"'''", "(", "# sessionlint: ignore", "with Session() as s:\n", "file:///", "file://%", "file:///a%20b%C3%BC%25.py", "untitled:Untitled-1", "file:///c%3A/a.py", "file://host/a.py", "\\", "..", "%s%n",
	[]any{}, map[string]any{}, []any{nil}, map[string]any{"": nil},
}

// other returns another value than the one that is there.
func (f *fuzzer) other(v any) any {
	switch f.r.IntN(12) {
	case 0:
		return strings.Repeat("(", 1<<f.r.IntN(14))
	case 1:
		return strings.Repeat(" def f(s):\n  s.commit()\n", 1<<f.r.IntN(8))
	case 2:
		var deep any = "x"
		for range f.r.IntN(2000) {
			deep = []any{deep}
		}
		return deep
	}
	switch v := v.(type) {
	case json.Number:
		if n, err := v.Int64(); err == nil && f.r.IntN(2) == 0 {
			return n + int64(f.r.IntN(7)) - 3
		}
	case string:
		if at := f.r.IntN(len(v) + 1); f.r.IntN(2) == 0 {
			return strings.ToValidUTF8(v[:at], "?") + "x\n" + strings.ToValidUTF8(v[at:], "?")
		}
	}
	return strange[f.r.IntN(len(strange))]
}

// damaged returns a body with other bytes.
func damaged(r *rand.Rand, text string) string {
	b := []byte(text)
	for range 1 + r.IntN(4) {
		n := r.IntN(len(b) + 1)
		switch r.IntN(4) {
		case 0:
			b = b[:n]
		case 1:
			b = slices.Insert(b, n, []byte(`\ud800`)...)
		case 2:
			b = slices.Insert(b, n, byte(r.IntN(256)))
		default:
			if n < len(b) {
				b[n] = byte(r.IntN(256))
			}
		}
	}
	if bytes.Contains(b, []byte("exit")) || bytes.Contains(b, []byte("shutdown")) {
		return text
	}
	return string(b)
}

// settle waits until every request is answered that must be, and answers the server's.
func (f *fuzzer) settle() {
	for id, text := range f.waiting { // one about the workspace may wait until something changes
		if strings.Contains(text, `"workspace/diagnostic"`) {
			f.raw(`{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":` + id + `}}`)
		}
	}
	f.ids++
	f.waiting[fmt.Sprint(f.ids)] = "the last one"
	f.raw(fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":"no/such","params":{}}`, f.ids))
	end := time.After(patience)
	for len(f.waiting) > 0 {
		select {
		case m, ok := <-f.coming:
			if !ok {
				f.t.Fatalf("the server has ended; it logged:\n%s", f.logged)
			}
			f.hear(m)
		case <-end:
			f.t.Fatalf("%d requests have no answer: %v; the server logged:\n%.4000s", len(f.waiting), f.waiting, f.logged)
		}
	}
}

func (f *fuzzer) hear(m message) {
	if m.Method == "window/showMessage" || strings.HasPrefix(m.Method, "bad message") {
		f.t.Fatalf("%s %s; the server logged:\n%s", m.Method, m.Params, f.logged)
	}
	if m.Method == "" {
		delete(f.waiting, string(m.ID))
		return
	}
	if len(m.ID) == 0 {
		return
	}
	switch f.r.IntN(4) {
	case 0:
		f.raw(damaged(f.r, f.marshal(object{"jsonrpc": "2.0", "id": m.ID, "result": nil})))
	case 1:
		f.raw(f.mutated(f.marshal(object{"jsonrpc": "2.0", "id": m.ID, "result": []any{object{"applied": true}, nil}})))
	case 2:
		f.raw(f.marshal(object{"jsonrpc": "2.0", "id": m.ID, "error": object{"code": -32601, "message": "no"}}))
	}
	f.raw(f.marshal(object{"jsonrpc": "2.0", "id": m.ID, "result": nil})) // for the server may not have taken the other one
}

// wantFresh opens a document, and fails unless what is found is what a fresh run finds.
func (f *fuzzer) wantFresh() {
	f.notify("workspace/didChangeConfiguration", object{"settings": object{"sessionlint": object{}}})
	uri := "file:///quiet/page.py"
	const text = typed + "\n\n" + leaking
	f.open(uri, 1, text)
	doc := analysis.NewEngine(all.Default()...).Open("/quiet/page.py", text)
	defer doc.Close()
	want, err := doc.Snapshot().Findings(context.Background())
	if err != nil {
		f.t.Fatalf("findings: %v", err)
	}
	var got []diagnostic
	if f.pulls {
		f.ids++
		f.raw(f.marshal(object{"jsonrpc": "2.0", "id": f.ids, "method": "textDocument/diagnostic", "params": object{"textDocument": object{"uri": uri}}}))
	}
	end := time.After(patience)
	for done := false; !done; {
		select {
		case m, ok := <-f.coming:
			if !ok {
				f.t.Fatalf("the server has ended; it logged:\n%s", f.logged)
			}
			f.hear(m)
			var p publication
			if f.pulls && m.Method == "" && string(m.ID) == fmt.Sprint(f.ids) {
				var r fileReport
				_ = json.Unmarshal(m.Result, &r) // no report has no items
				got, done = r.Items, true
			} else if m.Method == "textDocument/publishDiagnostics" && json.Unmarshal(m.Params, &p) == nil && p.URI == uri {
				got, done = p.Diagnostics, true
			}
		case <-end:
			f.t.Fatalf("no diagnostics come; the server logged:\n%.4000s", f.logged)
		}
	}
	if len(got) != len(want) || len(want) != 3 {
		f.t.Fatalf("found %+v, a fresh run finds %+v", got, want)
	}
}

// farewell ends the session. A server that was never initialized is not shut down.
func (f *fuzzer) farewell(sane bool) {
	f.raw(`{"jsonrpc":"2.0","id":"last","method":"shutdown"}`)
	f.raw(`{"jsonrpc":"2.0","method":"exit"}`)
	end := time.After(patience)
	for open := true; open; {
		select {
		case _, open = <-f.coming:
		case <-end:
			f.t.Fatalf("the server does not end; it logged:\n%s", f.logged)
		}
	}
	if e := <-f.ended; e.code != 0 && sane || e.err != nil {
		f.t.Fatalf("exit code %d (%v); the server logged:\n%s", e.code, e.err, f.logged)
	}
}
