package oracle

import (
	"slices"
	"strings"
)

// Shrink cuts a program down while it stays wrong in the same way: while fails
// holds for it. It tries each statement for removal, each block for its body in
// its place, and each clause and function for removal, until nothing more goes.
func Shrink(p *Program, fails func(*Program) bool) *Program {
	for again := true; again; {
		again = false
		for n := 0; ; n++ {
			smaller := p.cut(n)
			if smaller == nil {
				break
			}
			if smaller.Sound() && fails(smaller) {
				p, again = smaller, true
				n--
			}
		}
	}
	job := *p.Functions[len(p.Functions)-1]
	var b strings.Builder
	for _, st := range job.Body {
		st.write(&b, "")
	}
	used := names(b.String())
	params := slices.DeleteFunc(slices.Clone(job.Binds[1:]), func(n string) bool { return !slices.Contains(used, n) })
	job.Binds, job.Text = append([]string{"job"}, params...), "def job("+list(params)+"):"
	tidy := &Program{Maker: p.Maker, Functions: append(slices.Clone(p.Functions[:len(p.Functions)-1]), &job)}
	if fails(tidy) {
		return tidy
	}
	return p
}

// cut returns the nth smaller version of a program, or nil if there are not so many.
func (p *Program) cut(n int) *Program {
	c := &cutter{left: n}
	out := &Program{Maker: p.Maker}
	for k, f := range p.Functions {
		if k < len(p.Functions)-1 && c.here() {
			continue
		}
		g := *f
		g.Body = c.block(f.Body)
		out.Functions = append(out.Functions, &g)
	}
	if p.Maker != "sessionmaker(engine)" && c.here() {
		out.Maker = "sessionmaker(engine)"
	}
	if !c.done {
		return nil
	}
	return out
}

// cutter makes the cut at which left comes down to zero.
type cutter struct {
	left int
	done bool
}

func (c *cutter) here() bool {
	if c.done {
		return false
	}
	if c.left == 0 {
		c.done = true
		return true
	}
	c.left--
	return false
}

func (c *cutter) block(body []*Stmt) []*Stmt {
	var out []*Stmt
	for _, s := range body {
		if c.here() {
			continue
		}
		if len(s.Body) == 0 {
			out = append(out, s)
			continue
		}
		if c.here() {
			out = append(out, s.Body...)
			continue
		}
		if len(s.Parts) > 0 && c.here() {
			// The block with its else and its finally, without a try.
			out = append(out, s.Body...)
			for _, p := range s.Parts {
				if p.Text == "else:" || p.Text == "finally:" {
					out = append(out, p.Body...)
				}
			}
			continue
		}
		if len(s.Parts) > 0 && c.here() {
			out = append(out, s.Parts[0].Body...)
			continue
		}
		k := *s
		k.Body = c.block(s.Body)
		k.Parts = nil
		for _, p := range s.Parts {
			if c.here() {
				continue
			}
			q := *p
			if q.Text != "else:" && len(q.Body) == 1 && q.Body[0].Text != "pass" && c.here() {
				q.Body = []*Stmt{line("pass")}
			} else {
				q.Body = c.block(p.Body)
			}
			k.Parts = append(k.Parts, &q)
		}
		out = append(out, &k)
	}
	return slices.Clip(out)
}
