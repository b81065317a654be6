package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

// A value is a string with a meaning. Each type of [Options] is made of values.
type value interface {
	// fault returns what is wrong with the value, "" if nothing is.
	fault(rules []*rule.Rule) string
	// describe returns the JSON schema of the value.
	describe(rules []*rule.Rule) schema
}

// A Selector is a rule's code or name, the beginning of codes, or ALL.
type Selector string

func (s Selector) fault(rules []*rule.Rule) string {
	if rule.Named(string(s), rules) {
		return ""
	}
	if like := rule.Nearest(string(s), rules); like != "" {
		return fmt.Sprintf("no rule is called `%s`; did you mean `%s`?", s, like)
	}
	return fmt.Sprintf("no rule is called `%s`; `sessionlint explain` lists the rules", s)
}

// A Grade is the name of a severity.
type Grade string

func grades() []string {
	return []string{rule.Error.String(), rule.Warning.String(), rule.Info.String(), rule.Off.String()}
}

func (g Grade) fault([]*rule.Rule) string {
	if slices.Contains(grades(), string(g)) {
		return ""
	}
	return fmt.Sprintf("`%s` is no severity; choose one of %s", g, strings.Join(grades(), ", "))
}

// severity returns what a grade that has no fault stands for.
func (g Grade) severity() rule.Severity {
	for _, s := range []rule.Severity{rule.Error, rule.Warning, rule.Info} {
		if s.String() == string(g) {
			return s
		}
	}
	return rule.Off
}

// A Glob is a pattern of files and folders: see [glob].
type Glob string

func (g Glob) fault([]*rule.Rule) string {
	switch {
	case g == "":
		return "an empty text is no glob"
	case !doublestar.ValidatePattern(string(g)):
		return fmt.Sprintf("`%s` is no glob: a bracket or brace is not closed, or nothing follows a backslash", g)
	}
	return ""
}

// A Name is a dotted name with wildcards, as [session.Hints] take them.
type Name string

func (n Name) fault([]*rule.Rule) string {
	if session.IsName(string(n)) {
		return ""
	}
	return fmt.Sprintf("`%s` is no dotted name such as `shop.db.open_session` or `*.open_session`", n)
}

// A Version is one of SQLAlchemy.
type Version string

func versions() []string { return []string{"1.4", "2.0", "2.1"} }

func (v Version) fault([]*rule.Rule) string {
	if slices.Contains(versions(), string(v)) {
		return ""
	}
	return fmt.Sprintf("`%s` is no version of SQLAlchemy that sessionlint knows; choose one of %s", v, strings.Join(versions(), ", "))
}

// A Path is that of another configuration file.
type Path string

func (p Path) fault([]*rule.Rule) string {
	if strings.HasSuffix(string(p), ".toml") {
		return ""
	}
	return fmt.Sprintf("`%s` is no configuration file: its name has to end in .toml", p)
}
