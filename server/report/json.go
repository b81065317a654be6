package report

import (
	"encoding/json"
	"fmt"
	"io"

	"sessionlint/analysis/python"
	"sessionlint/analysis/rule"
	"sessionlint/quickfix"
)

// JSON writes an array with one object for each finding, [] if there is none.
//
// Paths are relative to the working directory if they lie in it, else absolute.
// Lines and columns count from 1; columns count Unicode characters (code
// points), a byte order mark not among them; an end is the place after the last
// character. Fields may be added, but none changes its meaning or goes away.
type JSON struct{}

type jsonFinding struct {
	Path     string `json:"path"`
	Code     string `json:"code"`
	Name     string `json:"name"`
	Severity string `json:"severity"`
	Message  string `json:"message"`
	jsonRange
	Function string        `json:"function"`
	Related  []jsonRelated `json:"related"`
	Fixes    []jsonFix     `json:"fixes"`

	Suppressed bool `json:"suppressed,omitempty"`
}

type jsonRange struct {
	Line      int `json:"line"`
	Column    int `json:"column"`
	EndLine   int `json:"end_line"`
	EndColumn int `json:"end_column"`
}

type jsonRelated struct {
	Path string `json:"path"`
	jsonRange
	Message string `json:"message"`
}

type jsonFix struct {
	Title         string     `json:"title"`
	Applicability string     `json:"applicability"`
	Edits         []jsonEdit `json:"edits"`
}

type jsonEdit struct {
	StartLine   int    `json:"start_line"`
	StartColumn int    `json:"start_column"`
	EndLine     int    `json:"end_line"`
	EndColumn   int    `json:"end_column"`
	NewText     string `json:"new_text"`
}

// Write implements [Format].
func (JSON) Write(w io.Writer, r *Report) error {
	out := []jsonFinding{}
	for _, file := range r.Files {
		at := ranger{file.Text, python.NewLines(file.Text)}
		for _, f := range file.Findings {
			out = append(out, jsonFinding{
				Path: file.Path, Code: f.Rule.Code, Name: f.Rule.Name,
				Severity: f.Severity.String(), Message: f.Message,
				jsonRange: at.span(f.Span), Function: f.Function,
				Related: at.related(file.Path, f.Related), Fixes: at.fixes(f.Fixes), Suppressed: f.Suppressed,
			})
		}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(out); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

// ranger turns the byte offsets of a text into lines and columns.
type ranger struct {
	text  string
	lines *python.Lines
}

func (at ranger) span(s python.Span) jsonRange {
	s = clip(at.text, s)
	a, b := placeOf(at.text, at.lines, s.Start), placeOf(at.text, at.lines, s.End)
	return jsonRange{a.line, a.column, b.line, b.column}
}

func (at ranger) related(path string, list []rule.Related) []jsonRelated {
	out := []jsonRelated{}
	for _, r := range list {
		out = append(out, jsonRelated{path, at.span(r.Span), r.Message})
	}
	return out
}

func (at ranger) fixes(list []quickfix.Fix) []jsonFix {
	out := []jsonFix{}
	for _, f := range list {
		fix := jsonFix{Title: f.Title, Applicability: applicability(f), Edits: []jsonEdit{}}
		for _, e := range f.Edits {
			r := at.span(python.Span{Start: e.Start, End: e.End})
			fix.Edits = append(fix.Edits, jsonEdit{r.Line, r.Column, r.EndLine, r.EndColumn, e.New})
		}
		out = append(out, fix)
	}
	return out
}

func applicability(f quickfix.Fix) string {
	if f.Safe {
		return "safe"
	}
	return "unsafe"
}
