type X = int
type Y[T, *Ts, **P] = dict[T, int]
type Z[T = int] = list[T]

def generic[T](x: T) -> T:
    return x

def bounded[T: (int, str) = int, *Ts = *tuple[int], **P = [int]](x: T) -> T:
    return x

class Generic[T: Base = Default](Base[T], metaclass=M):
    def m[U = str](self, u: U): return u

class OnlyDefault[A = int, B = dict[str, int]]: pass

def pep646(*args: *Ts) -> tuple[*Ts]: ...

@(yield_ := deco)
def relaxed(): pass

@x[0](1) or y
def anything(): pass

try:
    a
except A, B:
    b
except A, B, c.D:
    c

try:
    a
except* A, B:
    b

def walrus():
    if (n := len(a)) > 10 and (m := f(n)):
        return [y := f(x), y ** 2]
    while chunk := read(): use(chunk)
    return {k: (w := v) for k, v in d if (u := k)}
