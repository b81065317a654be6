package session

import "sessionlint/analysis/python"

// Facts is what the interpreter found out about one function. Sites count from
// the start of the function's unit.
type Facts struct {
	Unit     *python.Unit
	Function *python.FunctionDef // nil for the statements of a module or class
	Name     string              // qualified name, "" for a module's statements
	Ends     []End               // how the lives of sessions end, each once
	Uses     []Use               // uses of closed sessions that opened them again
	Events   []Event             // what happens to sessions, in source order, each once
	Ops      []Op                // what is done with sessions and what hangs on them, in source order
	Calls    []Called            // what functions do to the sessions that they are given, in source order
	Moments  []Moment            // what each session goes through, as the source goes; for those who look, not for rules
	Makers   map[string]MakerUse // what is done with the sessions of factories that are only known by their names
	Partial  bool                // the function was too large to follow every path
}

// MakerUse is what a function does with the sessions of one factory.
type MakerUse struct {
	Commits bool // it commits what they write
	Loses   bool // or it does not
}

// Called is a call of a function that does something to the transaction of a session
// that it is given.
type Called struct {
	Site      Site
	Made      Site   // which session
	File      string // path of the file that the function stands in
	Function  string // its qualified name there
	Commits   Tri    // Yes: on each way on which it returns
	RollsBack bool   // or closes it, on some way
}

// End is one way in which a function is done with a session.
type End struct {
	Session   Session // its state at that moment
	Why       EndKind
	Plausible bool // an exception out of a call leads there
	At        Site // the return, the raise, or the call that threw; zero at the end of the body
}

// EndKind tells how a function is done with a session.
type EndKind uint8

// The ways in which a function is done with a session.
const (
	Returned  EndKind = iota // the function returned
	Raised                   // a raise statement left the function
	Threw                    // an exception out of a call left the function
	Replaced                 // the place that made it made the next one
	Discarded                // it was closed, and with it what it had queued
	Finished                 // it was closed, and begins anew
	Turned                   // a turn of a loop ended; its commits are those of the turn
	Closing                  // it is being closed, on a normal way; its state is that before
)

// Use is one use of a closed session that opened it again.
type Use struct {
	Made     Site // which session
	ClosedAt Site
	Site     Site
	Method   string
}

// Op is one thing that is done with a session or with what hangs on it, on
// whatever path.
type Op struct {
	Site   Site
	Made   Site // which session
	Kind   OpKind
	Method string // of a call: the member, "execute"
	Writes Tri    // whether it changes what a commit would save
	Lock   bool   // the statement is FOR UPDATE
	Entity string // what a statement selects or a call loads, as the source has it; "" if it is not known
	Core   bool   // a statement that the session may not flush before: text, or one that cannot be told
	Whole  bool   // of OpHandOut: the session itself is handed out
	Loop   bool   // it stands in a for loop
}

// OpKind tells what an [Op] is.
type OpKind uint8

// The kinds of operations.
const (
	OpCall    OpKind = iota // a method of the session, its Query or its Result
	OpRead                  // an attribute of a mapped object is read
	OpSet                   // an attribute of a mapped object is set
	OpMethod                // a method of a mapped object is called
	OpHandOut               // the session or a mapped object is an argument of a call
	OpBind                  // a variable is bound; Method is object, result or query
	OpReturn                // a function returns or yields; Method is as for OpBind
)
