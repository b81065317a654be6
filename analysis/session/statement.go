package session

import (
	"slices"
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

// oldStyle reports whether parameters are keywords: the way of 1.x, where a
// connection commits what it executes by itself.
func oldStyle(e *python.Call) bool {
	return slices.ContainsFunc(e.Keywords, func(k *python.Keyword) bool {
		return k.Name != "parameters" && k.Name != "statement" && k.Name != "execution_options"
	})
}

// streams reports whether a call's options ask for rows in portions: with a
// cursor on the server, where the driver has such.
func streams(e *python.Call) bool {
	found := false
	for _, k := range e.Keywords {
		switch d, _ := k.Value.(*python.Dict); {
		case k.Name == "yield_per" || k.Name == "stream_results":
			found = true
		case d != nil && k.Name == "execution_options":
			for _, key := range d.Keys {
				if c, ok := key.(*python.Constant); ok {
					found = found || c.Text == "yield_per"
				}
			}
		}
	}
	return found
}
