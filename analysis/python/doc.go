// Package python turns Python source into a small typed syntax tree, and keeps
// that tree up to date while the source is being typed.
//
// # Units
//
// A file is cut into units before anything is parsed: every function of the
// module and every method of a class is one, a class head is one, and a run of
// statements between them is one. The cut needs only a line scanner that knows
// strings, brackets and indentation (scan.go, segment.go), so half-typed code
// in one function cannot change how the next one is read. An edit re-reads the
// units that it touches; all others are shared with the previous [File].
//
// Lines of a unit that are not complete are repaired before the parse
// (repair.go): a simple statement is hidden and becomes a [BadStmt], the head of
// a block gets the colon or the bracket that it lacks. So the statements around
// them are read as if nothing were being typed.
//
// # Trees
//
// Each unit is parsed on its own by tree-sitter and copied at once into the
// nodes of ast.go. This package is the only one that imports the binding, and a
// tree-sitter tree never leaves the [Parser] that made it: the parser keeps the
// tree of the unit that was edited last, for incremental parsing, and closes
// every other before it returns.
//
// # Positions
//
// Positions in nodes are byte offsets from the start of their unit; an
// untouched unit therefore stays valid when text above it grows. [Placed] says
// where a unit stands in the file. Nothing in this package counts UTF-16.
package python
