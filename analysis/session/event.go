package session

import (
	"sort"

	"sessionlint/analysis/python"
)

// Event is something that happens to a session, or with it, on some path, and
// that a rule may want to report.
type Event struct {
	Kind    EventKind
	Site    Site
	Session Session // its state just before; of an event that is about no session, zero
	Method  string  // what was called, as the source has it
	Through string  // the function of the project that calls it, if it stands there
	Other   Site    // the place that the event goes back to; see the kinds
	// Elsewhere tells that it does not happen on another path: the work that
	// is lost here is committed there.
	Elsewhere bool
	Sure      bool // on some path it happens for certain, else it may happen
	Unloaded  bool // of a read: it is a relationship that was never loaded
	Caught    bool // on each such path something failed before, and was handled
}

// EventKind tells what happened.
type EventKind uint8

// The kinds of events. Where a kind has an Other, that is said.
const (
	BeginTwice       EventKind = iota // begin() in a transaction that something else began (Other)
	BeginInBlock                      // begin() within a begin block (Other)
	UsedAfterEnd                      // used in a begin block after Other ended its transaction
	CloseInBlock                      // closed within a begin block (Other)
	WritesLost                        // closed at Other, or left, with work that nothing committed
	UsedAfterFailure                  // used at Other after the handler at Site swallowed a failed flush or commit
	HandledInBlock                    // a handler within a begin block that then commits
	CommitInLoop                      // commit in a loop (Other) over rows; Sure: one that streams, or in a begin block
	SlowCall                          // a call that may take long while the session holds a connection (since Other)
	UsedClosed                        // a connection is used after it was closed (Other); it raises
	UsedDetached                      // refresh() and the like of an object that the session had before it was closed (Other); it raises
	DeadResult                        // a result is read after the session was closed (Other)
	DetachedRead                      // an attribute of an expired object is read after the session was closed (Other)
	ImplicitIO                        // an attribute of an expired object of an asynchronous session is read
	NotAwaited                        // a coroutine that nothing awaits
	NeedlessAwait                     // await of what is no coroutine
	WrongManager                      // with where async with is needed, or the other way round; Method is the right word
	Shared                            // handed to several tasks or threads; Other is the first hand-off
	OutOfBlock                        // leaves the with block (Other) that closes it
	NotEntered                        // a context manager that nothing enters
	InDefault                         // made in the default value of a parameter, or as an attribute of a class
	Advanced                          // a temporary generator that closes its session is advanced by hand
	BlockingSQL                       // a synchronous session runs SQL in an async function
	EndedForCaller                    // commit, rollback or close of a session that was handed in
	SwallowedByScope                  // a scope handles what its body raised, and does not raise it again
	CommitInFinally                   // a scope commits in finally
	StoredOpen                        // stored as the attribute Method of an object that does not close it
	SharedGlobal                      // a session of the module is used in a function
	NeverRemoved                      // a scoped session in a thread that nothing removes
)

type eventKey struct {
	kind EventKind
	site Site
	made Site
}

// event notes an event. Of several at one place the sure one counts.
func (i *interp) event(e Event) {
	if i.reportedThere(&e) {
		return
	}
	switch e.Kind {
	case BeginTwice, BeginInBlock, UsedAfterEnd, CloseInBlock, WritesLost, DeadResult, DetachedRead, ImplicitIO:
		e.Caught = i.now != nil && i.now.broke
	}
	switch e.Kind {
	case UsedClosed, UsedAfterEnd, UsedAfterFailure, CloseInBlock:
		e.Method = i.calls(e.Method)
	}
	key := eventKey{e.Kind, e.Site, e.Session.Made}
	if old := i.events[key]; old != nil && (old.Sure && (!old.Caught || e.Caught) || !e.Sure) {
		return
	}
	i.events[key] = &e
}

func sortedEvents(m map[eventKey]*Event) []Event {
	var out []Event
	for _, e := range m {
		out = append(out, *e)
	}
	sort.Slice(out, func(a, b int) bool {
		x, y := out[a], out[b]
		switch {
		case x.Site != y.Site:
			return siteLess(x.Site, y.Site)
		case x.Kind != y.Kind:
			return x.Kind < y.Kind
		}
		return siteLess(x.Session.Made, y.Session.Made)
	})
	return out
}

// head returns the first line of a handler, which is what a finding marks.
func head(h *python.Handler) Site {
	if h.Type == nil {
		return Site{Start: h.Start, End: h.Start + len("except")}
	}
	return Site{Start: h.Start, End: h.Type.Pos().End}
}
