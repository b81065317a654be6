// Package project resolves what a name means: what the imports, assignments and
// definitions at the top of a module bind, and what the names of common
// libraries stand for.
package project

import (
	_ "embed"
	"regexp"
	"strings"
)

// Meaning says what an imported name stands for. See library.tsv.
type Meaning string

// The meanings of names.
const (
	Unresolved   Meaning = "" // nothing is known
	SessionClass Meaning = "session"
	AsyncClass   Meaning = "async-session"
	Maker        Meaning = "maker"
	AsyncMaker   Meaning = "async-maker"
	Scoped       Meaning = "scoped"
	AsyncScoped  Meaning = "async-scoped"
	ReadStmt     Meaning = "read"
	WriteStmt    Meaning = "write"
	TextStmt     Meaning = "text"
	Closing      Meaning = "closing"
	Suppress     Meaning = "suppress"
	NullContext  Meaning = "nullcontext"
	ExitStack    Meaning = "exitstack"
	Depends      Meaning = "depends"
	Foreign      Meaning = "foreign"

	ContextManager Meaning = "contextmanager"
	Partial        Meaning = "partial"
	Engine         Meaning = "engine"
	AsyncEngine    Meaning = "async-engine"
	FlaskExtension Meaning = "flask-extension"
	Task           Meaning = "task"
	Gather         Meaning = "gather"
	Slow           Meaning = "slow"
	Fixture        Meaning = "fixture"
)

//go:embed library.tsv
var libraryTSV string

var library = readLibrary(libraryTSV)

func readLibrary(tsv string) map[string]Meaning {
	m := map[string]Meaning{}
	for line := range strings.Lines(tsv) {
		if name, what, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok && !strings.HasPrefix(name, "#") {
			m[name] = Meaning(what)
		}
	}
	return m
}

// Known returns the meaning of a name by its full path of import, such as
// "sqlalchemy.orm.Session".
func Known(path string) Meaning {
	if m, ok := library[path]; ok {
		return m
	}
	top, _, _ := strings.Cut(path, ".")
	if library[top] == Foreign {
		return Foreign
	}
	return Unresolved
}

var (
	factoryName = regexp.MustCompile(`(?i)session_?(maker|local|factory)$|^_*(scoped|async|db)_?session$`)
	className   = regexp.MustCompile(`^_*([A-Z][A-Za-z]*)?Session$`)
	storage     = regexp.MustCompile(`(?i)(^|[._])(db|database|databases|orm|models?|sql|session|sessions|engine|persistence|storage|store|repository|dal|meta)([._]|$)`)
)

// LooksLikeFactory reports whether a name is one that projects give to what
// makes their sessions, such as SessionLocal or async_session_maker.
func LooksLikeFactory(name string) bool {
	return factoryName.MatchString(name) || className.MatchString(name)
}

// looksImported reports whether a name that is imported from a module which
// cannot be read looks like a session factory. A name as plain as Session
// needs a module that looks like a data layer.
func looksImported(module, name string) bool {
	if factoryName.MatchString(name) {
		return true
	}
	return className.MatchString(name) && storage.MatchString(module)
}
