package config

import (
	"path/filepath"
	"reflect"
	"slices"
)

// merge takes each setting from the nearest file that has it, and the keys of
// tables from all.
func (s *Settings) merge(chain []*file) {
	into := reflect.ValueOf(&s.options).Elem()
	for f := range fields() {
		key := f.Tag.Get("toml")
		for _, from := range slices.Backward(chain) {
			if _, set := from.set[key]; !set {
				continue
			}
			s.origins[key] = from.path
			value := reflect.ValueOf(from.options).FieldByIndex(f.Index)
			if kindOf(f.Type) == isTable {
				value = overlay(into.FieldByIndex(f.Index), value)
			}
			into.FieldByIndex(f.Index).Set(value)
		}
	}
	// A glob means other files in each folder: which are the same key, the files tell.
	for _, from := range slices.Backward(chain) {
		for _, e := range from.options.PerFileIgnores {
			p := perFile{newGlob(filepath.Dir(from.path), string(e.Key)), e.Value}
			s.perFile = slices.DeleteFunc(s.perFile, func(o perFile) bool { return o.glob == p.glob })
			s.perFile = append(s.perFile, p)
		}
	}
}

// overlay returns the entries of two tables, of one key that of above.
func overlay(under, above reflect.Value) reflect.Value {
	out := reflect.MakeSlice(under.Type(), 0, under.Len()+above.Len())
	for n := range under.Len() {
		again := false
		for m := range above.Len() {
			again = again || above.Index(m).Field(0).String() == under.Index(n).Field(0).String()
		}
		if !again {
			out = reflect.Append(out, under.Index(n))
		}
	}
	return reflect.AppendSlice(out, above)
}
