package lsp_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sessionlint/analysis/rule/all"
	"sessionlint/server/lsp"
)

// wantMessage waits for a message to the user.
func (c *client) wantMessage(method, part string) {
	c.t.Helper()
	m := c.await("a message", func(m message) bool { return m.Method == method })
	if !strings.Contains(string(m.Params), part) {
		c.t.Fatalf("%s: %s", method, m.Params)
	}
}

func (c *client) wantShown(part string) {
	c.t.Helper()
	c.wantMessage("window/showMessage", part)
}

func (c *client) wantLogged(part string) {
	c.t.Helper()
	c.wantMessage("window/logMessage", part)
}

// TestFileSizeSetting leaves files alone from a size on that the user has said.
func TestFileSizeSetting(t *testing.T) {
	c := inFolders(t, object{}, object{"maxFileSize": 1.0 / 1024})
	c.open(page, 1, leaking)
	if len(c.published(page, 1)) == 0 {
		t.Fatal("nothing is found in a small file")
	}
	c.change(page, 2, whole(leaking+strings.Repeat("# 3456789012345\n", 64)))
	if list := c.published(page, 2); len(list) != 0 {
		t.Errorf("of a file that is too large: %+v", list)
	}
	c.wantLogged("larger than 0.0009766 MiB")
	c.change(page, 3, whole(leaking))
	if len(c.published(page, 3)) == 0 {
		t.Error("nothing is found in a file that has become smaller")
	}
}

// TestSizesThatAreNone names what is wrong with them.
func TestSizesThatAreNone(t *testing.T) {
	for _, value := range []any{"4", -1, true, []int{1}, 1e12} {
		c := inFolders(t, object{}, object{"maxFileSize": value, "memoryLimit": nil})
		c.wantLogged("`sessionlint.maxFileSize` must be a number of MiB")
		c.alive()
	}
}

// TestMemoryLimit has a limit that cannot be kept: the collector is told, the user
// learns of it once, and the findings come all the same.
func TestMemoryLimit(t *testing.T) {
	limits := make(chan int64, 1)
	c := connect(t, heeding, func(o *lsp.Options) {
		o.LimitMemory = func(bytes int64) { limits <- bytes }
		o.SetSettle(10 * time.Millisecond)
	})
	var result object
	c.call("initialize", object{
		"processId": nil, "rootUri": nil, "capabilities": object{}, "initializationOptions": object{"memoryLimit": 0.5},
	}, &result)
	c.notify("initialized", object{})
	if bytes := <-limits; bytes != 512<<10 {
		t.Errorf("the collector is told of %d bytes", bytes)
	}
	c.wantLogged("sessionlint.memoryLimit")
	time.Sleep(100 * time.Millisecond) // a second message would be left over
	c.open(page, 1, leaking)
	if len(c.published(page, 1)) == 0 {
		t.Error("nothing is found")
	}
	c.close()
}

// TestTooManyRequests asks on and on, and is refused when too many answers are due.
func TestTooManyRequests(t *testing.T) {
	b, slow := blocked()
	c := start(t, object{}, slow)
	c.open(page, 1, "wait")
	<-b.begun
	var ids []string
	for range 1100 {
		ids = append(ids, c.request("textDocument/codeAction", asked(page, at(0, 0, 0, 0))))
	}
	refused := c.await("an answer", func(m message) bool { return m.Error != nil })
	wantError(t, refused, -32803)
	close(b.done)
	go func() {
		for range b.begun { // whoever else begins may go on
		}
	}()
	for _, id := range ids {
		if id != string(refused.ID) {
			c.response(id)
		}
	}
	c.published(page, 1)
}

// TestRulePages has diagnostics name the page of their rule, in a file that an editor
// can open, and which is mended when it was damaged.
func TestRulePages(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "rules")
	for range 2 {
		c := start(t, object{"textDocument": object{"publishDiagnostics": object{"codeDescriptionSupport": true}}}, heeding, func(o *lsp.Options) { o.Pages = dir })
		c.open(page, 1, leaking)
		d := c.published(page, 1)[0]
		path := filepath.Join(dir, "use-after-close.md")
		if d.CodeDescription.Href != "file://"+path {
			t.Fatalf("the page is %q", d.CodeDescription.Href)
		}
		if text, err := os.ReadFile(path); err != nil || string(text) != all.Rules()[0].Page() {
			t.Fatalf("the page (%v) is %s", err, text)
		}
		writeFile(t, path, "damaged")
	}
	c := start(t, object{}, heeding, func(o *lsp.Options) { o.Pages = dir })
	c.open(page, 1, leaking)
	if d := c.published(page, 1)[0]; d.CodeDescription.Href != "" {
		t.Errorf("a client that does not show it is told of %s", d.CodeDescription.Href)
	}
	writeFile(t, filepath.Join(dir, "file"), "")
	c = start(t, object{"textDocument": object{"publishDiagnostics": object{"codeDescriptionSupport": true}}}, heeding, func(o *lsp.Options) { o.Pages = filepath.Join(dir, "file", "rules") })
	c.open(page, 1, leaking)
	if raw, _ := json.Marshal(c.published(page, 1)); strings.Contains(string(raw), "file:") {
		t.Errorf("a page that is not there: %s", raw)
	}
}
