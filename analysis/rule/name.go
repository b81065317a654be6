package rule

import "strings"

// Called reports whether a word is the rule's code or name, in upper or lower case.
func (r *Rule) Called(word string) bool {
	return strings.EqualFold(word, r.Code) || strings.EqualFold(word, r.Name)
}

// Nearest returns the code or name that a misspelt word is most like, "" if
// none is like it, or several codes are alike.
func Nearest(word string, rules []*Rule) string {
	names := make([]string, 0, 2*len(rules))
	for _, r := range rules {
		names = append(names, r.Code, r.Name)
	}
	return NearestOf(word, names)
}

// NearestOf returns which of some names a misspelt word is most like, "" if it is
// like none, or like several.
func NearestOf(word string, names []string) string {
	word = strings.ReplaceAll(strings.ToLower(word), "_", "-")
	best, least, alone := "", 0, false
	for _, name := range names {
		limit := max(1, len(name)/4)
		if len(word) > len(name)+limit {
			continue
		}
		n := distance(word, strings.ToLower(name))
		if n > limit || best != "" && n > least {
			continue
		}
		alone = best == "" || n < least
		best, least = name, n
	}
	if !alone {
		return ""
	}
	return best
}

// distance returns how many letters have to be changed, added, left out or
// swapped with their neighbour to make b of a.
func distance(a, b string) int {
	before, last := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
