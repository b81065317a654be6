package session

import "slices"

// repeat does to a session what a word says: see spell. It reports whether that
// can happen: a flush of nothing does not fail, nor does a get() of what is there.
func (i *interp) repeat(word string, v Value, at Site, s *State) bool {
	i.replaying++
	around := i.before
	i.before = *s.session(v)
	defer func() { i.replaying, i.before = i.replaying-1, around }()
	for n := range len(word) {
		o := s.session(v)
		if word[n] == 'e' && !o.Pending && (o.Owned || !i.summing) || word[n] == 'd' && !o.Pending && o.Owned && o.Writes != Yes {
			return false
		}
		if word[n] == 'G' && i.has(v, s) {
			return false
		}
		i.step(word[n], v, at, s)
	}
	return true
}

// reportedThere reports whether a callee does all by itself what an event is
// about: it is then reported in the callee.
func (i *interp) reportedThere(e *Event) bool {
	if i.replaying == 0 || !i.judged {
		return false
	}
	switch b := &i.before; e.Kind {
	case UsedAfterEnd:
		return b.EndedAt == (Site{}) && b.Block == No && b.Nested == 0
	case BeginTwice:
		return b.Tx == No
	case BeginInBlock, CloseInBlock, HandledInBlock:
		return b.Block == No
	case UsedAfterFailure:
		return b.CaughtAt == (Site{})
	}
	return false
}

// calls returns what a message should name for a method: the function of the
// file that calls it, if one does.
func (i *interp) calls(method string) string {
	if i.replaying > 0 && i.calling != "" {
		return i.calling
	}
	return method
}

func (i *interp) step(letter byte, v Value, at Site, s *State) {
	o := s.session(v)
	switch letter {
	case 'Y', '!':
	case '?', 'h':
		i.spell(o, letter)
		i.unseen(v, at, s)
	case 'e', 'd':
		i.spell(o, letter)
		o.FailedAt, o.FailedBy, o.CaughtAt, o.Pending, o.Excused, o.FailedC = at, i.calls("flush"), Site{}, false, o.Writes != No, letter == 'd'
		o.begin(at, "flush")
		o.hold(at)
		if letter == 'e' {
			s.undone(o, Yes)
		}
	case 'F', 'G', 'H':
		if o.Pending && (letter == 'F' || !i.mayHave(map[byte]byte{'G': 'i', 'H': 'j'}[letter], v, s)) {
			i.step('e', v, at, s)
			return
		}
		i.spell(o, letter)
		o.begin(at, "execute")
		o.hold(at)
	case 'k':
		i.spell(o, letter)
		if o.FailedAt == (Site{}) {
			o.Excused = o.Writes != No
			return
		}
		o.CaughtAt = at
		if o.Block == Yes && !o.Undone {
			o.Handled, o.HandledF = at, true
		}
	case 'i', 'I', 'j':
		if i.mayHave(letter, v, s) {
			i.spell(o, letter)
			o.Tx, o.Held = max(o.Tx, Maybe), max(o.Held, Maybe)
			return
		}
		i.repeatCall(letter, v, at, s)
	case 'z':
		if o.Expires == Yes {
			i.repeatCall('r', v, at, s)
		} else {
			i.mayReload(o)
		}
	case 'q':
		i.spell(o, letter)
		o.Excused = o.Writes != No
	case 's':
		i.writeTo(Value{Kind: MappedV, Obj: v.Obj}, "", Yes, OpSet, at, s)
	case 'B':
		i.spell(o, letter)
		i.tellBegin(at, "begin", o)
		o.enterBlock(at)
	case 'E':
		i.spell(o, letter)
		i.handledInBlock(o)
		i.did(Committed, at, "begin", o)
		i.kept(o)
		o.leaveBlock()
		s.committed(o)
	case 'R':
		i.spell(o, letter)
		i.did(RolledBack, at, "begin", o)
		o.leaveBlock()
		s.undone(o, Yes)
	case 'N':
		i.spell(o, letter)
		o.enterSavepoint()
	case 'M', 'U':
		i.spell(o, letter)
		o.Nested = max(0, o.Nested-1)
		if letter == 'U' {
			o.undo()
			s.partlyUndone(o)
		}
		if letter == 'M' && o.Pending {
			o.Pending = false
			o.hold(at)
			s.flushed(o)
		}
		if o.Nested == 0 && o.Block != Yes {
			o.EndedAt = Site{}
		}
	default:
		i.repeatCall(letter, v, at, s)
	}
}

// repeatCall repeats the call that a letter stands for.
func (i *interp) repeatCall(letter byte, v Value, at Site, s *State) {
	m, writes := methodOf(letter, s.session(v).class())
	if m == nil {
		return
	}
	i.op(v, at, Op{Kind: OpHandOut, Writes: writes, Whole: true}, s)
	switch letter { // a key of that kind
	case 'i':
		v.Key = "0"
	case 'I':
		v.Key = madeKey
	}
	if letter == 'g' {
		i.begins(at, v, s)
	}
	i.called(m, writes, at, v, s)
	if letter == 'r' || getting(letter) {
		s.reloaded(v, "", "", false)
	}
}

// has reports whether a variable holds an object that a constant names, which is
// then the one that a callee gets by a constant, or a list that has it.
func (i *interp) has(v Value, s *State) bool {
	return slices.ContainsFunc(s.vars[i.scope.hidden:], func(w Value) bool {
		return w.Kind == MappedV && w.Obj == v.Obj && w.Stale == No && !w.Dead && !w.isNew() && (w.Many || isConstKey(w.Key))
	})
}

func getting(letter byte) bool { return letter == 'i' || letter == 'I' || letter == 'j' }

// mayHave reports whether a variable may hold the object that a callee gets: one
// that the session has, and that is not expired.
func (i *interp) mayHave(letter byte, v Value, s *State) bool {
	return slices.ContainsFunc(s.vars[i.scope.hidden:], func(w Value) bool {
		switch {
		case w.Kind != MappedV || w.Obj != v.Obj || w.Stale != No || w.Dead || w.isNew():
			return false
		case w.Many: // a list has what a constant names, and mostly not what is looked for
			return letter == 'i'
		case letter == 'j' || w.Key == "" || w.Key == anyKey:
			return true
		}
		return letter == 'i' && isConstKey(w.Key)
	})
}

// unseen notes that something that cannot be seen was given a session.
func (i *interp) unseen(v Value, at Site, s *State) {
	o := s.session(v)
	o.HandedOut = true
	i.mayWrite(v, OpHandOut, at, s)
	if o.Reopened != (Reopening{}) {
		o.Life, o.Reopened = Lost, Reopening{} // it may close or commit
	}
	o.Tx, o.Held = either(o.Tx, Maybe), either(o.Held, Maybe)
	o.FailedAt, o.CaughtAt, o.EndedAt = Site{}, Site{}, Site{}
	if o.Held == Maybe && o.HeldAt == (Site{}) {
		o.HeldAt = at
	}
}
