package lsp

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"sessionlint/analysis/config"
	"sessionlint/analysis/rule"
)

// section is the name of the server's settings in those of the client.
const section = "sessionlint"

// maxSetting is a size in MiB that no setting has.
const maxSetting = 1 << 30

// preferences are the settings that the user has made in the client. They stand
// above the project's files, as the command line does.
type preferences struct {
	Select        []string `json:"select"`
	ExtendSelect  []string `json:"extendSelect"`
	Ignore        []string `json:"ignore"`
	Configuration string   `json:"configuration"` // the path of the file that holds for all folders
	// Of these, what is said first holds.
	Workspace   bool    `json:"workspaceDiagnostics"` // of files that are not open, too
	MaxFileSize float64 `json:"maxFileSize"`          // in MiB; larger files are left alone; 0 for the usual
	MemoryLimit float64 `json:"memoryLimit"`          // in MiB; 0 for none
}

// maxFileSize returns it in bytes, 0 for the usual.
func (p preferences) maxFileSize() int { return int(p.MaxFileSize * (1 << 20)) }

// overrides are preferences as the configuration takes them. A path is relative to
// the folder that they are for.
func (p preferences) overrides(dir string) config.Overrides {
	o := config.Overrides{Choice: rule.Choice{Select: p.Select, Extend: p.ExtendSelect, Ignore: p.Ignore}}
	if p.Configuration != "" {
		o.File = filepath.Clean(filepath.FromSlash(p.Configuration))
		if !filepath.IsAbs(o.File) {
			o.File = filepath.Join(dir, o.File)
		}
	}
	return o
}

// preferring returns preferences with what the client says on top, and what of it
// cannot be used. The client's own settings are among them: what is unknown is
// nobody's mistake unless it looks like one.
func (p preferences) preferring(raw []byte, rules []*rule.Rule) (preferences, []string) {
	if raw = bytes.TrimSpace(raw); len(raw) == 0 || string(raw) == "null" {
		return p, nil
	}
	var values map[string]json.RawMessage
	if json.Unmarshal(raw, &values) != nil {
		return p, []string{fmt.Sprintf("the settings `%s` must be an object; they are ignored", section)}
	}
	var wrong []string
	known := map[string]*[]string{"select": &p.Select, "extendSelect": &p.ExtendSelect, "ignore": &p.Ignore}
	sizes := map[string]*float64{"maxFileSize": &p.MaxFileSize, "memoryLimit": &p.MemoryLimit}
	names := slices.Concat(slices.Sorted(maps.Keys(known)), slices.Sorted(maps.Keys(sizes)), []string{"configuration", "workspaceDiagnostics"})
	for _, key := range slices.Sorted(maps.Keys(values)) {
		switch like := rule.NearestOf(key, names); {
		case known[key] != nil:
			list, faults := rulesOf(key, values[key], rules)
			if wrong = append(wrong, faults...); list != nil {
				*known[key] = list
			}
		case sizes[key] != nil:
			var size *float64 // null is no setting
			if json.Unmarshal(values[key], &size) != nil || size != nil && !(*size >= 0 && *size < maxSetting) {
				wrong = append(wrong, fmt.Sprintf("the setting `%s.%s` must be a number of MiB; it is ignored", section, key))
			} else if size != nil {
				*sizes[key] = *size
			}
		case key == "configuration":
			if json.Unmarshal(values[key], &p.Configuration) != nil {
				wrong = append(wrong, fmt.Sprintf("the setting `%s.%s` must be a path; it is ignored", section, key))
			}
		case key == "workspaceDiagnostics":
			if json.Unmarshal(values[key], &p.Workspace) != nil {
				wrong = append(wrong, fmt.Sprintf("the setting `%s.%s` must be true or false; it is ignored", section, key))
			}
		case like != "":
			wrong = append(wrong, fmt.Sprintf("there is no setting `%[1]s.%[2]s`; did you mean `%[1]s.%[3]s`?", section, key, like))
		}
	}
	return p, wrong
}

