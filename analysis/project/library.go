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
	Expression   Meaning = "expression"
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
	Connection     Meaning = "connection"
	AsyncConn      Meaning = "async-connection"
	Slow           Meaning = "slow"
	Fixture        Meaning = "fixture"
	Config         Meaning = "config"
	AsyncConfig    Meaning = "async-config"
	Transaction    Meaning = "transaction"
	Facade         Meaning = "facade"
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
	if n := strings.LastIndexByte(path, '.'); n >= 0 && library[path[:n]] == Expression {
		return Expression
	}
	top, _, _ := strings.Cut(path, ".")
	if library[top] == Foreign {
		return Foreign
	}
	return Unresolved
}

var (
	factoryName = regexp.MustCompile(`(?i)session_?(maker|local|factory|cls|class)$|^_*(scoped|async|db)_?session$`)
	className   = regexp.MustCompile(`^_*(Db|DB|Async|Sync|Sql|SQL|Sa|SA|Local|Scoped|Orm|ORM|Database|Main|App|Read|Write)*Session$`)
	makerName   = regexp.MustCompile(`^_*(make|create|new|open|build|start|get_new|create_new)_(async_)?(db_)?session(_instance)?$`)
	otherModule = regexp.MustCompile(`(?i)(^|[._])(requests?|http|https|httpx|aws|boto|client|clients|spark|browser|driver|ssh|ftp|drmaa|auth|crawler|scraper|web)([._]|$)`)
	storage     = regexp.MustCompile(`(?i)(^|[._])(db|database|databases|orm|models?|sql|engine|persistence|storage|store|repository|dal|meta)([._]|$)`)
)

// LooksLikeFactory reports whether a name is one that projects give to what
// makes their sessions, such as SessionLocal or async_session_maker.
func LooksLikeFactory(name string) bool {
	return factoryName.MatchString(name) || className.MatchString(name)
}

// Telling reports whether an imported path alone says that it makes sessions:
// without its file, which may call a database.
func Telling(path string) bool {
	n := strings.LastIndexByte(path, '.')
	return n >= 0 && looksImported(path[:n], path[n+1:], false)
}

// MakesSession reports whether a function or method is named as one that makes a
// session each time it is called.
func MakesSession(name string) bool { return makerName.MatchString(name) }

// looksImported reports whether a name that is imported from a module which
// cannot be read looks like a session factory. A name as plain as Session
// needs a module that looks like a data layer, or a file that calls a database
// (near).
func looksImported(module, name string, near bool) bool {
	if factoryName.MatchString(name) || near && makerName.MatchString(name) {
		return true
	}
	if otherModule.MatchString(module) {
		return false
	}
	return className.MatchString(name) && (near || storage.MatchString(module))
}
