package flow

import "sessionlint/analysis/python"

// Build returns the graph of the statements in body.
func Build(body []python.Stmt) *Graph {
	b := &builder{g: &Graph{}}
	b.g.Raise = b.block()
	b.g.Return = b.block()
	b.g.Entry = b.block()
	b.cur = b.g.Entry
	b.stmts(body)
	b.link(Next, b.g.Return)
	return b.g
}

// A builder adds blocks to a graph. Its frames are the statements around the
// current one that a jump or an exception has to pass, outermost first.
type builder struct {
	g      *Graph
	cur    *Block // the block that takes the next node
	frames []*frame
}

// A frame is a loop, a with item or a try around the current statement.
type frame struct {
	landing    *Block // where exceptions go inside of it; nil: to the frame outside
	breakTo    *Block // of a loop
	continueTo *Block

	cleanup func()            // builds what runs when control leaves normally; nil: nothing
	copies  map[*Block]*Block // by where control goes afterwards: the first block of a copy of it
}

// block adds a block whose exceptions go where the current frames say.
func (b *builder) block() *Block {
	n := &Block{Index: len(b.g.Blocks), Raises: b.landing()}
	b.g.Blocks = append(b.g.Blocks, n)
	return n
}

// landing returns where an exception goes from here.
func (b *builder) landing() *Block {
	for i := len(b.frames) - 1; i >= 0; i-- {
		if l := b.frames[i].landing; l != nil {
			return l
		}
	}
	return b.g.Raise
}

func (b *builder) link(kind EdgeKind, to *Block) {
	b.cur.Succs = append(b.cur.Succs, Edge{Kind: kind, To: to})
}

func (b *builder) add(n Node) { b.cur.Nodes = append(b.cur.Nodes, n) }

// branch opens a block that the current one reaches by an edge of a kind.
func (b *builder) branch(from *Block, kind EdgeKind) {
	n := b.block()
	from.Succs = append(from.Succs, Edge{Kind: kind, To: n})
	b.cur = n
}

func (b *builder) stmts(ss []python.Stmt) {
	for _, s := range ss {
		b.stmt(s)
	}
}

func (b *builder) stmt(s python.Stmt) {
	switch s := s.(type) {
	case *python.If:
		b.ifStmt(s)
	case *python.While:
		b.while(s)
	case *python.For:
		b.forStmt(s)
	case *python.With:
		b.with(s, s.Items)
	case *python.Try:
		b.try(s)
	case *python.Match:
		b.match(s)
	case *python.Assert:
		b.assert(s)
	case *python.Return:
		b.add(&Simple{s})
		b.jump(0, b.g.Return)
	case *python.Raise:
		b.add(&Simple{s})
		b.link(Propagate, b.landing())
		b.cur = b.block()
	case *python.Break, *python.Continue:
		b.leaveLoop(s)
	case *python.BadStmt:
		b.add(&Simple{s})
		if s.Exits { // it may, or may not
			from := b.cur
			b.branch(from, Next)
			b.jump(0, b.g.Return)
			b.branch(from, Next)
		}
	default:
		b.add(&Simple{s})
	}
}

// jump leaves all frames from depth on and goes to a block; what follows in the
// source is unreachable.
func (b *builder) jump(depth int, to *Block) {
	b.link(Next, b.leave(len(b.frames), depth, to))
	b.cur = b.block()
}

// leave returns the block to go to for leaving frames depth-1 … downTo and then
// going to a block: the first of the copies of what those frames clean up.
func (b *builder) leave(depth, downTo int, to *Block) *Block {
	for depth > downTo && b.frames[depth-1].cleanup == nil {
		depth--
	}
	if depth == downTo {
		return to
	}
	f := b.frames[depth-1]
	if c := f.copies[to]; c != nil {
		return c
	}
	cur, frames := b.cur, b.frames
	b.frames = frames[: depth-1 : depth-1]
	first := b.block()
	b.cur = first
	f.copies[to] = first
	f.cleanup()
	b.link(Next, b.leave(depth-1, downTo, to))
	b.cur, b.frames = cur, frames
	return first
}

func (b *builder) leaveLoop(s python.Stmt) {
	for i := len(b.frames) - 1; i >= 0; i-- {
		f := b.frames[i]
		if f.breakTo == nil {
			continue
		}
		to := f.breakTo
		if _, ok := s.(*python.Continue); ok {
			to = f.continueTo
		}
		b.jump(i+1, to)
		return
	}
	b.cur = b.block() // outside of a loop: half-typed
}

