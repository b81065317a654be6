// Package all lists every rule.
package all

import (
	"sessionlint/analysis/rule"
	"sessionlint/analysis/rule/beginafterautobegin"
	"sessionlint/analysis/rule/closeinsidebegin"
	"sessionlint/analysis/rule/commitinloop"
	"sessionlint/analysis/rule/contextmanagernotentered"
	"sessionlint/analysis/rule/dependencywithoutfinally"
	"sessionlint/analysis/rule/detachedaccess"
	"sessionlint/analysis/rule/discardedsession"
	"sessionlint/analysis/rule/generatoradvancedbyhand"
	"sessionlint/analysis/rule/handlederrorinbeginblock"
	"sessionlint/analysis/rule/implicitioinasync"
	"sessionlint/analysis/rule/missingawait"
	"sessionlint/analysis/rule/multiplecommits"
	"sessionlint/analysis/rule/needlessawait"
	"sessionlint/analysis/rule/nestedbegin"
	"sessionlint/analysis/rule/resultafterclose"
	"sessionlint/analysis/rule/sessionescapesblock"
	"sessionlint/analysis/rule/sessionindefaultargument"
	"sessionlint/analysis/rule/sessionsharedacrosstasks"
	"sessionlint/analysis/rule/sharedglobalsession"
	"sessionlint/analysis/rule/slowcallintransaction"
	"sessionlint/analysis/rule/storedsessionneverclosed"
	"sessionlint/analysis/rule/swallowedbyscope"
	"sessionlint/analysis/rule/swalloweddatabaseerror"
	"sessionlint/analysis/rule/unclosedconnection"
	"sessionlint/analysis/rule/unclosedsession"
	"sessionlint/analysis/rule/uncommittedwrite"
	"sessionlint/analysis/rule/useafterclose"
	"sessionlint/analysis/rule/useafterendinsidebegin"
	"sessionlint/analysis/rule/wrongcontextmanager"
)

// Rules returns the rules in the order of their codes. The slice is the caller's.
func Rules() []*rule.Rule {
	return []*rule.Rule{
		useafterclose.Rule,
		unclosedsession.Rule,
		discardedsession.Rule,
		dependencywithoutfinally.Rule,
		generatoradvancedbyhand.Rule,
		sessionindefaultargument.Rule,
		sharedglobalsession.Rule,
		sessionescapesblock.Rule,
		unclosedconnection.Rule,
		storedsessionneverclosed.Rule,
		contextmanagernotentered.Rule,
		multiplecommits.Rule,
		commitinloop.Rule,
		beginafterautobegin.Rule,
		nestedbegin.Rule,
		useafterendinsidebegin.Rule,
		uncommittedwrite.Rule,
		swalloweddatabaseerror.Rule,
		handlederrorinbeginblock.Rule,
		slowcallintransaction.Rule,
		closeinsidebegin.Rule,
		swallowedbyscope.Rule,
		resultafterclose.Rule,
		detachedaccess.Rule,
		implicitioinasync.Rule,
		missingawait.Rule,
		wrongcontextmanager.Rule,
		sessionsharedacrosstasks.Rule,
		needlessawait.Rule,
	}
}
