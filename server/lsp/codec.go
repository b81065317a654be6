package lsp

import (
	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// codec encodes messages as package protocol wants them; its own codec is not exported.
type codec struct{}

// Marshal implements [jsonrpc2.Codec].
func (codec) Marshal(v any) ([]byte, error) {
	switch m := v.(type) {
	case jsonrpc2.RawMessage:
		return rawOrNull(m), nil
	case *jsonrpc2.RawMessage:
		if m == nil {
			return rawOrNull(nil), nil
		}
		return rawOrNull(*m), nil
	}
	return protocol.Marshal(v)
}

// Unmarshal implements [jsonrpc2.Codec].
func (codec) Unmarshal(data []byte, v any) error {
	if m, ok := v.(*jsonrpc2.RawMessage); ok {
		*m = append(jsonrpc2.RawMessage(nil), data...)
		return nil
	}
	return protocol.Unmarshal(data, v)
}

func rawOrNull(m jsonrpc2.RawMessage) []byte {
	if m == nil {
		return []byte("null")
	}
	return m
}
