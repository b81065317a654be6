package lsp

import (
	"fmt"
	"runtime"

	"go.lsp.dev/protocol"
)

// debugInformation is what somebody needs to know who looks into a problem.
type debugInformation struct {
	Version  string                        `json:"version"`
	Go       string                        `json:"go"`
	Platform string                        `json:"platform"`
	Encoding protocol.PositionEncodingKind `json:"positionEncoding"`
	Editor   visible                       `json:"visible"` // as the editor wants it
	Folders  []folderInformation           `json:"folders"`
	Index    indexInformation              `json:"index"`
	Memory   memoryInformation             `json:"memory"`
	Open     int                           `json:"openDocuments"`
}

type folderInformation struct {
	Path          string   `json:"path"`
	Files         []string `json:"files"`         // the configuration files that hold for it, the nearest first
	Configuration string   `json:"configuration"` // as `sessionlint config show` has it
	Mistakes      []string `json:"mistakes"`
}

type indexInformation struct {
	Complete bool   `json:"complete"`
	Files    int    `json:"pythonFiles"`
	Round    uint64 `json:"round"` // another number after each change
}

type memoryInformation struct {
	Heap       uint64 `json:"heapBytes"`
	System     uint64 `json:"systemBytes"`
	Goroutines int    `json:"goroutines"`
}

// debug collects it. open is how many documents the client has open.
func (s *server) debug(open int) *debugInformation {
	runtime.GC() // so that what is no longer needed is not counted
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	d := &debugInformation{
		Version: s.opts.Version, Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH,
		Encoding: s.peer.encoding, Editor: *s.visible.Load(), Open: open,
		Folders: []folderInformation{},
		Memory:  memoryInformation{Heap: m.HeapAlloc, System: m.Sys, Goroutines: runtime.NumGoroutine()},
	}
	s.around.mu.Lock()
	d.Index = indexInformation{Complete: s.around.files != nil, Files: len(s.around.files)}
	s.around.mu.Unlock()
	d.Index.Round = s.around.workspace.Round()
	for _, dir := range s.around.roots() {
		d.Folders = append(d.Folders, s.folder(dir))
	}
	return d
}

func (s *server) folder(dir string) folderInformation {
	f := folderInformation{Path: dir, Files: []string{}, Mistakes: []string{}}
	if s.settings.files == nil {
		return f
	}
	settings := s.settings.loaderOf(dir).Folder(dir)
	f.Files = append(f.Files, settings.Files...)
	text, err := settings.Show(dir, func(path string) string { return path })
	if err != nil {
		text = err.Error()
	}
	f.Configuration = text
	for _, m := range settings.Mistakes() {
		line, column := m.Position()
		f.Mistakes = append(f.Mistakes, fmt.Sprintf("%s:%d:%d: %s", m.Path, line, column, m.Message))
	}
	return f
}
