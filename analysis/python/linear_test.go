package python

import (
	"strings"
	"testing"
)

// TestScannerIsLinear counts the bytes that the scanner looks at in text that
// invites it to look again and again: never more than a few times each.
func TestScannerIsLinear(t *testing.T) {
	const n = 2000
	for name, text := range map[string]string{
		"plain":              strings.Repeat("x = f(a,\n  b)\n", n),
		"open brackets":      strings.Repeat("x = f(\n", n),
		"nested brackets":    strings.Repeat("x = f([{\n", n),
		"brackets and stops": strings.Repeat("x = f(\ndef g():\n", n),
		"decorators":         strings.Repeat("@a(\n", n),
		"blank lines":        strings.Repeat("\n", n),
		"comments":           strings.Repeat("    # a\n", n),
		"open strings":       strings.Repeat("x = 'a\n", n),
		"open f-strings":     strings.Repeat("x = f'{a\n", n),
		"open triple":        strings.Repeat("x = 1\n", n) + "'''" + strings.Repeat("a b\n", n),
		"classes":            strings.Repeat("class A(\n", n),
	} {
		scan := newScanner(text, 0)
		scan.giveUp = true
		for {
			if _, ok := scan.next(); !ok {
				break
			}
		}
		if scan.steps > 4*len(text) {
			t.Errorf("%s: looked at %d bytes of %d", name, scan.steps, len(text))
		}
	}
}
