package lsp

import (
	"encoding/json"
	"errors"
)

// codeCell is the kind of the cells that hold code.
const codeCell = 2

// The notifications about notebooks are decoded here, as those that carry the text
// of documents are in sync.go.

type wireBook struct {
	URI   string     `json:"uri"`
	Cells []wireCell `json:"cells"`
}

type wireCell struct {
	Kind     int    `json:"kind"`
	Document string `json:"document"`
}

type bookParams struct {
	Book  wireBook       `json:"notebookDocument"`
	Texts []wireDocument `json:"cellTextDocuments"`
}

type bookChange struct {
	Book   wireBook `json:"notebookDocument"`
	Change struct {
		Cells struct {
			Structure *struct {
				Array struct {
					Start       int        `json:"start"`
					DeleteCount int        `json:"deleteCount"`
					Cells       []wireCell `json:"cells"`
				} `json:"array"`
				DidOpen []wireDocument `json:"didOpen"`
			} `json:"structure"`
			Data        []wireCell `json:"data"`
			TextContent []cellText `json:"textContent"`
		} `json:"cells"`
	} `json:"change"`
}

// cellText is the changes of the text of a cell.
type cellText struct {
	uri     string
	version *int32
	changes []change
}

// UnmarshalJSON reads what has the form of a didChange, but for two names.
func (t *cellText) UnmarshalJSON(raw []byte) error {
	var w struct {
		Document wireDocument      `json:"document"`
		Changes  []json.RawMessage `json:"changes"`
	}
	if err := json.Unmarshal(raw, &w); err != nil {
		return err
	}
	if w.Document.URI == nil {
		return errors.New("a cell has no URI")
	}
	t.uri, t.version = *w.Document.URI, w.Document.version()
	for _, step := range w.Changes {
		t.changes = append(t.changes, decodeStep(step))
	}
	return nil
}

func decodeBook(raw []byte) (bookParams, error) {
	var p bookParams
	if err := json.Unmarshal(raw, &p); err != nil {
		return p, err
	}
	if p.Book.URI == "" {
		return p, errors.New("no notebook is named")
	}
	return p, nil
}

func decodeBookChange(raw []byte) (bookChange, error) {
	var p bookChange
	if err := json.Unmarshal(raw, &p); err != nil {
		return p, err
	}
	if p.Book.URI == "" {
		return p, errors.New("no notebook is named")
	}
	return p, nil
}

// language returns what the client calls the language of a document, "" if it is
// no text.
func (d wireDocument) language() string {
	var l string
	if json.Unmarshal(d.LanguageID, &l) != nil {
		return ""
	}
	return l
}
