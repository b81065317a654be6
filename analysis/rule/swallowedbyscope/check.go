package swallowedbyscope

import (
	"sessionlint/analysis/rule"
	"sessionlint/analysis/session"
)

func check(f *session.Facts) []rule.Finding {
	return append(swallows(f), commits(f)...)
}

var swallows = rule.Once(session.SwallowedByScope, func(e session.Event) (rule.Finding, bool) {
	d := rule.Finding{Message: "the scope swallows what its body raises: the caller goes on as if its work were saved"}
	d.Related = rule.At(d.Related, e.Other, "the body runs at this yield")
	return d, e.Sure
})

var commits = rule.Events(session.CommitInFinally, func(e session.Event) (rule.Finding, bool) {
	d := rule.Finding{Message: "the scope commits in finally: where its body raises, what it did until then is kept"}
	d.Related = rule.At(d.Related, e.Other, "the body runs at this yield")
	return d, e.Sure
})
