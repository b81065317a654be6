package oracle

import (
	"regexp"
	"slices"
	"strings"
)

// Stmt is a statement of a program. Text is its line; a compound statement's
// ends in a colon, and has a Body.
type Stmt struct {
	Text  string
	Binds []string // the names that the line binds
	Body  []*Stmt
	Parts []*Stmt // the clauses that follow: else, except, finally
}

// Program is a program that can be cut down.
type Program struct {
	Maker     string // how the program makes its factory of sessions
	Functions []*Stmt
}

// Text returns the program's source.
func (p *Program) Text() string {
	var body strings.Builder
	for _, f := range p.Functions {
		body.WriteString("\n\n")
		f.write(&body, "")
	}
	used := map[string]bool{}
	for _, name := range names(body.String() + p.Maker) {
		used[name] = true
	}
	var top strings.Builder
	for _, i := range imports {
		if line := i.line(used); line != "" {
			top.WriteString(line + "\n")
		}
	}
	top.WriteString("\nengine = create_engine(\"sqlite:///shop.db\")\n")
	if used["SessionMaker"] {
		top.WriteString("SessionMaker = " + p.Maker + "\n")
	}
	return top.String() + body.String()
}

func (s *Stmt) write(b *strings.Builder, indent string) {
	for line := range strings.SplitSeq(s.Text, "\n") {
		b.WriteString(indent + line + "\n")
	}
	for _, c := range s.Body {
		c.write(b, indent+"    ")
	}
	for _, c := range s.Parts {
		c.write(b, indent)
	}
}

// An origin is a module and what the programs import from it.
type origin struct {
	module string
	names  []string
}

var imports = []origin{
	{"contextlib", []string{"ExitStack", "closing", "contextmanager"}},
	{"sqlalchemy", []string{"create_engine", "delete", "func", "insert", "select", "update"}},
	{"sqlalchemy.exc", []string{"IntegrityError", "OperationalError", "SQLAlchemyError"}},
	{"sqlalchemy.orm", []string{"Session", "sessionmaker"}},
	{"shop.models", []string{"Item", "Tag"}},
	{"shop.rules", []string{"Rejected", "Unavailable", "allowed", "batch", "charge", "check", "chosen", "more", "notify", "stale"}},
}

func (o origin) line(used map[string]bool) string {
	var list []string
	for _, n := range o.names {
		if used[n] || n == "create_engine" || n == "sessionmaker" && used["SessionMaker"] {
			list = append(list, n)
		}
	}
	if list == nil {
		return ""
	}
	return "from " + o.module + " import " + strings.Join(list, ", ")
}

var word = regexp.MustCompile(`"[^"]*"|\.?[A-Za-z_]\w*`)

// names returns the names in a piece of source, but not attributes and keywords' values.
func names(text string) []string {
	var out []string
	for _, w := range word.FindAllString(text, -1) {
		if w[0] != '"' && w[0] != '.' {
			out = append(out, w)
		}
	}
	return out
}

// Sound reports whether every name is bound before it is used, on every way, no
// block is empty, and every function is called. What is cut down may be neither.
func (p *Program) Sound() bool {
	if len(p.called()) < len(p.Functions) {
		return false
	}
	defined := map[string]bool{}
	for _, f := range p.Functions {
		for _, n := range f.Binds[:1] {
			defined[n] = true
		}
	}
	for _, f := range p.Functions {
		c := &checker{locals: map[string]bool{}, functions: defined}
		c.collect(f.Body)
		have := map[string]bool{}
		for _, n := range f.Binds[1:] {
			have[n] = true
		}
		if len(f.Body) == 0 {
			return false
		}
		c.block(f.Body, have)
		if c.bad {
			return false
		}
	}
	return true
}

