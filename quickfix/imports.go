package quickfix

import (
	"slices"
	"strings"

	"sessionlint/analysis/python"
)

// standard are modules of the standard library that stand in the first block of
// the imports of most programs.
var standard = []string{
	"__future__", "abc", "argparse", "asyncio", "collections", "concurrent", "contextlib", "copy", "csv", "dataclasses", "datetime",
	"decimal", "enum", "functools", "hashlib", "io", "itertools", "json", "logging", "math", "operator", "os", "pathlib", "random",
	"re", "secrets", "shutil", "signal", "socket", "subprocess", "sys", "tempfile", "threading", "time", "traceback", "types",
	"typing", "unittest", "urllib", "uuid", "warnings", "weakref",
}

// importFrom returns how the file calls a name of a module of the standard
// library. If it does not import it yet, it adds that; "" if the name is taken.
func (s *site) importFrom(module, name string) string {
	if b, ok := s.module.Lookup(name); ok {
		if b.Import == module+"."+name {
			return name
		}
		return ""
	}
	if b, ok := s.module.Lookup(module); ok && b.Import == module {
		return module + "." + name
	}
	s.addImport(module, name)
	return name
}

// addImport adds an import where isort would have it: to one of the same module
// that stands on one line, or in the first block of imports if that is the
// standard library's, or before it.
func (s *site) addImport(module, name string) {
	f := s.snap.File
	tops := s.imports()
	var block []placedImport
	for n, t := range tops {
		if from, ok := t.stmt.(*python.ImportFrom); ok && from.Level == 0 && from.Module == module && t.first == t.last && !strings.Contains(s.edit.Line(t.first), "(") {
			s.joinImport(t, from, name)
			return
		}
		if n > 0 && t.first != tops[n-1].last+1 {
			if slices.ContainsFunc(block, placedImport.standard) && (len(block) > 1 || !slices.ContainsFunc(block, placedImport.future)) {
				break
			}
			block = nil // another block may be the one
		}
		block = append(block, t)
	}
	line := "from " + module + " import " + name
	if len(tops) == 0 {
		first := s.firstCode()
		s.edit.Insert(first, line, "", "")
		return
	}
	if !slices.ContainsFunc(block, placedImport.standard) {
		at := tops[0]
		if at.future() {
			s.edit.Insert(at.last+1, "", line)
			return
		}
		s.edit.Insert(at.first, line, "")
		return
	}
	at := block[0].first
	for _, t := range block {
		from, ok := t.stmt.(*python.ImportFrom)
		if !ok || from.Module < module || t.future() {
			at = t.last + 1
		}
	}
	if at == f.Lines.Count() && !strings.HasSuffix(f.Text, "\n") {
		at = block[0].first
	}
	s.edit.Insert(at, line)
}

// joinImport adds a name to an import of its module.
func (s *site) joinImport(t placedImport, from *python.ImportFrom, name string) {
	for _, a := range from.Names {
		if a.Name > name && slices.IsSortedFunc(from.Names, func(a, b *python.Alias) int { return strings.Compare(a.Name, b.Name) }) {
			at := t.abs(a.Span)
			s.edit.Replace(at.Start, at.Start, name+", ")
			return
		}
	}
	at := t.abs(from.Names[len(from.Names)-1].Span)
	s.edit.Replace(at.End, at.End, ", "+name)
}

// A placedImport is an import at the top of a file, with its lines.
type placedImport struct {
	stmt        python.Stmt
	abs         func(python.Span) python.Span
	first, last int
}

func (p placedImport) module() string {
	switch st := p.stmt.(type) {
	case *python.Import:
		return st.Names[0].Name
	case *python.ImportFrom:
		return strings.Repeat(".", st.Level) + st.Module
	}
	return ""
}

func (p placedImport) standard() bool {
	root, _, _ := strings.Cut(p.module(), ".")
	return slices.Contains(standard, root)
}

func (p placedImport) future() bool { return p.module() == "__future__" }

// imports returns the imports that stand at the top level of the file before any
// other code, a docstring excepted.
func (s *site) imports() []placedImport {
	var out []placedImport
	for _, u := range s.snap.File.Units {
		for _, st := range u.Unit.Body {
			switch st := st.(type) {
			case *python.Import, *python.ImportFrom:
				sp := u.Abs(st.Pos())
				out = append(out, placedImport{st, u.Abs, s.snap.File.Lines.Of(sp.Start), s.snap.File.Lines.Of(sp.End - 1)})
			case *python.ExprStmt, *python.If, *python.Try:
				if len(out) > 0 {
					return out
				}
			default:
				return out
			}
		}
	}
	return out
}

// firstCode returns the first line of the file's first statement that is not a
// docstring.
func (s *site) firstCode() int {
	for _, u := range s.snap.File.Units {
		for _, st := range u.Unit.Body {
			if e, ok := st.(*python.ExprStmt); ok {
				if _, ok := e.Value.(*python.Constant); ok {
					continue
				}
			}
			return s.snap.File.Lines.Of(u.Abs(st.Pos()).Start)
		}
	}
	return 0
}
