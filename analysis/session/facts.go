// Package session interprets functions abstractly: which state is each session
// in, at each point, on each path.
package session

// Facts is what the interpreter found out about one function.
type Facts struct{}
