package config

import (
	"fmt"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// Show returns the settings that hold for a file as TOML, with comments that say
// where each comes from and which rules are run. display gives paths as the user
// writes them.
func (s *Settings) Show(path string, display func(string) string) (string, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "# settings for %s\n", display(path))
	for n, f := range s.Files {
		fmt.Fprintf(&b, "# %s %s\n", map[bool]string{true: "from", false: "extending"}[n == 0], display(f))
	}
	if len(s.Files) == 0 {
		b.WriteString("# no configuration file\n")
	}
	for f := range fields() {
		key := f.Tag.Get("toml")
		from, set := s.origins[key]
		value := s.plain(key, reflect.ValueOf(s.options).FieldByIndex(f.Index))
		if key == "extend" || value == nil {
			continue
		}
		text, err := toml.Marshal(map[string]any{key: value})
		if err != nil {
			return "", fmt.Errorf("write the setting %s: %w", key, err)
		}
		origin := "built in"
		if set {
			origin = display(from)
		}
		fmt.Fprintf(&b, "\n# %s\n%s", origin, text)
	}
	plan := s.Plan(path)
	fmt.Fprintf(&b, "\n# %d of %d rules are run:\n", len(plan.Rules()), len(s.rules))
	for _, r := range plan.Rules() {
		fmt.Fprintf(&b, "# %s %s %s\n", r.Code, plan.Severity(r, r.Reports()), r.Name)
	}
	return b.String(), nil
}

// plain returns a setting as maps, lists and strings; nil if it is empty.
func (s *Settings) plain(key string, v reflect.Value) any {
	if _, set := s.origins[key]; key == "exclude" && !set {
		return usual()
	}
	switch kindOf(v.Type()) {
	case isString:
		if v.Len() == 0 {
			return nil
		}
		return v.String()
	case isList:
		if v.IsNil() {
			return nil
		}
		return stringsOf(v)
	}
	m := map[string]any{}
	for n := range v.Len() {
		e := v.Index(n)
		if e.Field(1).Kind() == reflect.String {
			m[e.Field(0).String()] = e.Field(1).String()
		}
	}
	for _, p := range s.perFile {
		if key == "per-file-ignores" {
			m[s.relative(p.glob)] = texts(p.ignore)
		}
	}
	if len(m) == 0 {
		return nil
	}
	return m
}

func stringsOf(v reflect.Value) []string {
	out := make([]string, 0, v.Len())
	for n := range v.Len() {
		out = append(out, v.Index(n).String())
	}
	return out
}

// relative returns a pattern as the nearest file would have it.
func (s *Settings) relative(g glob) string {
	if g.dir == "" || len(s.Files) == 0 {
		return g.pattern
	}
	rel, err := filepath.Rel(filepath.Dir(s.Files[0]), g.dir)
	if err != nil || rel == "." {
		return g.pattern
	}
	return filepath.ToSlash(rel) + "/" + g.pattern
}
