match command:
    case "go" | 'run':
        a
    case 1 | -2 | 3.5 | 1 + 2j | None | True:
        b
    case name:
        c
match x, y:
    case 0, 0:
        pass
    case (a, b) if a > b:
        pass
    case [a, *rest]:
        pass
    case a, *_:
        pass
    case {"key": value, "other": [first, _], **others}:
        pass
    case Point(x=0, y=py) | Point(px, py=0):
        pass
    case mod.Point(px):
        pass
    case mod.CONST:
        pass
    case (1 | 2) as number:
        pass
    case (str() as text) | bytes(text):
        pass
    case [Point(x=0) as p, {"a": q}]:
        pass
    case only,:
        pass
    case _ if guard():
        pass
    case _:
        pass
match x,:
    case y: pass
match (x):
    case (y): pass
match -x:
    case f"{a}": pass
    case "a" "b": pass
match x:
    case (): pass
    case []: pass
    case (a,): pass
    case (_): pass
