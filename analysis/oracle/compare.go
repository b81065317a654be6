package oracle

import (
	"slices"
	"sort"
	"strings"

	"sessionlint/analysis/rule"
)

// A demand says that what a program does must be reported.
type demand struct {
	kind   string
	levels []string // after which histories it must
	codes  []string // by an error or a warning of one of these
	main   string   // the rule that is for it; without that one nothing is demanded
}

// demands is what the engine must not miss. What only follows from an earlier
// fault, or from a failure of the database, is mostly not asked for: a rule may
// speak of it, and need not.
var demands = []demand{
	{"leak", []string{"sure", "app"}, []string{"SES102", "SES103", "SES104", "SES105", "SES107", "SES108", "SES101"}, "SES102"},
	{"leak-reopened", []string{"sure"}, []string{"SES101", "SES102", "SES105", "SES108", "SES301"}, "SES102"},
	{"leak-connection", []string{"sure", "app"}, []string{"SES109"}, "SES109"},
	{"lost", []string{"sure"}, []string{"SES206", "SES101", "SES102", "SES103", "SES105", "SES205", "SES211"}, "SES206"},
	{"lost-reopened", []string{"sure"}, []string{"SES101", "SES105", "SES108", "SES206"}, "SES102"},
	{"lost-closed", []string{"sure"}, []string{"SES211", "SES205", "SES206", "SES101", "SES105"}, "SES211"},
	{"lost-core", []string{"sure"}, []string{"SES206", "SES109"}, "SES206"},
	{"lost-handled", []string{"db"}, []string{"SES208", "SES207", "SES212", "SES105"}, "SES208"},
	{"begin-twice", []string{"sure"}, []string{"SES203", "SES204", "SES205", "SES105"}, "SES203"},
	{"closed-transaction", []string{"sure"}, []string{"SES205", "SES211", "SES208", "SES202", "SES105"}, "SES205"},
	{"pending-rollback", []string{"db"}, []string{"SES207", "SES208", "SES212", "SES205", "SES105"}, "SES207"},
	{"detached", []string{"sure"}, []string{"SES302"}, "SES302"},
	{"dead-result", []string{"sure"}, []string{"SES301", "SES108"}, "SES301"},
	{"closed-connection", []string{"sure"}, []string{"SES109"}, "SES109"},
}

// grounds says what a program must do on some way for an error of a rule to be
// right. An error of any other rule is never right for what is generated.
var grounds = map[string][]string{
	"SES101": {"leak-reopened", "lost-reopened", "lost-closed", "dropped"},
	"SES102": {"leak", "leak-reopened"},
	"SES103": {"leak"},
	"SES109": {"leak-connection", "closed-connection", "lost-core"},
	"SES202": {"closed-transaction"},
	"SES203": {"begin-twice"},
	"SES204": {"begin-twice"},
	"SES205": {"closed-transaction"},
	"SES206": {"lost-refreshed", "lost", "lost-reopened", "lost-core", "lost-closed", "dropped"},
	"SES208": {"lost-handled", "lost-nested", "closed-transaction", "pending-rollback"},
	"SES211": {"lost-closed", "closed-inside"},
	"SES301": {"dead-result"},
	"SES302": {"detached"},
}

// unasked holds the rules whose errors need no grounds here: what escapes from a
// block or a generator is wrong whether or not the program uses it.
var unasked = map[string]bool{"SES105": true, "SES108": true}

// ran reports whether a function was entered on some way: of one that was not,
// nothing is known.
func (v *Verdict) ran(function string) bool {
	return !strings.HasPrefix(function, "h_") || slices.Contains(v.Entered, function)
}

// scopes holds the generators of the programs: what they leave open is wrong
// even where the caller closes it.
var scopes = map[string]bool{"scope": true, "get_db": true}

// Disagreement is one thing in which the engine and the library differ.
type Disagreement struct {
	Kind   string // "missed leak", "false SES206"
	Detail string
}

// Compare returns where the findings of a program differ from its verdict. Only
// what the given rules are for is compared.
func Compare(rules []*rule.Rule, v *Verdict, findings []rule.Finding) []Disagreement {
	var out []Disagreement
	for _, n := range v.Notes {
		for _, d := range demands {
			if d.kind != n.Kind || !slices.Contains(d.levels, n.Level) || !has(rules, d.main) {
				continue
			}
			if !slices.ContainsFunc(findings, func(f rule.Finding) bool {
				return f.Severity >= rule.Warning && slices.Contains(d.codes, f.Rule.Code)
			}) {
				out = append(out, Disagreement{Kind: "missed " + n.Kind + " (" + n.Level + ")", Detail: way(n.Way)})
			}
		}
	}
	if masked(v) {
		return out
	}
	seen := map[string]bool{}
	for _, f := range findings {
		if f.Severity != rule.Error || unasked[f.Rule.Code] || scopes[f.Function] && f.Rule.Code == "SES102" || !v.ran(f.Function) || seen[f.Rule.Code] {
			continue
		}
		if !slices.ContainsFunc(v.Notes, func(n Note) bool { return slices.Contains(grounds[f.Rule.Code], n.Kind) }) {
			seen[f.Rule.Code] = true
			out = append(out, Disagreement{Kind: "false " + f.Rule.Code, Detail: f.Message})
		}
	}
	return out
}

// masked reports whether SQLAlchemy raised on some way. What would come after
// it there never ran, so nothing is known of it.
func masked(v *Verdict) bool {
	return slices.ContainsFunc(v.Notes, func(n Note) bool { return slices.Contains(Raising, n.Kind) })
}

// Raising holds the kinds of notes after which the library raised: what a run would
// have done behind it is not known.
var Raising = []string{"begin-twice", "closed-transaction", "detached", "dead-result", "closed-connection", "pending-rollback", "misuse", "unplanned"}

func has(rules []*rule.Rule, code string) bool {
	return slices.ContainsFunc(rules, func(r *rule.Rule) bool { return r.Code == code && r.Severity != rule.Off })
}

// Uncompared returns the kinds that none of the rules is for.
func Uncompared(rules []*rule.Rule) []string {
	var out []string
	for _, d := range demands {
		if !has(rules, d.main) {
			out = append(out, d.kind)
		}
	}
	sort.Strings(out)
	return out
}

// Demanded reports whether an error or warning is asked for what a note says.
func Demanded(n Note) bool {
	return slices.ContainsFunc(demands, func(d demand) bool { return d.kind == n.Kind && slices.Contains(d.levels, n.Level) })
}

func way(outcomes []int) string {
	out := ""
	for _, n := range outcomes {
		out += string(rune('0' + n))
	}
	return "on the way " + out
}
