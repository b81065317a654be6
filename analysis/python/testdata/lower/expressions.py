name
a.b.c
f()
f(a, *b, c=1, **d)
f(k=1, *b, **c, l=d)
f(x for x in y)
f(x)(y)[z].w
a[0]
a[0, 1]
a[1:2]
a[:]
a[::2, ..., None]
a[b:c:d]
a[*b]
a[0,]
1, 2.5, 1e10, 0xff, 1_000, 3j, .5, 1.
None, True, False, ...
a + b * c ** d // e % f @ g - h / i
a << 1 >> 2 & 3 | 4 ^ 5
a and b or c and not d
-a, +b, ~c
a < b
a < b <= c != d is not e not in f in g is h == i
a if b else c
lambda: 0
lambda x, *y, z=1, **w: (x, y)
(await_ := f(x))
f(y := 1)
[i := 0]
()
(a,)
(a, b)
(a)
((a))
[]
[a, *b]
{a, *b}
{}
{a: b, **c, "d": 1}
[x for x in y]
{x for x in y if x if y}
{k: v for k, v in d.items() for z in k}
(x async for x in y)
[x async for x in aiter() if await x]
[(a, b) for a, b in c if not a]
*a, b
x = *a, *b
print(*a.b(), *c[0], **d.e())
x = not a in b
x = (
    a  # one
    # two
    + b
)
x = a \
    + b
x = `a`
a <> b
print "old", x
print >>sys.stderr, "old"
exec "code" in scope
a if b else c if d else e
(yield_).x
f(a)(b)(c).d(e)
x = yield_ = 1
a.b = c.d[e] = f
x: Optional[a.B] = None
y: "quoted" = c
z: int | None = None
