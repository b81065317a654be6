// Package session interprets functions abstractly: which state is each session
// in, at each point, on each path.
//
// A [State] is one way that a function can stand at a point: what its variables
// hold, and the typestate of every session that it made or was handed. The
// interpreter (interp.go) carries sets of states along the edges of the
// control-flow graph until nothing new comes. Two states are kept apart while
// they differ, so what one branch did to a session is remembered together with
// why that branch was taken; only past a bound are states joined.
//
// Sessions are abstract objects that are named by where they were made.
// Variables, attributes and everything that was got out of a session point to
// them ([Value]), so a session is followed through renaming, through the
// queries and rows that hang on it, and out of the function.
//
// What a method does to its session is data: methods.tsv, read by table.go.
//
// Whatever the interpreter does not understand makes it know less, never more:
// an unknown value is never blamed.
package session
