package report

import "sessionlint/analysis/rule"

// style is an SGR parameter list, "" for plain text.
type style string

const (
	plain   style = ""
	bold    style = "1"
	red     style = "1;31"
	green   style = "32"
	yellow  style = "1;33"
	blue    style = "1;34"
	cyan    style = "1;36"
	deleted style = "31"
)

// painter colours text, or leaves it as it is.
type painter bool

func (p painter) paint(s style, text string) string {
	if !bool(p) || s == plain || text == "" {
		return text
	}
	return "\x1b[" + string(s) + "m" + text + "\x1b[0m"
}

func severityStyle(s rule.Severity) style {
	switch s {
	case rule.Error:
		return red
	case rule.Warning:
		return yellow
	}
	return cyan
}
