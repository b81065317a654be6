package quickfix

import "sessionlint/analysis/python"

// pathTo returns the nodes from a statement of the function down to the first
// one with the given span for which want holds, outermost first. It returns nil
// where there is none.
func (s *site) pathTo(where python.Span, want func(python.Node) bool) []python.Node {
	for _, st := range s.body {
		if path := descend(st, where, want); path != nil {
			return path
		}
	}
	return nil
}

func descend(n python.Node, where python.Span, want func(python.Node) bool) []python.Node {
	if n.Pos() == where && want(n) {
		return []python.Node{n}
	}
	if !n.Pos().Contains(where) {
		return nil
	}
	for _, c := range python.Children(n) {
		if path := descend(c, where, want); path != nil {
			return append([]python.Node{n}, path...)
		}
	}
	return nil
}

// isCall reports whether a node is a call.
func isCall(n python.Node) bool { _, ok := n.(*python.Call); return ok }

// isAttribute reports whether a node is an attribute.
func isAttribute(n python.Node) bool { _, ok := n.(*python.Attribute); return ok }

// holdsOf reports whether a node applies something to another one: it reads its
// attribute or item, or calls it.
func holdsOf(parent, child python.Node) bool {
	switch p := parent.(type) {
	case *python.Attribute:
		return p.Value == child
	case *python.Subscript:
		return p.Value == child
	case *python.Call:
		return p.Func == child
	}
	return false
}

// blockAt returns the block of the innermost statement that contains a span.
func (s *site) blockAt(where python.Span) *block {
	var found *block
	for body, outer := s.body, (*block)(nil); ; {
		next := innermost(body, outer, where)
		if next == nil {
			return found
		}
		found, body, outer = next, nil, next
		for _, inner := range blocksOf(next.stmt()) {
			if len(inner) > 0 && (python.Span{Start: inner[0].Pos().Start, End: inner[len(inner)-1].Pos().End}).Contains(where) {
				body = inner
			}
		}
		if body == nil {
			return found
		}
	}
}

func innermost(body []python.Stmt, outer *block, where python.Span) *block {
	for n, st := range body {
		if st.Pos().Contains(where) {
			return &block{body, n, outer}
		}
	}
	return nil
}

// alone returns the block of the statement that is nothing but the call at a
// site, awaited or not; nil if there is none.
func (s *site) alone(call python.Span) *block {
	return find(s.body, nil, func(st python.Stmt) bool { return callsOnly(st, call) })
}

// asynchronous says why no await can stand at the end of a path, "" if one can.
func (s *site) asynchronous(path []python.Node) string {
	async := s.facts.Function != nil && s.facts.Function.Async
	where := path[len(path)-1].Pos()
	for _, n := range path {
		switch n := n.(type) {
		case *python.FunctionDef:
			async = n.Async
		case *python.Lambda:
			async = false
		case *python.Comprehension:
			if n.Kind == python.GeneratorExp && !n.Clauses[0].Iter.Pos().Contains(where) {
				return "an await would make the generator an asynchronous one"
			}
		}
	}
	if !async {
		return "the function is not asynchronous"
	}
	return ""
}

// callAt returns the call with a span, or one of nothing where there is none.
func (s *site) callAt(where python.Span) *python.Call {
	if path := s.pathTo(where, isCall); path != nil {
		return path[len(path)-1].(*python.Call)
	}
	return &python.Call{}
}
