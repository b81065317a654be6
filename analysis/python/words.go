package python

import "strings"

// blockWords are the words that begin the head of a block and nothing else.
var blockWords = map[string]bool{
	"if": true, "elif": true, "else": true, "for": true, "while": true, "with": true,
	"try": true, "except": true, "finally": true, "def": true, "class": true,
}

// stubs are what the parser reads in place of a head that it cannot read.
var stubs = map[string]string{
	"if": "if _:", "elif": "elif _:", "else": "else:", "for": "for _ in _:", "while": "while _:",
	"with": "with _:", "except": "except:", "finally": "finally:",
}

// danglingWords are the words that something must follow on the same line.
var danglingWords = map[string]bool{
	"not": true, "and": true, "or": true, "in": true, "is": true, "await": true, "lambda": true,
	"if": true, "else": true, "for": true, "from": true, "import": true, "as": true, "del": true,
	"assert": true, "global": true, "nonlocal": true, "with": true, "while": true, "async": true,
	"def": true, "class": true, "elif": true,
}

// expectsMore reports whether a line ends with a token behind which another one
// must stand. The parser would take that from the next line.
func expectsMore(text string, l *logicalLine) bool {
	s := text[l.body:l.last]
	if s == "" {
		return false
	}
	i := len(s)
	for i > 0 && isNameByte(s[i-1]) {
		i--
	}
	if i < len(s) {
		return danglingWords[s[i:]] && !strings.HasSuffix(s[:i], ".")
	}
	switch s[len(s)-1] {
	case '.':
		return !strings.HasSuffix(s, "...") && !endsWithNumber(s[:len(s)-1])
	case '*':
		return l.word != "from"
	case '/':
		return l.keyword(text) != "def"
	case '=', '+', '-', '%', '&', '|', '^', '~', '<', '>', '@', '!':
		return true
	}
	return false
}

// endsWithNumber reports whether s ends with digits that are no part of a name.
func endsWithNumber(s string) bool {
	i := len(s)
	for i > 0 && isNameByte(s[i-1]) {
		i--
	}
	return i < len(s) && '0' <= s[i] && s[i] <= '9'
}

// keywords are the words of the language that are never names.
var keywords = map[string]bool{
	"False": true, "None": true, "True": true, "and": true, "as": true, "assert": true, "async": true,
	"await": true, "break": true, "class": true, "continue": true, "def": true, "del": true, "elif": true,
	"else": true, "except": true, "finally": true, "for": true, "from": true, "global": true, "if": true,
	"import": true, "in": true, "is": true, "lambda": true, "nonlocal": true, "not": true, "or": true,
	"pass": true, "raise": true, "return": true, "try": true, "while": true, "with": true, "yield": true,
}

// exitWords are those by which a statement can leave its block.
var exitWords = map[string]bool{"return": true, "raise": true, "break": true, "continue": true, "yield": true}

// badText makes a statement of a part of a unit's text that was not parsed: it
// takes all words for names but those behind a dot, in strings and in comments.
func badText(text string, at Span) *BadStmt {
	b := &BadStmt{Span: at}
	l := &logicalLine{start: at.Start}
	scan := newScanner(text[:at.End], at.Start)
	scan.giveUp = true
	for i := at.Start; i < at.End; {
		c := text[i]
		switch {
		case c == '"' || c == '\'':
			i = scan.str(i, l)
		case c == '#':
			for i < at.End && text[i] != '\n' && text[i] != '\r' {
				i++
			}
		case isNameByte(c):
			j := i
			for j < at.End && isNameByte(text[j]) {
				j++
			}
			quoted := j < at.End && j-i <= 2 && (text[j] == '"' || text[j] == '\'')
			word := text[i:j]
			switch {
			case exitWords[word]:
				b.Exits = true
			case keywords[word] || quoted || '0' <= c && c <= '9' || i > at.Start && text[i-1] == '.':
			default:
				b.Names = append(b.Names, &Name{Span{i, j}, strings.Clone(word)})
			}
			i = j
		default:
			i++
		}
	}
	return b
}
