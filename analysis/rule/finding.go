package rule

import (
	"sessionlint/analysis/python"
	"sessionlint/analysis/session"
)

// Severity says how certain and how grave a finding is.
type Severity uint8

// The severities. Off is a rule that is not run unless it is asked for; a
// finding with it has the severity that its rule reports.
const (
	Off Severity = iota
	Info
	Warning
	Error
)

// String returns the name that configuration files and output use.
func (s Severity) String() string {
	switch s {
	case Info:
		return "info"
	case Warning:
		return "warning"
	case Error:
		return "error"
	}
	return "off"
}

// Finding is one defect at one place.
type Finding struct {
	Rule     *Rule
	Severity Severity
	Message  string      // one sentence, without a full stop
	Span     python.Span // bytes of the file
	Function string      // qualified name of the function, "" at module level
	Related  []Related   // the witness, in the order in which it happens

	// Warns tells that it is no error: only a name says that there is a session,
	// or something has to fail first.
	Warns bool

	// Unit is the index in File.Units of the unit that the finding is in.
	Unit int
	// Provided says, of all functions of the file, whether the finding stands;
	// nil: it does.
	Provided func(file []*session.Facts) bool
	// Evidence is what the rule knows beyond the message, for the fixes of
	// that rule. Its type is documented at the rule; its positions count from
	// the start of the unit.
	Evidence any
}

// Related is a place that helps to understand a finding.
type Related struct {
	Span    python.Span // bytes of the file
	Message string
}
