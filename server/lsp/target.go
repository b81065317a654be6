package lsp

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"

	"sessionlint/analysis"
	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
)

// target says what a code action repairs. It travels to the client and back as the
// action's data, holds no edits, and names the finding by what stays when other
// parts of the file change.
type target struct {
	URI      string   `json:"uri"`
	All      bool     `json:"all,omitempty"` // the whole file; the rest is empty
	Finding  identity `json:"finding"`
	Nth      int      `json:"nth"` // among the findings of the same identity, from 0
	Of       int      `json:"of"`  // how many there were
	FixTitle string   `json:"fixTitle"`
}

// identity is what tells a finding from others in the same file.
type identity struct {
	Code     string `json:"code"`
	Function string `json:"function"`
	Message  string `json:"message"`
	Text     string `json:"text"` // hash of the text that the finding is about
}

func decodeTarget(raw []byte) (target, error) {
	var t *target
	if err := json.Unmarshal(raw, &t); err != nil {
		return target{}, err
	}
	if t == nil || t.URI == "" {
		return target{}, errors.New("it does not say what it repairs")
	}
	return *t, nil
}

func identify(s *analysis.Snapshot, f rule.Finding) identity {
	h := fnv.New64a()
	_, _ = h.Write([]byte(text(s, f.Span))) // a hash takes everything
	return identity{
		Code:     f.Rule.Code,
		Function: f.Function,
		Message:  f.Message,
		Text:     fmt.Sprintf("%016x", h.Sum64()),
	}
}

func text(s *analysis.Snapshot, at python.Span) string {
	end := max(0, min(at.End, len(s.File.Text)))
	return s.File.Text[max(0, min(at.Start, end)):end]
}

// targets returns the targets of a snapshot's findings, in their order and without
// the titles of their fixes.
func targets(uri string, s *analysis.Snapshot, found []rule.Finding) []target {
	count := map[identity]int{}
	list := make([]target, len(found))
	for n, f := range found {
		id := identify(s, f)
		list[n] = target{URI: uri, Finding: id, Nth: count[id]}
		count[id]++
	}
	for n := range list {
		list[n].Of = count[list[n].Finding]
	}
	return list
}

// locate returns the finding of a target in a later version, or in the same one.
// It finds none if there are more or fewer of its kind now: which one was meant
// would be a guess.
func (t target) locate(s *analysis.Snapshot, found []rule.Finding) (rule.Finding, bool) {
	for n, other := range targets(t.URI, s, found) {
		other.FixTitle = t.FixTitle
		if other == t {
			return found[n], true
		}
	}
	return rule.Finding{}, false
}
