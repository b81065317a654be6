package config

import (
	"fmt"
	"path/filepath"
	"reflect"

	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
)

// A file is one configuration file. It is immutable.
type file struct {
	path     string
	text     string
	section  bool        // it has settings: a pyproject.toml need not
	at       python.Span // where they begin
	options  Options
	set      map[string]python.Span // the settings that it has, with the places of their values
	mistakes []Mistake
	broken   bool // it is not TOML
	stale    bool // its settings are those of an earlier text
}

// parse reads a configuration file; its name tells where in it the settings are.
func parse(path, text string, rules []*rule.Rule) *file {
	f := &file{path: path, text: text, section: true, set: map[string]python.Span{}}
	root, bad := readTree(text)
	if bad != nil {
		f.broken = true
		f.section = !isPyproject(path) || section.MatchString(text)
		f.mistake(bad.span, "this is not TOML: %s", bad.message)
		return f
	}
	if isPyproject(path) {
		root = root.child("tool").child("sessionlint")
		if root == nil {
			f.section = false
			return f
		}
		f.at = root.at
	} else if len(root.items) > 0 {
		f.at = root.items[0].at
	}
	if root.kind != isTable {
		f.mistake(root.span, "`tool.sessionlint` must be a table, not %s", root.kind.what())
		return f
	}
	d := decoder{file: f, rules: rules}
	d.options(root)
	f.mistakes = sorted(f.mistakes)
	return f
}

func isPyproject(path string) bool { return filepath.Base(path) == "pyproject.toml" }

func (f *file) mistake(at python.Span, format string, args ...any) {
	f.mistakes = append(f.mistakes, Mistake{Path: f.path, Text: f.text, Span: at, Message: fmt.Sprintf(format, args...)})
}

// decoder fills the options of a file.
type decoder struct {
	*file
	rules []*rule.Rule
}

// keys returns the names of all settings, in the order of [Options].
func keys() []string {
	var out []string
	for f := range fields() {
		out = append(out, f.Tag.Get("toml"))
	}
	return out
}

// fields returns the fields of [Options].
func fields() func(yield func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		for n, t := 0, reflect.TypeFor[Options](); n < t.NumField(); n++ {
			if !yield(t.Field(n)) {
				return
			}
		}
	}
}

func (d *decoder) options(table *node) {
	byKey := map[string]reflect.StructField{}
	for f := range fields() {
		byKey[f.Tag.Get("toml")] = f
	}
	for _, n := range table.items {
		f, ok := byKey[n.key]
		switch like := rule.NearestOf(n.key, keys()); {
		case ok:
			if d.value(n, "`"+n.key+"`", reflect.ValueOf(&d.file.options).Elem().FieldByIndex(f.Index)) {
				d.set[n.key] = n.span
			}
		case like != "":
			d.mistake(n.at, "there is no setting `%s`; did you mean `%s`?", n.key, like)
		case n.key == "tool" && n.child("sessionlint") != nil:
			d.mistake(n.child("sessionlint").at, "in this file the settings stand at the top: leave out `tool.sessionlint`")
		default:
			d.mistake(n.at, "there is no setting `%s`", n.key)
		}
	}
}

// value fills a value of [Options] with what the file has for it, leaving out
// what is wrong. It returns false if there is nothing to be used.
func (d *decoder) value(n *node, name string, into reflect.Value) bool {
	want := kindOf(into.Type())
	if n.kind != want {
		d.mistake(n.span, "%s must be %s, not %s", name, shapeOf(into.Type()), n.kind.what())
		return false
	}
	if want == isString {
		return d.text(n.text, n.span, into)
	}
	out := reflect.MakeSlice(into.Type(), 0, len(n.items))
	for _, item := range n.items {
		e := reflect.New(into.Type().Elem()).Elem()
		if want == isTable {
			if key := d.text(item.key, item.at, e.Field(0)); d.value(item, "`"+item.key+"`", e.Field(1)) && key {
				out = reflect.Append(out, e)
			}
		} else if d.value(item, "each entry", e) {
			out = reflect.Append(out, e)
		}
	}
	into.Set(out)
	return out.Len() > 0 || len(n.items) == 0 // a list of mistakes alone is none at all
}

func (d *decoder) text(text string, at python.Span, into reflect.Value) bool {
	into.SetString(text)
	if why := into.Interface().(value).fault(d.rules); why != "" {
		d.mistake(at, "%s", why)
		into.SetString("")
		return false
	}
	return true
}

// kindOf returns what in TOML a type of [Options] is.
func kindOf(t reflect.Type) nodeKind {
	switch {
	case t.Kind() == reflect.String:
		return isString
	case t.Elem().Kind() == reflect.Struct:
		return isTable
	}
	return isList
}

// shapeOf describes a type of [Options] in a message.
func shapeOf(t reflect.Type) string {
	if kindOf(t) == isList {
		return "a list of strings"
	}
	return kindOf(t).what()
}
