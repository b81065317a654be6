package config

import (
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
)

// What a project requires of SQLAlchemy tells its version, where the configuration
// does not: a lock file, requirements, or the project's own dependencies. The
// nearest file that names it counts.

// requirement is how a kind of file says which version of SQLAlchemy is required.
// The first group of its pattern is a version or a specifier.
type requirement struct {
	name    string
	pattern *regexp.Regexp
}

// requirements are the files of a folder, the most exact one first.
var requirements = []requirement{
	{"uv.lock", locked},
	{"poetry.lock", locked},
	{"pdm.lock", locked},
	{"Pipfile.lock", regexp.MustCompile(`(?is)"sqlalchemy":\s*\{[^}]*?"version":\s*"([^"]+)"`)},
	{"requirements.txt", regexp.MustCompile(`(?im)^\s*sqlalchemy(?:\[[^\]]*\])?\s*([=~<>!][^;#\n]*)`)},
	{"pyproject.toml", regexp.MustCompile(`(?im)["']sqlalchemy(?:\[[^\]]*\])?\s*([=~<>!][^"';]*)|^\s*sqlalchemy\s*=\s*["']([^"']+)["']|^\s*sqlalchemy\s*=\s*\{[^}\n]*version\s*=\s*["']([^"']+)["']`)},
	{"setup.cfg", regexp.MustCompile(`(?im)^\s*sqlalchemy(?:\[[^\]]*\])?\s*([=~<>!][^;#\n]*)`)},
	{"setup.py", regexp.MustCompile(`(?i)["']sqlalchemy(?:\[[^\]]*\])?\s*([=~<>!][^"';]*)`)},
}

var locked = regexp.MustCompile(`(?im)^name = "sqlalchemy"\s*^version = "([^"]+)"`)

// Requires reports whether a file can say which version of SQLAlchemy a project
// requires.
func Requires(path string) bool {
	return slices.ContainsFunc(requirements, func(r requirement) bool { return r.name == filepath.Base(path) })
}

// target returns the version of SQLAlchemy that the nearest file above a folder
// requires, "" if none tells.
func (l *Loader) target(dir string) string {
	l.mu.Lock()
	v, known := l.targets[dir]
	round := l.round
	l.mu.Unlock()
	if known {
		return v
	}
	v, found := l.required(dir)
	if up := filepath.Dir(dir); !found && up != dir {
		v = l.target(up)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.round == round {
		l.targets[dir] = v
	}
	return v
}

// required returns what the files of one folder require; found is false if they do
// not speak of it.
func (l *Loader) required(dir string) (version string, found bool) {
	for _, r := range requirements {
		path := filepath.Join(dir, r.name)
		if !l.source.IsFile(path) {
			continue
		}
		text, err := l.source.Read(path)
		if err != nil {
			continue // one that is too large, such as a lock file of many packages: another may tell
		}
		m := r.pattern.FindStringSubmatch(text)
		for _, spec := range m[min(1, len(m)):] {
			if spec != "" {
				return versionOf(spec), true
			}
		}
	}
	return "", false
}

var comparison = regexp.MustCompile(`(===?|~=|\^|>=|<=|<|>|!=)?\s*(\d+)(?:\.(\d+))?`)

// versionOf returns the version that a specifier is about: 2.0.30, ==1.4.*, ^2.0,
// >=1.4,<2. It is "" if several fit.
func versionOf(spec string) string {
	for _, m := range comparison.FindAllStringSubmatch(spec, -1) {
		major, _ := strconv.Atoi(m[2])
		minor, _ := strconv.Atoi(m[3])
		switch op := m[1]; {
		case op == "<" && (major < 2 || major == 2 && minor == 0), op == "<=" && major < 2:
			return "1.4"
		case (op == "" || op == "==" || op == "===" || op == "~=" || op == "^") && major == 1:
			return "1.4"
		case (op == "" || op == "==" || op == "===") && major == 2 && minor > 0:
			return "2.1"
		case op != "<" && op != "<=" && op != "!=" && major == 2:
			return "2.0"
		}
	}
	return ""
}
