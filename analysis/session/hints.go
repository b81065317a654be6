package session

import (
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Hints are what a project says of its own code, where that cannot be seen. They
// are immutable. A nil *Hints says nothing.
type Hints struct {
	factories [][]string // by name, in parts; a part may have wildcards
	closers   [][]string
	owners    [][]string
	names     string // what tells those apart
	version   string
}

// NewHints returns hints of dotted names: of what gives a new session, of what
// closes the session that it is given, and of what takes it over. version is that
// of SQLAlchemy, "1.4" say, or "" if nobody knows.
func NewHints(factories, closers, owners []string, version string) *Hints {
	return &Hints{
		factories: inParts(factories), closers: inParts(closers), owners: inParts(owners),
		names: fmt.Sprintf("%q %q %q", factories, closers, owners), version: version,
	}
}

// For returns the same hints for another version of SQLAlchemy.
func (h *Hints) For(version string) *Hints {
	other := *h
	other.version = version
	return &other
}

func inParts(names []string) [][]string {
	var out [][]string
	for _, n := range names {
		out = append(out, strings.Split(n, "."))
	}
	return out
}

var dottedName = regexp.MustCompile(`^[\pL_*][\pL\pN_*]*(?:\.[\pL_*][\pL\pN_*]*)*$`)

// IsName reports whether a text is a name that hints can have: a dotted name, or
// the end of one, in which * stands for any text without a dot.
func IsName(text string) bool {
	return dottedName.MatchString(text) && strings.Trim(text, "*._") != ""
}

// Key tells hints apart: of two with the same key the findings are the same.
func (h *Hints) Key() string {
	if h == nil {
		return ""
	}
	return h.names + " " + h.version
}

// Version returns the version of SQLAlchemy, "1.4" say, or "" if nobody knows.
func (h *Hints) Version() string {
	if h == nil {
		return ""
	}
	return h.version
}

// any reports whether something is said at all of what is called.
func (h *Hints) any() bool {
	return h != nil && len(h.factories)+len(h.closers)+len(h.owners) > 0
}

// names reports whether one of some names is the end of one of some dotted paths.
func names(list [][]string, paths []string) bool {
	return slices.ContainsFunc(paths, func(p string) bool {
		parts := strings.Split(p, ".")
		return slices.ContainsFunc(list, func(n []string) bool { return endsIn(parts, n) })
	})
}

func endsIn(parts, name []string) bool {
	if len(parts) < len(name) {
		return false
	}
	for n, p := range parts[len(parts)-len(name):] {
		if ok, err := path.Match(name[n], p); !ok || err != nil {
			return false
		}
	}
	return true
}

// modulePath returns the dotted path of what has a name at the top of a file, from
// the root of the file system on: where the modules of a project begin does not
// matter to names that are ends of paths.
func modulePath(file, name string) string {
	p := strings.TrimSuffix(filepath.ToSlash(file), ".py")
	p = strings.Trim(strings.TrimSuffix(p, "/__init__"), "/")
	return strings.ReplaceAll(p, "/", ".") + "." + name
}
