package session

import (
	"slices"
	"strings"
)

// A Value is what a variable or expression holds in one state. It is comparable.
type Value struct {
	Kind ValueKind
	Obj  ObjectID // of values that hang on a session: that session
	Text string   // see the kinds
	Held bool     // a condition found it to hold

	Class string // of a mapped object: what was asked for, as the source has it
	Many  bool   // of a mapped object: a row, or a list of objects
	Rows  bool   // of a mapped object: a list of rows
	Begun bool   // of a result: rows were fetched; of an object: it comes out of a stream of rows
	Stale Tri    // of a mapped object: expired since it was loaded
	Key   string // of a mapped object: what its primary key was given as, "" if unknown
	Set   string // of a mapped object: the attributes that were set since it expired, each with a space before it
	Dead  bool   // the session was closed since
}

// ValueKind tells what a [Value] is.
type ValueKind uint8

// The kinds of values.
const (
	Unknown     ValueKind = iota
	None                  // None
	Truthy                // something that is not None and holds in a condition
	Falsy                 // something that does not hold in a condition, None perhaps
	NotNone               // something that is not None
	Imported              // an imported name; Text is its full path
	MakerVal              // makes a session when it is called; Text holds "async", and "?" if it is a guess
	MakerBegin            // the begin of a maker
	SessionV              // the session Obj
	Begun                 // the transaction of Obj that begin() gave
	Savepoint             // a savepoint of Obj
	Guard                 // a context manager of Obj that ends nothing
	QueryV                // a Query of Obj that has not run
	ResultV               // a Result of Obj
	MappedV               // an object that was loaded through Obj, or rows of such objects
	NewV                  // an object that was made here and may be added to a session
	StmtV                 // an SQL statement; Text is read, write, commit or maybe
	BoundV                // a method of Obj; Text is the class and member as in the method table
	ClosingV              // closing(session)
	SuppressV             // suppress(…)
	ConnectionV           // a connection of the Core, or what a migration runs on
	EngineV               // an engine
	ApartV                // a method of an engine or an exit stack; Text is its class and name
	EngineBegin           // what its begin() is
	FuncV                 // a function of the workspace; Text is its id; Many if it is a method of something other than self
	ByHandV               // the method __enter__ of Obj
	TaskV                 // a task or thread that was handed Obj
	ClientV               // something of a library whose calls may take long; Text is its path
	CarrierV              // a function that has Obj with it: a lambda, a partial
	LockV                 // a lock
	ClassV                // a class of the workspace; Text is its id
	ObjectV               // an object of such a class; Text is the id of the class
	CoroutineV            // a coroutine that works with Obj, not awaited yet
	GeneratorV            // a generator that has not begun; Text numbers it
	EnteredV              // a generator that handed out Obj and waits
	StackV                // an exit stack; Text is where it is entered
	ProxyV                // a registry of sessions; Class is its id
	ConfigV               // what has get_session(), a MakerVal with that Text
	FlaskV                // the extension of Flask-SQLAlchemy; Class is its id
	HolderV               // an object that was made with Obj as an argument
	BegunV                // what a maker's begin() gives: Obj, in a transaction and to be closed
)

// partOf marks what an attribute of a mapped object holds: a plain value, mostly.
const partOf = "part"

// notFlushed marks a new object that has no row yet: reading a relationship of
// it asks nothing.
const notFlushed = "new"

// inserted marks a new object whose row is not committed yet: a rollback takes it
// out of the session, as it was made.
const inserted = "inserted"

// added marks an object that was added in this transaction, of which nobody knows
// whether it is new.
const added = "added"

// isNew reports whether an object was made in this transaction: nobody looks for
// it by a key.
func (v Value) isNew() bool { return v.Kind == MappedV && (v.Text == notFlushed || v.Text == inserted) }

// holds reports what a value is in a condition: known false if it cannot be told.
func (v Value) holds() (truth, known bool) {
	if v.Held {
		return true, true
	}
	switch v.Kind {
	case None, Falsy:
		return false, true
	case Truthy, Imported, MakerVal, SessionV, Begun, Savepoint, QueryV, ResultV, BoundV, NewV, FuncV, HolderV, EngineV, ClassV, TaskV, GeneratorV, ClientV, ObjectV, ConfigV:
		return true, true
	}
	return false, false
}

// isNone reports whether a value is None: known false if it cannot be told.
func (v Value) isNone() (none, known bool) {
	if v.Held {
		return false, true
	}
	switch v.Kind {
	case Unknown, Falsy, MappedV:
		return false, false
	case None:
		return true, true
	}
	return false, true
}

// onSession reports whether a value hangs on a session of the state.
func (v Value) onSession() bool {
	switch v.Kind {
	case SessionV, Begun, Savepoint, Guard, QueryV, ResultV, MappedV, BoundV, ClosingV, BegunV, CoroutineV, TaskV, CarrierV, ByHandV, EnteredV, HolderV:
		return true
	}
	return false
}

// join returns what is known of something that is either a or b.
func join(a, b Value) Value {
	if a == b {
		return a
	}
	if a.Kind == b.Kind && a.Obj == b.Obj && (a.Kind == MappedV || a.Kind == ResultV) {
		a.Stale, a.Dead, a.Begun, a.Held = either(a.Stale, b.Stale), a.Dead && b.Dead, a.Begun || b.Begun, a.Held && b.Held
		if a.Key != b.Key {
			a.Key = ""
		}
		if a.Text == b.Text && a.Class == b.Class && a.Many == b.Many && a.Set == b.Set {
			return a
		}
	}
	return Value{}
}

// A statement is what is known of an SQL statement.
type statement struct {
	kind    string // read, write or maybe
	lock    bool   // FOR UPDATE
	core    bool   // text
	whole   bool   // it reads all rows of its entity
	cols    bool   // it gives columns and no mapped objects
	stream  bool   // its rows are fetched in portions
	options bool   // it says how to load: with selectinload or the like
	entity  string // what it is about, as the source has it
}

// text packs a statement into the text of a value.
func (s statement) text() string {
	t := s.kind
	if s.lock {
		t += " lock"
	}
	if s.core {
		t += " core"
	}
	if s.cols {
		t += " columns"
	}
	if s.whole {
		t += " whole"
	}
	if s.options {
		t += " options"
	}
	if s.stream {
		t += " stream"
	}
	if s.entity != "" {
		t += " of " + s.entity
	}
	return t
}

// statement unpacks a StmtV. Of any other value nothing is known.
func (v Value) statement() statement {
	if v.Kind != StmtV {
		return statement{kind: "maybe", core: true}
	}
	head, entity, _ := strings.Cut(v.Text, " of ")
	f := strings.Fields(head)
	return statement{
		kind:    f[0],
		lock:    slices.Contains(f, "lock"),
		core:    slices.Contains(f, "core"),
		cols:    slices.Contains(f, "columns"),
		whole:   slices.Contains(f, "whole"),
		stream:  slices.Contains(f, "stream"),
		options: slices.Contains(f, "options"),
		entity:  entity,
	}
}
