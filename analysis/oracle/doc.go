// Package oracle holds the engine against the real SQLAlchemy: it makes small
// random programs, runs each of them along all its ways, and compares what the
// library did with what the engine found.
//
// The generator (grammar.go and the files beside it, whose tables are the
// grammar) writes what people write. A condition is a call of a function that
// the program imports and the reader knows nothing of, or a parameter:
//
//	program   = helper* "def job(…):" unit+ [return]
//	unit      = opened block, or a session opened by hand, its work and mostly
//	            its close; then now and then something that comes too late
//	block     = with Session(engine) as s | with SessionMaker() as s | ….begin()
//	            | with scope() as s | with engine.connect() as conn | …
//	work      = read | write | lazy query or result | use of what was read
//	            | flush | commit | rollback | close | call of a helper
//	            | notify(1), which may raise
//	            | with s.begin(): work | with s.begin_nested(): work
//	            | if/else | for | while | try/except/else/finally
//	            | return | raise | break | continue
//	helper    = reads, writes, ends or closes the session it is given
//	            | makes and returns one | a @contextmanager over one
//
// The runner (testdata/worker.py) replaces the unknown functions by ones that
// decide, and walks through every combination of outcomes: branches both ways,
// loops 0, 1 and 2 times, every unknown call and every statement and commit of
// the database failing once (two failures in some programs). It notes what each
// way leaks, loses and raises ([Note]).
//
// [Compare] says what of this the engine must report and what it must not.
package oracle
