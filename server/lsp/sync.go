package lsp

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"

	"go.lsp.dev/protocol"
)

// The notifications that carry text are decoded here and not by package protocol:
// it takes a partial change whose range it cannot read for the whole text, and
// replaces what is no Unicode text by U+FFFD.

type openParams struct {
	uri, language, text string
	version             *int32
	broken              error // why the text is not known
}

type changeParams struct {
	uri     string
	version *int32
	changes []change
}

// change is one step of a didChange.
type change struct {
	at     *protocol.Range // nil for the whole text
	text   string
	broken error // why it is not known what changed
}

// wireDocument is any of the protocol's identifiers of a document.
type wireDocument struct {
	URI        *string         `json:"uri"`
	LanguageID json.RawMessage `json:"languageId"`
	Version    json.RawMessage `json:"version"`
	Text       json.RawMessage `json:"text"`
}

type wireChange struct {
	Range json.RawMessage `json:"range"`
	Text  json.RawMessage `json:"text"`
}

type wireRange struct {
	Start, End struct {
		Line, Character *uint32
	}
}

func decodeDocument(raw []byte) (wireDocument, error) {
	var p struct {
		TextDocument wireDocument `json:"textDocument"`
	}
	if err := json.Unmarshal(raw, &p); err != nil {
		return wireDocument{}, err
	}
	if p.TextDocument.URI == nil {
		return wireDocument{}, errors.New("no document is named")
	}
	return p.TextDocument, nil
}

// version returns nil for what is no version, so that nothing claims to be one's result.
func (d wireDocument) version() *int32 {
	var v *int32
	if json.Unmarshal(d.Version, &v) != nil {
		return nil
	}
	return v
}

func decodeOpen(raw []byte) (*openParams, error) {
	d, err := decodeDocument(raw)
	if err != nil {
		return nil, err
	}
	p := &openParams{uri: *d.URI, language: d.language(), version: d.version()}
	p.text, p.broken = decodeText(d.Text)
	return p, nil
}

func decodeChange(raw []byte) (*changeParams, error) {
	d, err := decodeDocument(raw)
	if err != nil {
		return nil, err
	}
	p := &changeParams{uri: *d.URI, version: d.version()}
	var list struct {
		ContentChanges []json.RawMessage `json:"contentChanges"`
	}
	if err := json.Unmarshal(raw, &list); err != nil || list.ContentChanges == nil {
		p.changes = []change{{broken: errors.New("there is no list of changes")}}
		return p, nil
	}
	for _, raw := range list.ContentChanges {
		p.changes = append(p.changes, decodeStep(raw))
	}
	return p, nil
}

func decodeStep(raw []byte) change {
	var w wireChange
	if err := json.Unmarshal(raw, &w); err != nil {
		return change{broken: err}
	}
	text, err := decodeText(w.Text)
	if err != nil {
		return change{broken: err}
	}
	if w.Range == nil {
		return change{text: text}
	}
	at, err := decodeRange(w.Range)
	if err != nil {
		return change{broken: err}
	}
	return change{at: &at, text: text}
}

func decodeRange(raw []byte) (protocol.Range, error) {
	var w wireRange
	if err := json.Unmarshal(raw, &w); err != nil {
		return protocol.Range{}, err
	}
	if w.Start.Line == nil || w.Start.Character == nil || w.End.Line == nil || w.End.Character == nil {
		return protocol.Range{}, fmt.Errorf("%.80q is no range", raw)
	}
	return protocol.Range{
		Start: protocol.Position{Line: *w.Start.Line, Character: *w.Start.Character},
		End:   protocol.Position{Line: *w.End.Line, Character: *w.End.Character},
	}, nil
}

// decodeText returns a text as the client has it, and an error if that cannot be
// done: of half a surrogate pair, or of bytes that are not UTF-8, the length is
// another one here.
func decodeText(raw []byte) (string, error) {
	var text *string
	if err := json.Unmarshal(raw, &text); err != nil || text == nil {
		return "", fmt.Errorf("%.40q is no text", raw)
	}
	if !utf8.Valid(raw) {
		return "", errors.New("the text is not UTF-8")
	}
	if halfPair(raw) {
		return "", errors.New("the text has half a surrogate pair")
	}
	return *text, nil
}

// halfPair reports whether a JSON string has an escape of one surrogate alone.
func halfPair(raw []byte) bool {
	for {
		i := bytes.IndexByte(raw, '\\')
		if i < 0 || i+1 >= len(raw) {
			return false
		}
		raw = raw[i:]
		switch u, ok := escaped(raw); {
		case !ok:
			raw = raw[2:]
		case u < 0xD800 || u > 0xDFFF:
			raw = raw[6:]
		default:
			low, ok := escaped(raw[6:])
			if u >= 0xDC00 || !ok || low < 0xDC00 || low > 0xDFFF {
				return true
			}
			raw = raw[12:]
		}
	}
}

// escaped returns the unit of the escape \uXXXX that raw begins with.
func escaped(raw []byte) (unit uint64, ok bool) {
	if len(raw) < 6 || raw[0] != '\\' || raw[1] != 'u' {
		return 0, false
	}
	unit, err := strconv.ParseUint(string(raw[2:6]), 16, 16)
	return unit, err == nil
}
