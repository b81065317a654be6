package python_test

import "testing"

func TestIndentation(t *testing.T) {
	f := parse(t, "def f():\r\n\t  x = 1\n    \ny")
	for offset, want := range map[int]string{0: "", 7: "", 10: "\t  ", 13: "\t  ", 19: "    ", 23: "    ", 24: "", 25: ""} {
		if got := f.Indentation(offset); got != want {
			t.Errorf("line of offset %d is indented by %q, want %q", offset, got, want)
		}
	}
}
