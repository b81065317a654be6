//go:build !unix

package cli

import (
	"io/fs"
	"os"
)

// keepOwner does nothing: the new file inherits its rights from its folder.
func keepOwner(*os.File, fs.FileInfo) {}
