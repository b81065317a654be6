// Package all lists every rule.
package all

import (
	"sessionlint/analysis/rule"
	"sessionlint/analysis/rule/beginafterautobegin"
	"sessionlint/analysis/rule/closeinsidebegin"
	"sessionlint/analysis/rule/commitinloop"
	"sessionlint/analysis/rule/discardedsession"
	"sessionlint/analysis/rule/handlederrorinbeginblock"
	"sessionlint/analysis/rule/multiplecommits"
	"sessionlint/analysis/rule/nestedbegin"
	"sessionlint/analysis/rule/swalloweddatabaseerror"
	"sessionlint/analysis/rule/unclosedconnection"
	"sessionlint/analysis/rule/unclosedsession"
	"sessionlint/analysis/rule/uncommittedwrite"
	"sessionlint/analysis/rule/useafterclose"
	"sessionlint/analysis/rule/useafterendinsidebegin"
)

// Rules returns the rules in the order of their codes. The slice is the caller's.
func Rules() []*rule.Rule {
	return []*rule.Rule{
		useafterclose.Rule,
		unclosedsession.Rule,
		discardedsession.Rule,
		unclosedconnection.Rule,
		multiplecommits.Rule,
		commitinloop.Rule,
		beginafterautobegin.Rule,
		nestedbegin.Rule,
		useafterendinsidebegin.Rule,
		uncommittedwrite.Rule,
		swalloweddatabaseerror.Rule,
		handlederrorinbeginblock.Rule,
		closeinsidebegin.Rule,
	}
}
