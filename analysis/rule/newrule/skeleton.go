package main

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"text/template"
)

// skeleton holds the files of a new rule. Each is a template over a [newRule]
// and ends in .tmpl, so that no tool takes it for Go or Python.
//
//go:embed skeleton
var skeleton embed.FS

// newRule is what the templates are filled with.
type newRule struct{ Name, Code, Package string }

var (
	rulename = regexp.MustCompile(`^[a-z]+(-[a-z]+)+$`)
	rulecode = regexp.MustCompile(`^SES[0-9]{3}$`)
)

// makeRule writes the folder of a new rule and returns its path.
func makeRule(rules, name, code string) (string, error) {
	if !rulename.MatchString(name) {
		return "", fmt.Errorf("NAME=%s: a rule's name is words in lower case with dashes between them, such as use-after-close", name)
	}
	if !rulecode.MatchString(code) {
		return "", fmt.Errorf("CODE=%s: a rule's code is SES and three digits, such as SES214", code)
	}
	owner, err := ownerOf(rules, code)
	if err != nil {
		return "", err
	}
	if owner != "" {
		return "", fmt.Errorf("CODE=%s: analysis/rule/%s has it", code, owner)
	}
	r := newRule{Name: name, Code: code, Package: strings.ReplaceAll(name, "-", "")}
	folder := filepath.Join(rules, r.Package)
	if _, err := os.Stat(folder); err == nil {
		return "", fmt.Errorf("NAME=%s: %s is there already", name, folder)
	}
	return folder, r.write(folder)
}

// ownerOf returns the folder of the rule with a code, "" if there is none.
func ownerOf(rules, code string) (string, error) {
	names, err := folders(rules)
	if err != nil {
		return "", err
	}
	for _, n := range names {
		text, err := os.ReadFile(filepath.Join(rules, n, "rule.go"))
		if err != nil {
			return "", fmt.Errorf("read the rules: %w", err)
		}
		if strings.Contains(string(text), `"`+code+`",`) {
			return n, nil
		}
	}
	return "", nil
}

func (r newRule) write(folder string) error {
	return fs.WalkDir(skeleton, "skeleton", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		t, err := template.ParseFS(skeleton, path)
		if err != nil {
			return fmt.Errorf("read the skeleton: %w", err)
		}
		var b bytes.Buffer
		if err := t.Execute(&b, r); err != nil {
			return fmt.Errorf("fill in the skeleton: %w", err)
		}
		to := filepath.Join(folder, strings.TrimSuffix(strings.TrimPrefix(path, "skeleton/"), ".tmpl"))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return fmt.Errorf("make the rule's folder: %w", err)
		}
		if err := os.WriteFile(to, b.Bytes(), 0o644); err != nil {
			return fmt.Errorf("write the rule: %w", err)
		}
		return nil
	})
}
