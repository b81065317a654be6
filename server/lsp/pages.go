package lsp

import (
	"fmt"
	"os"
	"path/filepath"

	"go.lsp.dev/uri"

	"sessionlint/analysis/rule"
)

// link makes the diagnostics name the pages of their rules, if the client shows that.
func (s *server) link() {
	if !s.peer.links {
		return
	}
	links, err := writePages(s.opts.Pages, s.opts.Rules)
	if err != nil {
		s.log.Warn("diagnostics have no links to the pages of their rules", "error", err)
	}
	s.links = links
}

// writePages writes the rules' pages where an editor can open them, and returns
// their addresses by code: those of this program, whether there is a network or not.
// Without a folder for them there are none.
func writePages(dir string, rules []*rule.Rule) (map[string]uri.URI, error) {
	if dir == "" || len(rules) == 0 {
		return nil, nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("write the pages of the rules: %w", err)
	}
	links := map[string]uri.URI{}
	for _, r := range rules {
		path := filepath.Join(dir, r.Name+".md")
		if err := writePage(path, r.Page()); err != nil {
			return nil, fmt.Errorf("write the page of %s: %w", r.Code, err)
		}
		links[r.Code] = uri.File(path)
	}
	return links, nil
}

// writePage writes a file unless it is there already, so that nobody who reads it
// meets half of it.
func writePage(path, text string) error {
	if old, err := os.ReadFile(path); err == nil && string(old) == text {
		return nil
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".page-*")
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name()) // what is left of the attempt
	}
	return err
}
