package rule

import (
	"fmt"
	"slices"
	"strings"
)

// A Choice says which rules are to run. What its lists hold are codes
// ("SES101"), names ("use-after-close"), beginnings of codes ("SES1") and "ALL",
// in upper or lower case.
type Choice struct {
	Select []string // these instead of those that are on by default
	Extend []string // these too
	Ignore []string // but not these
}

// Choose returns those of the rules that a choice names. Where one list takes a
// rule and another leaves it out, the one that names it more exactly wins; if
// both do so alike, it is left out. An entry that means no rule is an error.
func Choose(rules []*Rule, c Choice) ([]*Rule, error) {
	for _, e := range slices.Concat(c.Select, c.Extend, c.Ignore) {
		if !slices.ContainsFunc(rules, func(r *Rule) bool { return exactness(e, r) > 0 }) {
			if like := Nearest(e, rules); like != "" {
				return nil, fmt.Errorf("no rule is called %q: did you mean %q?", e, like)
			}
			return nil, fmt.Errorf("no rule is called %q", e)
		}
	}
	taken := slices.Concat(c.Select, c.Extend)
	var out []*Rule
	for _, r := range rules {
		in := most(taken, r)
		if in == 0 && c.Select == nil && r.Severity != Off {
			in = 1
		}
		if in > most(c.Ignore, r) {
			out = append(out, r)
		}
	}
	return out, nil
}

// most returns how exactly the entries name a rule, 0 if they do not.
func most(entries []string, r *Rule) int {
	n := 0
	for _, e := range entries {
		n = max(n, exactness(e, r))
	}
	return n
}

// exactness returns how exactly an entry names a rule, 0 if it does not.
func exactness(entry string, r *Rule) int {
	switch {
	case r.Called(entry):
		return len(r.Code)
	case strings.EqualFold(entry, "ALL"):
		return 1
	case len(entry) >= len("SES") && len(entry) < len(r.Code) && strings.EqualFold(entry, r.Code[:len(entry)]):
		return len(entry)
	}
	return 0
}
