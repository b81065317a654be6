package timeline

import (
	"fmt"

	"sessionlint/analysis/session"
)

// Amount says how much work is pending: "2 writes".
func (s State) Amount() string {
	switch n := len(s.Pending); {
	case s.More:
		return fmt.Sprintf("%d or more writes", max(n, 1))
	case n == 1:
		return "1 write"
	default:
		return fmt.Sprintf("%d writes", n)
	}
}

// Tell says in a few words what a step does.
func (l Life) Tell(s Step) string {
	text := l.tell(s)
	if s.Error {
		text = "on an exception: " + text
	}
	return text
}

func (l Life) tell(s Step) string {
	switch s.Kind {
	case Opened:
		return "opened"
	case HandedIn:
		return "handed in"
	case Begun:
		if s.Method == "" {
			return "a transaction has begun in the called function"
		}
		if s.Itself() && s.Before.Closed == session.Yes {
			return s.by() + " opens it again, and begins a transaction"
		}
		if s.Itself() {
			return "a transaction begins by itself, with " + s.by()
		}
		return s.by() + " begins a transaction"
	case Written:
		return s.by() + " writes"
	case Committed:
		return s.by() + " commits" + l.work(s)
	case RolledBack:
		return s.by() + " rolls back" + l.work(s)
	}
	if s.Method == "" && !s.Block {
		return "closed in the called function"
	}
	text := s.by() + " closes it"
	if s.Before.Writes != session.No && !l.Joined {
		text += ", which rolls back" + l.work(s)
	}
	return text
}

// Itself reports whether a transaction begins without a call of begin().
func (s Step) Itself() bool {
	return s.Kind == Begun && s.At <= s.Site.End && s.Method != "" && s.Method != "begin" && s.Method != "begin_nested"
}

// by names what does a step.
func (s Step) by() string {
	switch {
	case s.Block:
		return "the end of the block"
	case s.Method == "":
		return "a mapped object"
	}
	return s.Method + "()"
}

// work tells what is at stake in a step.
func (l Life) work(s Step) string {
	switch s.Before.Writes {
	case session.Yes:
		return " " + s.Before.Amount()
	case session.Maybe:
		return " perhaps " + s.Before.Amount()
	}
	return ""
}
