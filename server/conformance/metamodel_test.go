package conformance_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// A model is the protocol's meta-model: each message, and what it may look like. It
// is read from the file that package protocol was generated from, LSP 3.18.
type model struct {
	requests      map[string]*request
	notifications map[string]*request
	structures    map[string]*structure
	enumerations  map[string]*enumeration
	aliases       map[string]*shape
}

type request struct {
	Method, MessageDirection                                string
	Params, Result, ErrorData, RegistrationOptions, Partial *shape
}

type structure struct {
	Name            string
	Properties      []property
	Extends, Mixins []*shape
}

type property struct {
	Name     string
	Type     *shape
	Optional bool
}

type enumeration struct {
	Name                 string
	Type                 *shape
	Values               []struct{ Value any }
	SupportsCustomValues bool
}

// A shape is a type of the meta-model.
type shape struct {
	Kind, Name string
	Element    *shape
	Items      []*shape
	Value      json.RawMessage // another shape, a structure or a literal, as Kind says
}

// loadModel reads the meta-model once.
var loadModel = sync.OnceValues(func() (*model, error) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "go.lsp.dev/protocol").Output()
	if err != nil {
		return nil, fmt.Errorf("look for package protocol: %w", err)
	}
	text, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "internal", "genlsp", "testdata", "metaModel.json"))
	if err != nil {
		return nil, fmt.Errorf("read the meta-model: %w", err)
	}
	var raw struct {
		Requests, Notifications []*request
		Structures              []*structure
		Enumerations            []*enumeration
		TypeAliases             []struct {
			Name string
			Type *shape
		}
	}
	if err := json.Unmarshal(text, &raw); err != nil {
		return nil, fmt.Errorf("read the meta-model: %w", err)
	}
	m := &model{map[string]*request{}, map[string]*request{}, map[string]*structure{}, map[string]*enumeration{}, map[string]*shape{}}
	for _, r := range raw.Requests {
		m.requests[r.Method] = r
	}
	for _, n := range raw.Notifications {
		m.notifications[n.Method] = n
	}
	for _, s := range raw.Structures {
		m.structures[s.Name] = s
	}
	for _, e := range raw.Enumerations {
		m.enumerations[e.Name] = e
	}
	for _, a := range raw.TypeAliases {
		m.aliases[a.Name] = a.Type
	}
	if m.requests["textDocument/inlineCompletion"] == nil {
		return nil, errors.New("the meta-model is older than LSP 3.18")
	}
	return m, nil
})

// check returns what is wrong with a value that should have a shape; properties that
// the protocol does not know are wrong, too.
func (m *model) check(s *shape, v any, at string) error {
	switch s.Kind {
	case "base":
		return checkBase(s.Name, v, at)
	case "reference":
		return m.checkNamed(s.Name, v, at)
	case "array":
		list, ok := v.([]any)
		if !ok {
			return fmt.Errorf("%s is %v, no list", at, v)
		}
		for n, e := range list {
			if err := m.check(s.Element, e, fmt.Sprintf("%s[%d]", at, n)); err != nil {
				return err
			}
		}
		return nil
	case "map":
		fields, ok := v.(map[string]any)
		if !ok {
			return fmt.Errorf("%s is %v, no map", at, v)
		}
		for key, e := range fields {
			if err := m.check(s.inner(), e, at+"."+key); err != nil {
				return err
			}
		}
		return nil
	case "or":
		var all []error
		for _, item := range s.Items {
			err := m.check(item, v, at)
			if err == nil {
				return nil
			}
			all = append(all, err)
		}
		return fmt.Errorf("%s is none of what it may be: %w", at, errors.Join(all...))
	case "literal":
		var fields structure
		if err := json.Unmarshal(s.Value, &fields); err != nil {
			return err
		}
		return m.checkObject(fields.Properties, v, at)
	case "stringLiteral":
		var want string
		if err := json.Unmarshal(s.Value, &want); err != nil || v != want {
			return fmt.Errorf("%s is %v, not %q", at, v, want)
		}
		return nil
	}
	return fmt.Errorf("%s: the meta-model has a %s, which this check does not know", at, s.Kind)
}

func (s *shape) inner() *shape {
	var inner shape
	if err := json.Unmarshal(s.Value, &inner); err != nil {
		panic(err) // the meta-model is broken
	}
	return &inner
}

