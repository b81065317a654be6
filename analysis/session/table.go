package session

import (
	_ "embed"
	"strings"
)

//go:embed methods.tsv
var methodsTSV string

// A Method is one row of methods.tsv: what a member of one of SQLAlchemy's
// classes does.
type Method struct {
	Class, Name string
	Property    bool
	Await       string // yes, no, either, enter or iterate
	Closed      string // harmless, reopens, queues, raises, dead or -
	Writes      string // yes, no, maybe or statement
	Gives       string

	SQL, Begins, Checkout, Flushes, Commits, RollsBack, Ends, Releases, Expires, Detaches bool
}

// Methods maps a class and a member, as in "Session.add", to what it does.
type methodTable map[string]*Method

var methods = readMethods(methodsTSV)

// readMethods leaves aside how versions differ: the rows are those of 2.0.
func readMethods(tsv string) methodTable {
	t := methodTable{}
	for line := range strings.Lines(tsv) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(f) < 8 || f[0] == "class" {
			continue
		}
		m := &Method{Class: f[0], Name: f[1], Property: f[2] == "property", Await: f[3], Closed: f[5], Writes: f[6], Gives: f[7]}
		for e := range strings.SplitSeq(f[4], ",") {
			m.effect(e)
		}
		t[m.Class+"."+m.Name] = m
	}
	return t
}

func (m *Method) effect(name string) {
	switch name {
	case "sql":
		m.SQL = true
	case "begins":
		m.Begins = true
	case "checkout":
		m.Checkout = true
	case "flushes":
		m.Flushes = true
	case "commits":
		m.Commits = true
	case "rollsback":
		m.RollsBack = true
	case "ends":
		m.Ends = true
	case "releases":
		m.Releases = true
	case "expires":
		m.Expires = true
	case "detaches":
		m.Detaches = true
	}
}

// needed holds how many arguments methods of a session cannot do without.
var needed = map[string]int{"get": 2, "get_one": 2, "add": 1, "add_all": 1, "delete": 1, "merge": 1, "refresh": 1, "execute": 1, "scalar": 1, "scalars": 1}
