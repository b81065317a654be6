// Newrule makes the folder of a new rule, and writes the list of all rules.
//
//	newrule some-rule SES214   the folder somerule, and the list with it
//	newrule                    the list alone
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "newrule:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	rules, err := findRules()
	if err != nil {
		return err
	}
	switch len(args) {
	case 0:
		return writeList(rules)
	case 2:
		folder, err := makeRule(rules, args[0], args[1])
		if err != nil {
			return err
		}
		fmt.Printf("made %s; `go test ./analysis` says what is left to write\n", folder)
		return writeList(rules)
	}
	return errors.New("usage: make rule NAME=some-rule CODE=SES214")
}

// findRules returns the folder of all rules in the checkout that the program
// is run in.
func findRules() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("find the current folder: %w", err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return filepath.Join(dir, "analysis", "rule"), nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", errors.New("run it within the checkout")
		}
		dir = up
	}
}