// rulesOf returns the entries of a setting that name rules, and what is wrong with
// the others. The list is nil if there is none: null is no setting, and a list of
// mistakes alone is none either.
func rulesOf(key string, raw []byte, rules []*rule.Rule) (list, wrong []string) {
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, []string{fmt.Sprintf("the setting `%s.%s` must be a list of strings; it is ignored", section, key)}
	}
	right := slices.DeleteFunc(slices.Clone(list), func(entry string) bool {
		err := rule.Check(entry, rules)
		if err != nil {
			wrong = append(wrong, fmt.Sprintf("the setting `%s.%s` has an entry that is ignored: %v", section, key, err))
		}
		return err != nil
	})
	if len(right) == 0 && len(list) > 0 {
		return nil, wrong
	}
	return right, wrong
}

// askSettings asks the client for the settings of each folder, if it can tell them.
// Nothing waits for its answer, and one that comes too late is none.
func (s *server) askSettings(ctx context.Context) {
	if !s.peer.answers || s.client == nil {
		return
	}
	folders := s.around.roots()
	params := &protocol.ConfigurationParams{Items: []protocol.ConfigurationItem{{Section: new(section)}}}
	for _, dir := range folders {
		params.Items = append(params.Items, protocol.ConfigurationItem{ScopeURI: new(uri.File(dir)), Section: new(section)})
	}
	question := s.settings.asked.Add(1)
	ctx = jsonrpc2.DetachContext(ctx)
	go func() {
		err := s.recovered("settings", func() error {
			waiting, cancel := context.WithTimeout(ctx, s.opts.patience)
			defer cancel()
			values, err := s.client.Configuration(waiting, params)
			switch {
			case err != nil:
				return err
			case len(values) != len(params.Items):
				return fmt.Errorf("%d answers to %d questions", len(values), len(params.Items))
			case s.settings.asked.Load() != question:
				return nil // it was asked again since
			}
			told := map[string][]byte{}
			for n, dir := range folders {
				told[dir] = values[n+1]
			}
			s.prefer(ctx, values[0], told)
			return nil
		})
		if err != nil && ctx.Err() == nil {
			s.log.Warn("the client does not tell its settings", "error", err)
		}
	}()
}

// settingsChanged heeds that the user has changed settings. Clients that can be
// asked for them say no more than that.
func (s *server) settingsChanged(ctx context.Context, raw []byte) error {
	if s.peer.answers {
		s.askSettings(ctx)
		return nil
	}
	var p struct {
		Settings map[string]json.RawMessage `json:"settings"`
	}
	if err := json.Unmarshal(raw, &p); err != nil {
		return fmt.Errorf("read which settings changed: %w", err)
	}
	own, ok := p.Settings[section]
	if !ok {
		return errors.New("the changed settings are those of others")
	}
	s.prefer(ctx, own, nil)
	return nil
}

// prefer makes what the client tells the user's preferences: those for all files,
// and those of folders.
func (s *server) prefer(ctx context.Context, all []byte, folders map[string][]byte) {
	s.show(ctx, all)
	if s.settings.files == nil {
		return
	}
	c := &s.settings
	common, wrong := c.initial.preferring(all, s.opts.Rules)
	own := map[string]preferences{}
	for dir, raw := range folders {
		p, more := c.initial.preferring(raw, s.opts.Rules)
		own[dir], wrong = p, append(wrong, more...)
	}
	s.complain(wrong)
	if c.use(common, own) {
		s.resettled()
		s.lookAgain(ctx)
	}
}

// complain says what cannot be used of the settings, each thing once.
func (s *server) complain(wrong []string) {
	c := &s.settings
	slices.Sort(wrong)
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, w := range wrong {
		if !c.said[w] {
			c.said[w] = true
			s.log.Warn("a setting is ignored", "why", w)
			s.out.say(protocol.MessageTypeWarning, w)
		}
	}
}
