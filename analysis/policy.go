package analysis

import (
	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

// A Policy says what is wanted of each file. Its methods may be called by many
// goroutines. A workspace has to be told when answers change
// ([Workspace.Changed]), as of a change of the files that they come from.
type Policy interface {
	// Plan returns which rules are run for a file, and how grave their findings are.
	Plan(path string) *rule.Plan
	// Hints returns what is said of the functions that a file calls; nil is nothing.
	Hints(path string) *session.Hints
	// Width returns how many characters a line of a file may have; 0 is any number.
	Width(path string) int
}

// everywhere is the policy that wants the same of each file.
type everywhere struct{ plan *rule.Plan }

func (e everywhere) Plan(string) *rule.Plan { return e.plan }

func (e everywhere) Hints(string) *session.Hints { return nil }

func (e everywhere) Width(string) int { return 0 }

// Under returns an engine that asks a policy which rules to run. Files that are
// open see a change of its answers when they are analysed next.
func (e *Engine) Under(p Policy) *Engine {
	under := *e
	under.policy = p
	if e.workspace != nil {
		under.answers = session.NewAnswers()
	}
	return &under
}

// world is the files of a workspace, and what a policy says of them.
type world struct {
	*Workspace
	policy Policy
}

// Hints implements [session.World].
func (w world) Hints(path string) *session.Hints { return w.policy.Hints(path) }

// nowhere is the world of a file that has no workspace.
type nowhere struct{ policy Policy }

func (nowhere) Locate(string, string) (string, bool) { return "", false }
func (nowhere) Open(string) *session.File            { return nil }
func (nowhere) Round() uint64                        { return 1 }
func (nowhere) Current(*session.File) bool           { return false }

func (n nowhere) Hints(path string) *session.Hints { return n.policy.Hints(path) }
