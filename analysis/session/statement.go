package session

import (
	"strings"

	"sessionlint/analysis/python"
)

// entity returns the first argument of select(…), get(…) or query(…), where it
// is a name.
func entity(e *python.Call) string {
	if len(e.Args) == 0 {
		return ""
	}
	return dotted(e.Args[0])
}

// onlyColumns reports whether select(…) or query(…) names columns and functions
// only, such as User.id or func.count().
func onlyColumns(e *python.Call) bool {
	for _, a := range e.Args {
		switch a := a.(type) {
		case *python.Attribute:
			if name := a.Attr.ID; 'A' <= name[0] && name[0] <= 'Z' { // models.User
				return false
			}
		case *python.Call:
		default:
			return false
		}
	}
	return len(e.Args) > 0
}

// namesEntity reports whether an argument of a statement is a mapped class or a
// column of one, by how such classes are named. Before a statement over tables
// alone a session does not flush (until 2.1).
func namesEntity(e *python.Call) bool {
	for _, a := range e.Args {
		path := dotted(a)
		if strings.Contains(path, "__table__") {
			return false
		}
		for part := range strings.SplitSeq(path, ".") {
			if part != "" && 'A' <= part[0] && part[0] <= 'Z' {
				return true
			}
		}
	}
	return false
}

// textStatement tells from the words of text("…") whether it reads.
func (i *interp) textStatement(e *python.Call) string {
	words := ""
	switch x := first(e.Args).(type) {
	case *python.Constant:
		if x.Kind == python.StringConst {
			words = x.Text
		}
	case *python.JoinedStr:
		words = x.Head
	case *python.Name:
		words = i.scope.texts[x.ID]
		if b, ok := i.module.Lookup(x.ID); ok && !i.scope.bound[x.ID] {
			words = textOf(b.Value)
		}
	}
	return statementKind(words)
}

// textOf returns the text of a string, or what an f-string begins with.
func textOf(e python.Expr) string {
	switch e := e.(type) {
	case *python.Constant:
		if e.Kind == python.StringConst {
			return e.Text
		}
	case *python.JoinedStr:
		return e.Head
	}
	return ""
}

// changesNothing reports whether a call is values(…) of an UPDATE that sets each
// column to what it is: values(version=Document.version).
func changesNothing(e *python.Call) bool {
	if attrOf(e.Func) != "values" || len(e.Args) > 0 || len(e.Keywords) == 0 {
		return false
	}
	for _, k := range e.Keywords {
		if k.Name == "" || attrOf(k.Value) != k.Name || !madeByName(k.Value.(*python.Attribute).Value) {
			return false
		}
	}
	return true
}

// statementKind tells from the first word of a statement whether it reads.
func statementKind(words string) string {
	if head := strings.TrimLeft(words, "fFrRbBtTuU"); strings.HasPrefix(head, `"`) || strings.HasPrefix(head, "'") {
		words = head // of an f-string
	}
	word, _, _ := strings.Cut(strings.TrimLeft(words, "\"' \n\r\t(;"), " ")
	word, _, _ = strings.Cut(word, "\n")
	switch strings.ToLower(strings.Trim(word, "\n\r\t(;")) {
	case "select", "show", "explain", "pragma", "set", "values":
		return "read"
	case "commit":
		return "commit"
	case "insert", "update", "delete", "merge", "replace":
		return "write"
	}
	return "maybe"
}
