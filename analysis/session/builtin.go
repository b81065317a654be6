package session

// pure are the builtins that do nothing to what they are given but look at it.
var pure = map[string]bool{
	"len": true, "print": true, "str": true, "repr": true, "bool": true, "int": true, "float": true,
	"isinstance": true, "issubclass": true, "type": true, "id": true, "range": true, "hash": true, "hasattr": true,
	"abs": true, "round": true, "callable": true,
}

// folding are the builtins that run through what they are given and give a
// plain value of it.
var folding = map[string]bool{"min": true, "max": true, "sum": true, "any": true, "all": true}

// lazy are the builtins that run through what they are given later.
var lazy = map[string]bool{"iter": true, "enumerate": true, "zip": true, "map": true, "filter": true}

// collecting are the builtins that run through their first argument at once and
// give its elements, or something over them.
var collecting = map[string]bool{
	"list": true, "tuple": true, "set": true, "sorted": true, "dict": true, "frozenset": true, "next": true, "reversed": true,
}

// builtin calls a builtin function; ok is false if it is not known.
func (i *interp) builtin(name string, args []argument, s *State) (rs []result, ok bool) {
	switch {
	case (name == "next" || name == "anext") && len(args) > 0 && i.advances(name, args[0]):
		return one(s, Value{}), true
	case folding[name]:
		for _, a := range args {
			i.iterate(result{s, a.value}, a.expr)
		}
		return one(s, Value{}), true
	case name == "int" || name == "float":
		i.throws(s)
		return one(s, Value{}), true
	case pure[name]:
		for _, a := range args {
			if a.value.Kind == CoroutineV && name != "isinstance" && name != "type" && name != "print" {
				i.notAwaited(a.expr, a.value, s)
			}
		}
		return one(s, Value{}), true
	case lazy[name]:
		for _, a := range args {
			if a.value.onSession() {
				return one(s, a.value), true
			}
		}
		return one(s, Value{}), true
	}
	if !collecting[name] || len(args) == 0 {
		return nil, false
	}
	v := args[0].value
	i.iterate(result{s, v}, args[0].expr)
	return one(s, i.elementOf(v)), true
}
