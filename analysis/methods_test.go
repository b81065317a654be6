package analysis_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A methodRow is a row of the method table.
type methodRow struct {
	name    string // as in Session.add
	columns map[string]string
	notRun  string                       // why only its kind is compared
	differs map[string]map[string]string // by version; absent is a column of it
}

var measuredColumns = []string{"kind", "await", "effects", "closed", "writes", "gives"}

// TestMethodTable does under each version of SQLAlchemy what each row of the
// method table speaks of, and compares.
func TestMethodTable(t *testing.T) {
	rows, leftOut := readMethodTable(t)
	ran := map[string]bool{}
	for _, python := range interpreters(t) {
		v := version(t, python)
		number := strings.Join(strings.Split(v, ".")[:2], ".")
		compareMethods(t, python, number, rows, leftOut, ran)
		if number == "1.4" {
			compareMethods(t, python, "legacy", rows, leftOut, ran, "--legacy")
		}
	}
	for _, row := range rows {
		if !ran[row.name] && !t.Failed() {
			ranNowhere(t, row.name)
		}
	}
}

func compareMethods(t *testing.T, python, version string, rows []methodRow, leftOut, ran map[string]bool, options ...string) {
	t.Run(version, func(t *testing.T) {
		measured, others := measureMethods(t, python, options...)
		for class, members := range others {
			for _, member := range members {
				if !leftOut[member] && !leftOut[class+"."+member] {
					t.Errorf("%s.%s has no row, and is not left out", class, member)
				}
			}
		}
		for _, row := range rows {
			got, ok := measured[row.name]
			if !ok {
				t.Fatalf("%s was not measured", row.name)
			}
			if exists := got["exists"] == "true"; exists == (row.differs[version]["absent"] != "") {
				t.Errorf("%s exists: %t", row.name, exists)
			} else if exists {
				ran[row.name] = true
				row.compare(t, version, got)
			}
		}
	})
}

func (r methodRow) compare(t *testing.T, version string, got map[string]string) {
	t.Helper()
	if r.notRun != "" {
		t.Logf("%s is not run: %s", r.name, r.notRun)
	}
	for _, column := range measuredColumns {
		want := r.columns[column]
		if v, ok := r.differs[version][column]; ok {
			want = v
		}
		if got[column] != want && (r.notRun == "" || column == "kind") {
			t.Errorf("%s: %s is %s in the table, and %s when it runs %s", r.name, column, want, got[column], got["errors"])
		}
	}
}

// measureMethods returns what came of each row, and which members of each class
// have no row.
func measureMethods(t *testing.T, python string, options ...string) (measured map[string]map[string]string, others map[string][]string) {
	t.Helper()
	support, err := filepath.Abs("testdata/proof")
	if err != nil {
		t.Fatal(err)
	}
	args := append([]string{"testdata/methods/measure.py", "session/methods.tsv"}, options...)
	cmd := exec.CommandContext(t.Context(), python, args...)
	cmd.Env = append(os.Environ(), "PYTHONPATH="+support, "PYTHONDONTWRITEBYTECODE=1", "TMPDIR="+t.TempDir())
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	measured, others = map[string]map[string]string{}, map[string][]string{}
	for line := range strings.Lines(string(out)) {
		var m struct {
			Class, Member, Kind, Await, Effects, Closed, Writes, Gives string
			Exists                                                     bool
			Errors, Left                                               []string
		}
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		if m.Member == "" {
			others[m.Class] = m.Left
			continue
		}
		exists := ""
		if m.Exists {
			exists = "true"
		}
		measured[m.Class+"."+m.Member] = map[string]string{
			"exists": exists, "kind": m.Kind, "await": m.Await, "effects": m.Effects,
			"closed": m.Closed, "writes": m.Writes, "gives": m.Gives, "errors": strings.Join(m.Errors, "; "),
		}
	}
	return measured, others
}

// readMethodTable returns the rows, and the members that have none on purpose.
func readMethodTable(t *testing.T) (rows []methodRow, leftOut map[string]bool) {
	t.Helper()
	text, err := os.ReadFile("session/methods.tsv")
	if err != nil {
		t.Fatal(err)
	}
	leftOut = map[string]bool{}
	var header []string
	for line := range strings.Lines(string(text)) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		names, left := strings.CutPrefix(line, "#- ")
		switch {
		case left:
			for name := range strings.FieldsSeq(names) {
				leftOut[name] = true
			}
		case line[0] == '#':
		case header == nil:
			header = fields
		default:
			r := methodRow{name: fields[0] + "." + fields[1], columns: map[string]string{}, differs: map[string]map[string]string{}}
			for n, field := range fields {
				r.columns[header[n]] = field
			}
			r.readDiffers(t)
			rows = append(rows, r)
		}
	}
	return rows, leftOut
}

// readDiffers reads the column that says how versions differ.
func (r *methodRow) readDiffers(t *testing.T) {
	t.Helper()
	if r.columns["differs"] == "" {
		return
	}
	for part := range strings.SplitSeq(r.columns["differs"], "; ") {
		where, what, _ := strings.Cut(part, ": ")
		switch {
		case where == "not run":
			r.notRun = what
			continue
		case strings.HasPrefix(part, "of "):
			continue
		}
		columns := map[string]string{}
		for pair := range strings.FieldsSeq(what) {
			column, value, _ := strings.Cut(pair, "=")
			if pair == "absent" {
				value = "yes"
			} else if !slices.Contains(measuredColumns, column) || value == r.columns[column] {
				t.Fatalf("%s: %q is no difference", r.name, pair)
			}
			columns[column] = value
		}
		for version := range strings.SplitSeq(where, ", ") {
			if !slices.Contains([]string{"2.1", "2.0", "1.4", "legacy"}, version) || r.differs[version] != nil {
				t.Fatalf("%s: %q is no version, or stands there twice", r.name, version)
			}
			r.differs[version] = columns
		}
	}
}
