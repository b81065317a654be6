package session

import "sessionlint/analysis/flow"

// An expression with many conditions in it comes out in as many states as the
// conditions have outcomes together. These functions keep them few: equal ones
// are one, and past the bound they are joined.

// few does so for values.
func (i *interp) few(rs []result) []result {
	if len(rs) < 2 {
		return rs
	}
	lists := make([]results, len(rs))
	for n, r := range rs {
		lists[n] = results{r.state, []Value{r.value}}
	}
	lists = i.fewLists(lists)
	out := rs[:0]
	for _, l := range lists {
		out = append(out, result{l.state, l.values[0]})
	}
	return out
}

// fewOutcomes does so for the states after a node, by the edge that they take.
func (i *interp) fewOutcomes(os []outcome) []outcome {
	if len(os) < 2 {
		return os
	}
	byEdge := map[flow.EdgeKind][]*State{}
	var edges []flow.EdgeKind
	for _, o := range os {
		if byEdge[o.edge] == nil {
			edges = append(edges, o.edge)
		}
		byEdge[o.edge] = append(byEdge[o.edge], o.state)
	}
	out := os[:0]
	for _, e := range edges {
		for _, s := range i.fewStates(byEdge[e]) {
			out = append(out, outcome{s, e})
		}
	}
	return out
}

// fewLists does so for lists of values, which are all of one length.
func (i *interp) fewLists(rs []results) []results {
	if len(rs) < 2 {
		return rs
	}
	rs = joinEqual(rs, func(r results) string {
		return (&State{vars: r.values}).key() + "|" + r.state.key()
	})
	if len(rs) > i.maxStates { // where sessions stand as they do is what matters
		rs = joinEqual(rs, func(r results) string {
			return (&State{vars: r.values, sessions: r.state.sessions}).key()
		})
	}
	if len(rs) > i.maxStates {
		rs = joinEqual(rs, func(results) string { return "" })
	}
	return rs
}

// joinEqual joins those that have the same key.
func joinEqual(rs []results, key func(results) string) []results {
	at := map[string]int{}
	out := rs[:0]
	for _, r := range rs {
		k := key(r)
		n, ok := at[k]
		if !ok {
			at[k] = len(out)
			out = append(out, r)
			continue
		}
		o := results{joinStates(out[n].state, r.state), make([]Value, len(r.values))}
		for v := range r.values {
			o.values[v] = join(out[n].values[v], r.values[v])
		}
		out[n] = o
	}
	return out
}
