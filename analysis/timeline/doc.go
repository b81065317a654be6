// Package timeline tells the life of a session within one function, as a reader
// follows it down the page: where it is opened, where its transaction begins,
// what is written, committed, rolled back, and where it is closed. It is made
// from the facts alone.
//
// A function has many paths and a page only one direction. How a session stands
// at a place is what holds on all paths that come there; where they differ, the
// answer is [session.Maybe].
package timeline