// called returns the functions that the job comes to, and the job.
func (p *Program) called() []*Stmt {
	reached := map[string]bool{"job": true}
	for again := true; again; {
		again = false
		for _, f := range p.Functions {
			if !reached[f.Binds[0]] {
				continue
			}
			var b strings.Builder
			f.write(&b, "")
			for _, n := range names(b.String()) {
				if !reached[n] && slices.ContainsFunc(p.Functions, func(g *Stmt) bool { return g.Binds[0] == n }) {
					reached[n], again = true, true
				}
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(p.Functions), func(f *Stmt) bool { return !reached[f.Binds[0]] })
}

type checker struct {
	locals, functions map[string]bool
	handling          bool // within an except clause
	bad               bool
}

func (c *checker) collect(body []*Stmt) {
	for _, s := range body {
		for _, n := range s.Binds {
			c.locals[n] = true
		}
		c.collect(s.Body)
		c.collect(s.Parts)
	}
}

// block follows the statements, and returns what is bound after them; nil if
// control does not come there.
func (c *checker) block(body []*Stmt, have map[string]bool) map[string]bool {
	for _, s := range body {
		if have == nil {
			c.bad = true // nothing comes here
			return nil
		}
		have = c.stmt(s, have)
	}
	return have
}

var helperNames = regexp.MustCompile(`^h_|^(open_session|scope|get_db)$`)

func (c *checker) line(s *Stmt, have map[string]bool) {
	for n, name := range names(s.Text) {
		local := c.locals[name] || localName[name]
		if local && !have[name] && !slices.Contains(s.Binds, name) && !keyword(s.Text, name) {
			c.bad = true
		}
		if n > 0 && helperNames.MatchString(name) && !c.functions[name] {
			c.bad = true
		}
	}
}

func keyword(text, name string) bool { return strings.Contains(text, name+"=") }

func (c *checker) stmt(s *Stmt, have map[string]bool) map[string]bool {
	c.line(s, have)
	verb, _, _ := strings.Cut(strings.TrimSuffix(s.Text, ":"), " ")
	compound := strings.HasSuffix(s.Text, ":")
	if compound && len(s.Body) == 0 {
		c.bad = true
		return have
	}
	switch verb {
	case "raise":
		if s.Text == "raise" && !c.handling {
			c.bad = true
		}
		return nil
	case "return", "break", "continue":
		return nil
	case "with":
		return c.block(s.Body, with(have, s.Binds))
	case "for", "while":
		c.block(s.Body, with(have, s.Binds))
		if s.Text == "while True:" {
			return with(have, nil)
		}
		return have
	case "if":
		out := c.block(s.Body, with(have, nil))
		other := have
		for _, p := range s.Parts {
			c.line(p, have)
			if len(p.Body) == 0 {
				c.bad = true
			}
			other = c.block(p.Body, with(have, nil))
		}
		return meet(out, other)
	case "try":
		return c.try(s, have)
	}
	return with(have, s.Binds)
}

func (c *checker) try(s *Stmt, have map[string]bool) map[string]bool {
	out := c.block(s.Body, with(have, nil))
	var after map[string]bool
	if len(s.Parts) == 0 {
		c.bad = true
	}
	for n, p := range s.Parts {
		c.line(p, have)
		if len(p.Body) == 0 {
			c.bad = true
		}
		switch {
		case strings.HasPrefix(p.Text, "except"):
			outer := c.handling
			c.handling = true
			after = meet(after, c.block(p.Body, with(have, p.Binds)))
			c.handling = outer
		case p.Text == "else:":
			if n == 0 || out == nil {
				c.bad = true
				return nil
			}
			out = c.block(p.Body, out)
		case p.Text == "finally:":
			if jumps(p.Body) || c.block(p.Body, with(have, nil)) == nil {
				c.bad = true // it would swallow the exception
				return nil
			}
		}
	}
	return meet(out, after)
}

func jumps(body []*Stmt) bool {
	return slices.ContainsFunc(body, func(s *Stmt) bool {
		return strings.HasPrefix(s.Text, "return") || s.Text == "break" || s.Text == "continue" || jumps(s.Body) || jumps(s.Parts)
	})
}

func with(have map[string]bool, more []string) map[string]bool {
	out := map[string]bool{}
	for n := range have {
		out[n] = true
	}
	for _, n := range more {
		out[n] = true
	}
	return out
}

// meet returns what both ways have bound; nil is no way.
func meet(a, b map[string]bool) map[string]bool {
	if a == nil {
		return b
	}
	if b == nil {
		return a
	}
	out := map[string]bool{}
	for n := range a {
		if b[n] {
			out[n] = true
		}
	}
	return out
}
