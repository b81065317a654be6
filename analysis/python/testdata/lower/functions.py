def empty(): pass

def parameters(a, b: int, /, c=1, d: str = "x", *args: int, e, f=lambda: 0, **kw: dict) -> list[int]:
    return a

def bare_star(*, only): ...

@decorator
@app.get("/path", response_model=Model)
# a comment between the decorators
@factory(x)[0].attr
async def decorated(s: Session = Depends(get_session)):
    """Docstring."""
    global counter
    async with Session() as s, s.begin():
        await s.commit()
    async for row in await s.stream(q):
        yield row
    def inner():
        nonlocal s
        return (yield)
    return

def generator():
    x = yield
    y = yield x, 1
    yield from other()

def not_a_generator():
    f = lambda: (yield)
    class C:
        y = (yield)

@ decorated_class
class A:
    @property
    def p(self) -> "A": return self
    @staticmethod
    async def q(*args, **kwargs): pass

    class B(A):
        def deep(self):
            return 1

    x = 1

def one_line(x): return x; pass

def ellipsis(self) -> None: ...
