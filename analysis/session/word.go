package session

import (
	"slices"
	"strings"
)

// A word says what a function does to a session on one path, a letter for each
// step. A caller repeats the steps on the session that it hands in, so a call
// of a helper has the effects that the helper's statements would have.
//
//	i  get() by a constant, I by what a call gives, j by anything else: SQL, unless
//	   the session has the object
//	z  a read of what a commit has expired
//	r  SQL that reads            g  begin()               N  enters a savepoint
//	w  SQL that writes           n  begin_nested()        M  leaves it
//	m  SQL that may write        f  flush                 h  hands it to what cannot be seen
//	a  queues a change           c  commit                U  leaves a savepoint with an exception
//	e  a flush failed            d  a commit failed
//	F  SQL failed, or else the flush before it
//	G  the same, of a get() by a constant           H  of a get() by anything else
//	s  sets an attribute         b  rollback              Y  hands it out at a yield
//	B  enters a begin block      x  close                 !  an exception is thrown in there
//	E  leaves it                 R  leaves it with an exception
//	k  a handler caught that it failed                   q  a handler caught something else
const unknownWord = "?"

// maxWord bounds a word. What is longer is not known.
const maxWord = 16

// letter returns what a method is in a word.
func (m *Method) letter(writes Tri) byte {
	switch {
	case m.Commits:
		return 'c'
	case m.closes():
		return 'x'
	case m.RollsBack:
		return 'b'
	case m.Name == "begin":
		return 'g'
	case m.Name == "begin_nested":
		return 'n'
	case m.Name == "flush":
		return 'f'
	case m.SQL || m.Checkout:
		return "rmw"[writes]
	case writes != No:
		return 'a'
	}
	return 0
}

// methodOf returns the method that a letter stands for.
func methodOf(letter byte, class string) (m *Method, writes Tri) {
	name := map[byte]string{
		'c': "commit", 'x': "close", 'b': "rollback", 'g': "begin", 'n': "begin_nested", 'f': "flush",
		'r': "execute", 'i': "get", 'I': "get", 'j': "get", 'm': "execute", 'w': "execute", 'a': "add",
	}[letter]
	switch letter {
	case 'w', 'a':
		writes = Yes
	case 'm':
		writes = Maybe
	}
	return methods[class+name], writes
}

// getLetter returns what a get() is in a word that looks for a key: see keyOf.
func getLetter(key string) byte {
	switch {
	case isConstKey(key):
		return 'i'
	case strings.HasPrefix(key, madeKey):
		return 'I'
	}
	return 'j'
}

// failedLetter returns what a method that failed is in a word.
func (m *Method) failedLetter(key string) byte {
	switch {
	case !strings.HasPrefix(m.Name, "get"):
		return 'F'
	case getLetter(key) == 'i':
		return 'G'
	}
	return 'H'
}

func (i *interp) noteWord(o *Session, m *Method, writes Tri, key string) {
	if strings.HasPrefix(m.Name, "merge") { // it looks for the row, and queues the change
		i.spell(o, 'r')
		if writes != No {
			i.spell(o, 'a')
		}
		return
	}
	if (m.Name == "get" || m.Name == "get_one") && m.Class != "Query" {
		i.spell(o, getLetter(key))
		return
	}
	if l := m.letter(writes); l != 0 {
		i.spell(o, l)
	}
}

// spell adds a letter to a session's word. What repeats, as in a loop, stands
// twice: the caller sees that it happens more than once.
func (i *interp) spell(o *Session, letter byte) {
	if !i.summing || o.word == unknownWord {
		return
	}
	if same := o.word[strings.LastIndexAny(o.word, "asgnfcbxedBENMURYhk!")+1:]; strings.IndexByte("rwmizIj", letter) >= 0 && strings.IndexByte(same, letter) >= 0 {
		return // it has been done in this transaction, and nothing since
	}
	w := o.word
	if letter == 'b' { // as if it had never been
		w = strings.TrimRight(w, "rwmizIjasfedkqFGH")
		outer := strings.TrimRight(w, "rwmizIjasfedkqFGHnNMU")
		if in := w[len(outer):]; strings.Count(in, "N") == strings.Count(in, "M")+strings.Count(in, "U") {
			w = outer
		}
		undone := o.word[len(w):]
		if n := strings.IndexAny(undone, "ed"); w == "" && n >= 0 && !strings.ContainsAny(undone[:n], "aswm") { // only who has something to send comes here
			w += undone[n : n+1]
		}
		switch ended := w != "" && strings.IndexByte("cbx", w[len(w)-1]) >= 0; { // it fails all the same where a caller cannot begin another transaction
		case (w == "" || ended) && strings.ContainsAny(undone, "rwmiIjFGH"):
			w += "r"
		case ended && strings.ContainsAny(undone, "as"):
			w += "a"
		}
	}
	w += string(letter)
	if n := len(w); n > 1 && w[n-2] == letter && strings.IndexByte("rhfxbq", letter) >= 0 {
		w = w[:n-1]
	}
	for size := 1; size <= 4; size++ {
		n := len(w)
		if n < 2*size || w[n-size:] != w[n-2*size:n-size] {
			continue
		}
		if size > 1 && !strings.ContainsAny(w[n-size:], "cbxgnBENMRUYf") || n >= 3*size && w[n-size:] == w[n-3*size:n-2*size] {
			w = w[:n-size]
		}
	}
	if w = again(w); len(w) > maxWord {
		w = unknownWord
	}
	o.word = w
}

// again takes a transaction off the end of a word that is not the second one and
// the same as one before: loops do not make words longer than they have different
// turns.
func again(w string) string {
	var pieces []string
	for from, open, n := 0, 0, 0; n < len(w); n++ {
		switch w[n] {
		case 'N', 'B':
			open++
		case 'M', 'U', 'E', 'R':
			open--
		}
		switch ends := strings.IndexByte("cbER", w[n]) >= 0 && open == 0; {
		case ends:
			pieces, from = append(pieces, w[from:n+1]), n+1
		case n == len(w)-1:
			return w // the last one goes on
		}
	}
	if n := len(pieces) - 1; n > 1 && slices.Contains(pieces[:n], pieces[n]) {
		return strings.Join(pieces[:n], "")
	}
	return w
}

// class returns the prefix of the session's methods in the method table.
func (o *Session) class() string {
	switch {
	case o.Core && o.Async:
		return "AsyncConnection."
	case o.Core:
		return "Connection."
	case o.Async:
		return "AsyncSession."
	}
	return "Session."
}