func checkBase(name string, v any, at string) error {
	ok := false
	switch name {
	case "null":
		ok = v == nil
	case "boolean":
		_, ok = v.(bool)
	case "integer", "uinteger":
		n, number := v.(json.Number)
		i, err := n.Int64()
		ok = number && err == nil && i <= 1<<31-1 && (i >= 0 || name == "integer" && i >= -1<<31)
	case "decimal":
		_, ok = v.(json.Number)
	default: // strings of all kinds
		_, ok = v.(string)
	}
	if !ok {
		return fmt.Errorf("%s is %v, no %s", at, v, name)
	}
	return nil
}

func (m *model) checkNamed(name string, v any, at string) error {
	if name == "LSPAny" || name == "LSPObject" || name == "LSPArray" {
		return nil
	}
	if alias := m.aliases[name]; alias != nil {
		return m.check(alias, v, at)
	}
	if e := m.enumerations[name]; e != nil {
		text := fmt.Sprint(v)
		if slices.ContainsFunc(e.Values, func(c struct{ Value any }) bool { return fmt.Sprint(c.Value) == text }) {
			return nil
		}
		if !e.SupportsCustomValues {
			return fmt.Errorf("%s is %v, none of %s", at, v, name)
		}
		return m.check(e.Type, v, at)
	}
	return m.checkObject(m.properties(m.structures[name]), v, at)
}

// properties returns those of a structure, of what it extends and of what it mixes in.
func (m *model) properties(s *structure) []property {
	all := slices.Clone(s.Properties)
	for _, other := range slices.Concat(s.Extends, s.Mixins) {
		for _, p := range m.properties(m.structures[other.Name]) {
			if !slices.ContainsFunc(all, func(q property) bool { return q.Name == p.Name }) {
				all = append(all, p)
			}
		}
	}
	return all
}

func (m *model) checkObject(properties []property, v any, at string) error {
	fields, ok := v.(map[string]any)
	if !ok {
		return fmt.Errorf("%s is %v, no object", at, v)
	}
	known := map[string]bool{}
	for _, p := range properties {
		known[p.Name] = true
		value, there := fields[p.Name]
		if !there && !p.Optional {
			return fmt.Errorf("%s has no %s", at, p.Name)
		}
		if there {
			if err := m.check(p.Type, value, at+"."+p.Name); err != nil {
				return err
			}
		}
	}
	for key := range fields {
		if !known[key] {
			return fmt.Errorf("%s has a property %q, which the protocol does not know", at, key)
		}
	}
	return nil
}

// TestTheCheckSees that messages are wrong, each in another way.
func TestTheCheckSees(t *testing.T) {
	m, err := loadModel()
	if err != nil {
		t.Fatal(err)
	}
	const at = `{"start":{"line":0,"character":0},"end":{"line":0,"character":1}}`
	for _, test := range []struct{ method, params, wrong string }{
		{"textDocument/publishDiagnostics", `{"uri":"file:///a","diagnostics":[{"range":` + at + `,"message":"m","severity":1,"code":"A1","tags":[1]}]}`, ""},
		{"textDocument/publishDiagnostics", `{"uri":"file:///a","diagnostics":null}`, "no list"},
		{"textDocument/publishDiagnostics", `{"diagnostics":[]}`, "has no uri"},
		{"textDocument/publishDiagnostics", `{"uri":"file:///a","diagnostics":[{"range":` + at + `,"message":3}]}`, "message is none"},
		{"textDocument/publishDiagnostics", `{"uri":"file:///a","diagnostics":[{"range":` + at + `,"message":"m","severity":9}]}`, "none of DiagnosticSeverity"},
		{"textDocument/publishDiagnostics", `{"uri":"file:///a","diagnostics":[],"vresion":1}`, `property "vresion"`},
		{"textDocument/publishDiagnostics", `{"uri":"file:///a","version":1.5,"diagnostics":[]}`, "no integer"},
		{"textDocument/publishDiagnostics", `{"uri":"file:///a","diagnostics":[{"range":{"start":{"line":-1,"character":0},"end":{"line":0,"character":0}},"message":"m"}]}`, "no uinteger"},
		{"window/logMessage", `{"type":7,"message":"m"}`, "none of MessageType"},
	} {
		decoder := json.NewDecoder(strings.NewReader(test.params))
		decoder.UseNumber()
		var v any
		if err := decoder.Decode(&v); err != nil {
			t.Fatal(err)
		}
		err := m.check(m.notifications[test.method].Params, v, "it")
		if (err == nil) != (test.wrong == "") || err != nil && !strings.Contains(err.Error(), test.wrong) {
			t.Errorf("%s: %v, want %q", test.params, err, test.wrong)
		}
	}
}
