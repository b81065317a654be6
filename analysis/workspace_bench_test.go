package analysis_test

import (
	"fmt"
	"path"
	"runtime"
	"strings"
	"testing"
	"time"

	"sessionlint/analysis"
	"sessionlint/analysis/python"
	"sessionlint/analysis/rule/all"
)

// crowd is a source of any number of files: packages of ten, each of which
// imports the factory, helpers of its package, and those of two others.
type crowd int

func (c crowd) IsDir(p string) bool {
	var n int
	_, err := fmt.Sscanf(p, "/w/pkg%d", &n)
	return p == "/w" || err == nil && n < int(c)/10 && path.Ext(p) == ""
}

func (c crowd) IsFile(p string) bool {
	return p == "/w/db.py" || strings.HasPrefix(p, "/w/pkg") && c.has(p)
}

func (c crowd) has(p string) bool {
	var pkg, mod int
	if _, err := fmt.Sscanf(p, "/w/pkg%d/mod%d.py", &pkg, &mod); err != nil {
		return strings.HasSuffix(p, "/__init__.py") && c.IsDir(path.Dir(p))
	}
	return pkg*10+mod < int(c) && mod < 10
}

func (c crowd) Read(p string) (string, error) {
	var pkg, mod int
	if _, err := fmt.Sscanf(p, "/w/pkg%d/mod%d.py", &pkg, &mod); err == nil {
		return c.text(pkg, mod), nil
	}
	if p == "/w/db.py" {
		return "from sqlalchemy import create_engine\nfrom sqlalchemy.orm import sessionmaker\n\nSessionLocal = sessionmaker(create_engine('sqlite://'))\n", nil
	}
	return "", nil
}

// text returns a file that uses those behind it, which use those behind them.
func (c crowd) text(pkg, mod int) string {
	packages := int(c) / 10
	return fmt.Sprintf(`from db import SessionLocal
from pkg%[1]d.mod%[2]d import save as save_here
from pkg%[3]d.mod%[2]d import save as save_there


def save(session, name):
    row = session.get(Row, name)
    if row is None:
        return save_here(session, name)
    row.name = name
    session.flush()
    return row


def rename(old, new):
    with SessionLocal() as session:
        row = save_there(session, old)
        row.name = new
        session.commit()
    return session.get(Row, new)
`, pkg, min(mod+1, 9), (pkg+1)%packages)
}

func (c crowd) paths() []string {
	var out []string
	for n := range int(c) {
		out = append(out, fmt.Sprintf("/w/pkg%d/mod%d.py", n/10, n%10))
	}
	return out
}

// BenchmarkEditInWorkspace measures what an edit costs in workspaces of three
// sizes, all of whose files were analysed once: within a function, whose callers
// do not notice, and one that changes what it does to its callers' sessions, of
// which one is open. The ratio is to the smallest workspace in the same run.
func BenchmarkEditInWorkspace(b *testing.B) {
	for _, kind := range []struct{ name, at, text string }{
		{"body", "row.name = name", "x"},
		{"summary", "session.flush()", "session.commit()\n    "},
	} {
		var smallest float64
		for _, size := range []crowd{100, 1_000, 10_000} {
			b.Run(fmt.Sprintf("%s/%d_files", kind.name, int(size)), func(b *testing.B) {
				w := analysis.NewWorkspace(size, []string{"/w"})
				w.Know(size.paths())
				e := analysis.NewEngine(all.Default()...).In(w)
				for _, p := range size.paths() {
					text, _ := size.Read(p)
					findings(b, e.Check(p, text))
				}
				edited, caller := e.Open("/w/pkg5/mod5.py", size.text(5, 5)), e.Open("/w/pkg5/mod4.py", size.text(5, 4))
				defer edited.Close()
				defer caller.Close()
				look := func() {
					findings(b, edited.Snapshot())
					findings(b, caller.Snapshot())
				}
				look()
				at := strings.Index(size.text(5, 5), kind.at)
				edits := [2]python.Edit{{Start: at, End: at, New: kind.text}, {Start: at, End: at + len(kind.text)}}
				b.ResetTimer()
				start := time.Now()
				for n := range b.N {
					if err := edited.Edit(edits[n%2]); err != nil {
						b.Fatal(err)
					}
					look()
				}
				each := float64(time.Since(start).Nanoseconds()) / float64(b.N)
				if size == 100 {
					smallest = each
				}
				b.ReportMetric(each/smallest, "ratio")
				b.StopTimer()
				runtime.GC()
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				b.ReportMetric(float64(m.HeapAlloc)/float64(size), "heapB/file")
			})
		}
	}
}
