package session

import (
	"maps"
	"slices"
)

// A stateSet is the states that reached a block.
type stateSet struct {
	paths bool // what is past the bounds is left out: a summary tells of ways that can be taken, not of all
	keys  map[string]bool
	todo  []*State          // those that the block has not been run with
	all   []*State          // while they are kept apart
	group map[string]*State // past the bound: one state for each way that the sessions stand
	whole *State            // past that bound too: one state for all
}

// add takes a state that reached the block; it reports whether it is new. At
// most so many are kept apart.
func (t *stateSet) add(s *State, most int) bool {
	if t.keys == nil {
		t.keys = map[string]bool{}
	}
	key := s.key()
	if t.keys[key] {
		return false
	}
	t.keys[key] = true
	if t.group == nil && len(t.all) < most {
		t.all = append(t.all, s)
		t.todo = append(t.todo, s)
		return true
	}
	if t.group == nil {
		t.group = map[string]*State{}
		t.todo = nil
		for _, o := range t.all {
			t.merge(o, most)
		}
		t.all = nil
	}
	return t.merge(s, most)
}

// merge joins a state with the one of its group. Past the bound all groups are one.
func (t *stateSet) merge(s *State, most int) bool {
	key := (&State{sessions: s.sessions}).key()
	old := t.group[key]
	if t.whole != nil || old == nil && len(t.group) >= most {
		return !t.paths && t.mergeWhole(s)
	}
	if old != nil {
		s = joinStates(old, s)
		if s.key() == old.key() {
			return false
		}
		t.todo = slices.DeleteFunc(t.todo, func(o *State) bool { return o == old })
	}
	t.group[key] = s
	t.todo = append(t.todo, s)
	return true
}

func (t *stateSet) mergeWhole(s *State) bool {
	for _, key := range slices.Sorted(maps.Keys(t.group)) {
		s = joinStates(t.group[key], s)
	}
	clear(t.group)
	if t.whole != nil {
		s = joinStates(t.whole, s)
		if s.key() == t.whole.key() {
			return false
		}
	}
	t.whole = s
	t.todo = []*State{s}
	return true
}

// states returns what the set holds.
func (t *stateSet) states() []*State {
	out := slices.Clone(t.all)
	for _, key := range slices.Sorted(maps.Keys(t.group)) {
		out = append(out, t.group[key])
	}
	if t.whole != nil {
		out = append(out, t.whole)
	}
	return out
}
