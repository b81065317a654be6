package config

import (
	"encoding/json"
	"fmt"
	"reflect"

	"sessionlint/analysis/rule"
)

// A schema is a JSON schema, or a part of one.
type schema = map[string]any

// Schema returns the JSON schema (draft 7) of the settings of a program that has
// the given rules: of a sessionlint.toml, and of the section of a pyproject.toml.
// It ends in a line break.
func Schema(rules []*rule.Rule) ([]byte, error) {
	properties := schema{}
	for f := range fields() {
		s := shape(f.Type, rules)
		s["description"] = f.Tag.Get("doc")
		properties[f.Tag.Get("toml")] = s
	}
	out, err := json.MarshalIndent(schema{
		"$schema":              "http://json-schema.org/draft-07/schema#",
		"$id":                  "https://www.schemastore.org/sessionlint.json",
		"title":                "sessionlint",
		"description":          "What sessionlint checks, and how grave it finds it.",
		"type":                 "object",
		"additionalProperties": false,
		"properties":           properties,
		"definitions": schema{
			"rule": ruleSchema(rules),
		},
	}, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write the schema: %w", err)
	}
	return append(out, '\n'), nil
}

// shape returns the schema of a type of [Options].
func shape(t reflect.Type, rules []*rule.Rule) schema {
	switch kindOf(t) {
	case isString:
		return reflect.Zero(t).Interface().(value).describe(rules)
	case isList:
		return schema{"type": "array", "items": shape(t.Elem(), rules)}
	}
	entry := t.Elem()
	return schema{
		"type":                 "object",
		"propertyNames":        shape(entry.Field(0).Type, rules),
		"additionalProperties": shape(entry.Field(1).Type, rules),
	}
}

// ruleSchema offers each rule, with its title. Other letters' cases are allowed
// too, so the schema forbids less than the program does.
func ruleSchema(rules []*rule.Rule) schema {
	var values, titles []any
	offer := func(value, title string) { values, titles = append(values, value), append(titles, title) }
	offer("ALL", "all rules")
	group := ""
	for _, r := range rules {
		if g := r.Code[:len("SES1")]; g != group {
			group = g
			offer(g, "the rules whose codes begin so")
		}
	}
	for _, r := range rules {
		offer(r.Code, r.Name+": "+r.Doc.Title)
		offer(r.Name, r.Code+": "+r.Doc.Title)
	}
	return schema{
		"anyOf": []any{
			schema{"enum": values, "x-taplo": schema{"docs": schema{"enumValues": titles}}},
			schema{"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9-]*$"},
		},
	}
}

func (Selector) describe([]*rule.Rule) schema { return schema{"$ref": "#/definitions/rule"} }

func (Grade) describe([]*rule.Rule) schema { return schema{"type": "string", "enum": grades()} }

func (Glob) describe([]*rule.Rule) schema { return schema{"type": "string", "minLength": 1} }

func (Name) describe([]*rule.Rule) schema {
	return schema{"type": "string", "pattern": `^[^\s.]+(\.[^\s.]+)*$`}
}

func (Version) describe([]*rule.Rule) schema { return schema{"type": "string", "enum": versions()} }

func (Path) describe([]*rule.Rule) schema { return schema{"type": "string", "pattern": `\.toml$`} }
