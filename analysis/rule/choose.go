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

// Choose returns those of the rules that choices name, in the order of the rules.
// Where one list of a choice takes a rule and another leaves it out, the one that
// names it more exactly wins; if both do so alike, it is left out. A later choice
// stands above the ones before: what it selects replaces all that they say, and
// what it says of a rule otherwise wins over them. An entry that means no rule is
// an error.
func Choose(rules []*Rule, choices ...Choice) ([]*Rule, error) {
	on := map[*Rule]bool{}
	for _, r := range rules {
		on[r] = r.Severity != Off
	}
	for _, c := range choices {
		for _, e := range slices.Concat(c.Select, c.Extend, c.Ignore) {
			if err := Check(e, rules); err != nil {
				return nil, err
			}
		}
		for _, r := range rules {
			on[r] = c.takes(r, on[r])
		}
	}
	return slices.DeleteFunc(slices.Clone(rules), func(r *Rule) bool { return !on[r] }), nil
}

// takes reports whether a rule is run that was run, or not, before the choice.
func (c Choice) takes(r *Rule, before bool) bool {
	in, out := max(most(c.Select, r), most(c.Extend, r)), most(c.Ignore, r)
	switch {
	case in > out:
		return true
	case out > 0 || c.Select != nil:
		return false
	}
	return before
}

// Check returns an error if an entry of a choice means none of the rules.
func Check(entry string, rules []*Rule) error {
	if Named(entry, rules) {
		return nil
	}
	if like := Nearest(entry, rules); like != "" {
		return fmt.Errorf("no rule is called %q: did you mean %q?", entry, like)
	}
	return fmt.Errorf("no rule is called %q", entry)
}

// Named reports whether an entry of a choice means any of the rules.
func Named(entry string, rules []*Rule) bool {
	return slices.ContainsFunc(rules, func(r *Rule) bool { return Exactness(entry, r) > 0 })
}

// most returns how exactly the entries name a rule, 0 if they do not.
func most(entries []string, r *Rule) int {
	n := 0
	for _, e := range entries {
		n = max(n, Exactness(e, r))
	}
	return n
}

// Exactness returns how exactly an entry of a choice names a rule, 0 if it does
// not: a code or name does so more than "SES1", and that more than "ALL".
func Exactness(entry string, r *Rule) int {
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
