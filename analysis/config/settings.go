package config

import (
	"crypto/sha256"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"sessionlint/analysis/rule"
	"sessionlint/analysis/rule/invalidconfiguration"
	"sessionlint/analysis/session"
)

// Settings are what holds for the files of one folder. They are immutable and
// safe for concurrent use.
type Settings struct {
	// Files are the configuration files that they come from, the nearest first;
	// none if there is no configuration.
	Files []string

	options  Options
	origins  map[string]string // by setting: the file that has it
	rules    []*rule.Rule
	on       []*rule.Rule
	grades   map[*rule.Rule]rule.Severity
	perFile  []perFile
	exclude  []glob
	hints    *session.Hints
	key      string
	mistakes []Mistake

	mu    sync.Mutex
	plans map[string]*rule.Plan // by the entries of perFile that count
}

// perFile are the rules that are not run for some files.
type perFile struct {
	glob   glob
	ignore []Selector
}

// settings puts together what files say, the nearest of them first, and the
// command line on top.
func settings(chain []*file, rules []*rule.Rule, above rule.Choice) *Settings {
	s := &Settings{rules: rules, origins: map[string]string{}, plans: map[string]*rule.Plan{}}
	for _, f := range chain {
		s.Files = append(s.Files, f.path)
	}
	s.merge(chain)
	own := rule.Choice{Select: texts(s.options.Select), Extend: texts(s.options.ExtendSelect), Ignore: texts(s.options.Ignore)}
	s.grade()
	s.choose(own, rule.Choice{Ignore: s.off()}, above)
	for _, p := range s.options.Exclude {
		s.exclude = append(s.exclude, newGlob(s.folder("exclude"), string(p)))
	}
	if _, set := s.origins["exclude"]; !set {
		for _, name := range usual() {
			s.exclude = append(s.exclude, newGlob("", name))
		}
	}
	for _, p := range s.options.ExtendExclude {
		s.exclude = append(s.exclude, newGlob(s.folder("extend-exclude"), string(p)))
	}
	o := s.options
	s.hints = session.NewHints(texts(o.SessionFactories), texts(o.Closes), texts(o.TakesOwnership), string(o.SQLAlchemyVersion))
	s.key = fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(nil, "%q %v %v %q", rule.NewPlan(s.on, s.grades).Key(), s.perFile, s.exclude, s.hints.Key())))
	return s
}

// choose finds out which rules are run. Mistakes in the configuration are told
// whatever is selected, unless they are ignored.
func (s *Settings) choose(choices ...rule.Choice) {
	var ignores []rule.Choice
	for _, c := range choices {
		ignores = append(ignores, rule.Choice{Ignore: c.Ignore})
	}
	// Each entry was looked at when it was read.
	on, _ := rule.Choose(s.rules, choices...)
	left, _ := rule.Choose(s.rules, ignores...)
	for _, r := range s.rules {
		if slices.Contains(on, r) || r == invalidconfiguration.Rule && slices.Contains(left, r) {
			s.on = append(s.on, r)
		}
	}
}

// texts returns values as strings: nil if there is no list of them at all.
func texts[T ~string](values []T) []string {
	if values == nil {
		return nil
	}
	out := make([]string, 0, len(values))
	for _, v := range values {
		out = append(out, string(v))
	}
	return out
}

// folder returns the folder of the file that a setting comes from.
func (s *Settings) folder(key string) string { return filepath.Dir(s.origins[key]) }

// grade finds out which severity is wanted of each rule. Of two entries that name
// it alike, the later or nearer one counts.
func (s *Settings) grade() {
	s.grades = map[*rule.Rule]rule.Severity{}
	for _, r := range s.rules {
		best := 0
		for _, e := range s.options.Severity {
			if n := rule.Exactness(string(e.Key), r); n > 0 && n >= best {
				best = n
				s.grades[r] = e.Value.severity()
			}
		}
	}
}

// off takes the rules that have the severity off out of the grades, and returns
// their codes.
func (s *Settings) off() []string {
	var out []string
	for r, g := range s.grades {
		if g == rule.Off {
			out = append(out, r.Code)
			delete(s.grades, r) // the command line may select it
		}
	}
	return out
}

// Plan returns what is wanted of the findings of a file.
func (s *Settings) Plan(path string) *rule.Plan {
	var ignore []string
	for _, p := range s.perFile {
		if p.glob.covers(path, s.top(p.glob, path)) {
			ignore = append(ignore, texts(p.ignore)...)
		}
	}
	key := strings.Join(ignore, " ")
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.plans[key] == nil {
		on := slices.DeleteFunc(slices.Clone(s.on), func(r *rule.Rule) bool {
			return slices.ContainsFunc(ignore, func(e string) bool { return rule.Exactness(e, r) > 0 })
		})
		s.plans[key] = rule.NewPlan(on, s.grades)
	}
	return s.plans[key]
}

// top returns the folder whose folders a glob can be about: that of the nearest
// configuration, or of the glob's own.
func (s *Settings) top(g glob, path string) string {
	if g.dir != "" {
		return g.dir
	}
	if len(s.Files) > 0 && below(path, filepath.Dir(s.Files[0])) {
		return filepath.Dir(s.Files[0])
	}
	return filepath.Dir(path)
}

// Excludes reports whether a file or folder is left out itself: a walk that came
// to it has not been kept from the folder that it is in.
func (s *Settings) Excludes(path string) bool {
	return slices.ContainsFunc(s.exclude, func(g glob) bool { return g.matches(path) })
}

// Excluded reports whether a file is left out, or one of the folders that it is in
// below top.
func (s *Settings) Excluded(path, top string) bool {
	return slices.ContainsFunc(s.exclude, func(g glob) bool { return g.covers(path, top) })
}

// Hints returns what is said of functions and classes. They are never nil.
func (s *Settings) Hints() *session.Hints { return s.hints }

// Fingerprint tells settings apart: of two with the same one the findings of a
// file are the same.
func (s *Settings) Fingerprint() string { return s.key }

// Mistakes returns what is wrong with the files, sorted by path and place. The
// slice is the caller's.
func (s *Settings) Mistakes() []Mistake { return slices.Clone(s.mistakes) }
