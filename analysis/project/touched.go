package project

import "path/filepath"

// Touched returns a function that reports whether a file or folder is one of
// paths, or lies below one of them. Paths are absolute and clean.
func Touched(paths []string) func(string) bool {
	set := make(map[string]bool, len(paths))
	for _, p := range paths {
		set[p] = true
	}
	return func(path string) bool {
		for !set[path] {
			up := filepath.Dir(path)
			if up == path {
				return false
			}
			path = up
		}
		return true
	}
}
