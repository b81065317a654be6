package python_test

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"sessionlint/analysis/python"
)

// A dumper writes nodes as one-line s-expressions: a name as itself, a string
// quoted, everything else as (Kind Field:value …) without its zero fields.
type dumper struct {
	strings.Builder
	spans bool // write @start-end behind each kind
	shift int  // added to every offset
}

// dump returns the statements, one on a line.
func dump(body []python.Stmt) string {
	var d dumper
	for _, s := range body {
		d.node(reflect.ValueOf(s))
		d.WriteByte('\n')
	}
	return d.String()
}

// dumpFile returns everything that a file says about its text.
func dumpFile(f *python.File) string {
	d := dumper{spans: true}
	for _, u := range f.Units {
		d.shift = u.Start
		fmt.Fprintf(&d, "%d-%d kind=%d parent=%d path=%q opaque=%t comments=%v errors=%v\n",
			u.Start, u.End, u.Unit.Kind, u.Parent, u.Unit.Path, u.Unit.Opaque, u.Unit.Comments, u.Unit.Errors)
		for _, c := range u.Unit.Comments {
			fmt.Fprintf(&d, "  %+v\n", u.Unit.Remark(c))
		}
		for _, s := range u.Unit.Body {
			d.WriteString("  ")
			d.node(reflect.ValueOf(s))
			d.WriteByte('\n')
		}
	}
	return d.String()
}

// dumpUnit returns a unit's statements, with spans.
func dumpUnit(u *python.Unit) string {
	d := dumper{spans: true}
	for _, s := range u.Body {
		d.node(reflect.ValueOf(s))
		d.WriteByte('\n')
	}
	return d.String()
}

var constants = map[python.ConstantKind]string{
	python.NoneConst: "None", python.TrueConst: "True", python.FalseConst: "False", python.EllipsisConst: "...",
}

func (d *dumper) node(v reflect.Value) {
	if v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if !v.IsValid() || v.IsNil() {
		d.WriteString("nil")
		return
	}
	at := ""
	if p := v.Interface().(python.Node).Pos(); d.spans {
		at = fmt.Sprintf("@%d-%d", p.Start+d.shift, p.End+d.shift)
	}
	switch n := v.Interface().(type) {
	case *python.Name:
		d.WriteString(n.ID + at)
		return
	case *python.Constant:
		switch n.Kind {
		case python.StringConst:
			d.WriteString(strconv.Quote(n.Text) + at)
		case python.NumberConst:
			d.WriteString(n.Text + at)
		default:
			d.WriteString(constants[n.Kind] + at)
		}
		return
	}
	v = v.Elem()
	d.WriteString("(" + v.Type().Name() + at)
	for i := range v.NumField() {
		f := v.Field(i)
		if name := v.Type().Field(i).Name; name != "Span" && !f.IsZero() {
			d.WriteString(" " + name)
			d.field(f)
		}
	}
	d.WriteByte(')')
}

func (d *dumper) field(f reflect.Value) {
	switch f.Kind() {
	case reflect.Bool:
	case reflect.String:
		d.WriteString(":" + strconv.Quote(f.String()))
	case reflect.Int, reflect.Uint8:
		fmt.Fprintf(d, ":%v", f.Interface())
	case reflect.Slice:
		d.WriteString(":[")
		for i := range f.Len() {
			if i > 0 {
				d.WriteByte(' ')
			}
			if e := f.Index(i); e.Kind() == reflect.String {
				d.WriteString(strconv.Quote(e.String()))
			} else {
				d.node(e)
			}
		}
		d.WriteByte(']')
	default:
		d.WriteByte(':')
		d.node(f)
	}
}
