// Package flow builds the control-flow graph of one Python function.
//
// Every way out of a statement is an edge: falling through, branches, loops,
// break, continue, return, raise, and an exception out of anything that is
// evaluated. The exit of a with statement and the body of a finally clause are
// copied for each way that leads through them, so a path through the graph is a
// path of the program: the copy for a return goes on to the return, the one for
// an exception to the next handler.
//
// The graph says where control can go, not what a program knows there: whether
// a handler catches an exception, or a context manager swallows one, is for the
// reader of the graph to decide.
package flow

import "sessionlint/analysis/python"

// Graph is the control-flow graph of one function, or of the statements of a
// module or class body.
type Graph struct {
	Entry  *Block
	Return *Block // every return, and the end of the body, arrives here
	Raise  *Block // an exception that nothing catches arrives here
	Blocks []*Block
}

// Block is a basic block: its nodes run one after the other. An exception can
// leave it at any of them.
type Block struct {
	Index  int // in Graph.Blocks
	Nodes  []Node
	Succs  []Edge // where control goes after the last node
	Raises *Block // where an exception goes that leaves a node
}

// Edge leads from the end of a block to another.
type Edge struct {
	Kind EdgeKind
	To   *Block
	Loop python.Stmt // of a Back edge: the loop that begins anew
}

// EdgeKind says when an edge is taken.
type EdgeKind uint8

// The kinds of edges.
const (
	Next      EdgeKind = iota // always, or: the loop has one more item, the case matches
	True                      // the Test before it holds
	False                     // the Test before it does not hold
	Done                      // the loop has no more items, the case does not match
	Back                      // to the head of a loop
	Caught                    // the handler at the start of To catches the exception
	Propagate                 // the exception goes on
	Swallow                   // the context manager swallowed the exception
)

// Node is one step of a block. The concrete types are the pointers to the
// structs below.
type Node interface{ node() }

// The kinds of nodes.
type (
	// Simple runs a statement that has no blocks of its own, makes a function
	// or class, or evaluates the value of a return or the exception of a raise.
	Simple struct{ Stmt python.Stmt }
	// Eval evaluates an expression: the subject of a match.
	Eval struct{ Expr python.Expr }
	// Test evaluates a condition; the edges after it are True and False.
	Test struct{ Cond python.Expr }
	// Start evaluates what a for loop goes over.
	Start struct{ For *python.For }
	// Iterate takes the next item; the edges after it are Next and Done.
	Iterate struct{ For *python.For }
	// Choose tries one case of a match; the edges after it are Next and Done.
	Choose struct{ Case *python.Case }
	// Enter enters a context manager.
	Enter struct {
		With *python.With
		Item *python.WithItem
	}
	// Exit leaves a context manager, on its normal way or with an exception;
	// of the latter, the edges after it are Propagate and Swallow.
	Exit struct {
		With      *python.With
		Item      *python.WithItem
		Exception bool
	}
	// Catch begins a handler.
	Catch struct{ Handler *python.Handler }
)

func (*Simple) node()  {}
func (*Eval) node()    {}
func (*Test) node()    {}
func (*Start) node()   {}
func (*Iterate) node() {}
func (*Choose) node()  {}
func (*Enter) node()   {}
func (*Exit) node()    {}
func (*Catch) node()   {}