func (b *builder) ifStmt(s *python.If) {
	b.add(&Test{s.Cond})
	from, after := b.cur, b.block()
	b.branch(from, True)
	b.stmts(s.Body)
	b.link(Next, after)
	b.branch(from, False)
	b.stmts(s.Else)
	b.link(Next, after)
	b.cur = after
}

func (b *builder) assert(s *python.Assert) {
	b.add(&Test{s.Test})
	from := b.cur
	b.branch(from, False)
	if s.Msg != nil {
		b.add(&Eval{s.Msg})
	}
	b.link(Propagate, b.landing())
	b.branch(from, True)
}

// loop builds the body of a loop between its head and what follows it.
func (b *builder) loop(s python.Stmt, body, orElse []python.Stmt, more, done EdgeKind) {
	head, after := b.cur, b.block()
	again := b.block() // the way back, one block for all of it
	again.Succs = []Edge{{Kind: Back, To: head, Loop: s}}
	b.frames = append(b.frames, &frame{breakTo: after, continueTo: again})
	b.branch(head, more)
	b.stmts(body)
	b.link(Next, again)
	b.frames = b.frames[:len(b.frames)-1]
	b.branch(head, done)
	b.stmts(orElse)
	b.link(Next, after)
	b.cur = after
}

func (b *builder) while(s *python.While) {
	b.branch(b.cur, Next)
	b.add(&Test{s.Cond})
	b.loop(s, s.Body, s.Else, True, False)
}

func (b *builder) forStmt(s *python.For) {
	b.add(&Start{s})
	b.branch(b.cur, Next)
	b.add(&Iterate{s})
	b.loop(s, s.Body, s.Else, Next, Done)
}

func (b *builder) with(s *python.With, items []*python.WithItem) {
	if len(items) == 0 {
		b.stmts(s.Body)
		return
	}
	item := items[0]
	b.add(&Enter{s, item})
	cur, after := b.cur, b.block()

	landing := b.block()
	landing.Nodes = []Node{&Exit{s, item, true}}
	landing.Succs = []Edge{{Kind: Propagate, To: landing.Raises}, {Kind: Swallow, To: after}}

	b.frames = append(b.frames, &frame{
		landing: landing,
		cleanup: func() { b.add(&Exit{s, item, false}) },
		copies:  map[*Block]*Block{},
	})
	b.branch(cur, Next)
	b.with(s, items[1:])
	b.finish(after)
}

// finish ends the innermost frame: control runs through its cleanup to after.
func (b *builder) finish(after *Block) {
	depth := len(b.frames) - 1
	b.link(Next, b.leave(depth+1, depth, after))
	b.frames = b.frames[:depth]
	b.cur = after
}

func (b *builder) try(s *python.Try) {
	after := b.block()
	if len(s.Finally) > 0 {
		cur := b.cur
		landing := b.block() // the copy for exceptions
		b.cur = landing
		b.stmts(s.Finally)
		b.link(Propagate, b.landing())
		b.frames = append(b.frames, &frame{
			landing: landing,
			cleanup: func() { b.stmts(s.Finally) },
			copies:  map[*Block]*Block{},
		})
		b.cur = cur
	}
	b.handlers(s)
	if len(s.Finally) > 0 {
		b.finish(after)
		return
	}
	b.link(Next, after)
	b.cur = after
}

// handlers builds a try's body, handlers and else clause.
func (b *builder) handlers(s *python.Try) {
	cur, after := b.cur, b.block()
	if len(s.Handlers) == 0 {
		b.branch(cur, Next)
		b.stmts(s.Body)
		b.stmts(s.Else)
		return
	}
	landing := b.block()
	b.frames = append(b.frames, &frame{landing: landing})
	b.branch(cur, Next)
	b.stmts(s.Body)
	end := b.cur
	b.frames = b.frames[:len(b.frames)-1]

	b.branch(end, Next)
	b.stmts(s.Else)
	b.link(Next, after)
	for _, h := range s.Handlers {
		b.branch(landing, Caught)
		b.add(&Catch{h})
		b.stmts(h.Body)
		b.link(Next, after)
	}
	landing.Succs = append(landing.Succs, Edge{Kind: Propagate, To: landing.Raises})
	b.cur = after
}

func (b *builder) match(s *python.Match) {
	b.add(&Eval{s.Subject})
	after := b.block()
	for _, c := range s.Cases {
		b.branch(b.cur, Next)
		b.add(&Choose{c})
		from := b.cur
		b.branch(from, Next)
		b.stmts(c.Body)
		b.link(Next, after)
		b.branch(from, Done)
	}
	b.link(Next, after)
	b.cur = after
}
