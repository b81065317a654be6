# Every statement, in the order of ast.go.
import os
import os.path as path, sys
from . import sibling
from ...pkg.mod import name as alias, other
from .pkg import (
    one,
    two,  # a comment
)
from star import *
from __future__ import annotations

x = 1
a = b = c, d = value
a.b[0], *rest = items
x += 1
x //= 2
x @= m
n: int
n: dict[str, int] = {}
(n): int = 1
del x
del a.b, c[0]
del (a, b)
assert x
assert x, "message"
raise
raise Error
raise Error("x") from cause
global g1, g2
call()
one, two
lone,
pass

if a:
    b
elif c:
    d
elif e:
    f
else:
    g
    # behind the last statement

for i in range(3):
    continue
else:
    done()
for k, (v, w) in d.items(): print(k)
for x in 1, 2:
    break

while not done: step()
while True:
    break
else:
    never()

with open(p) as f:
    f.read()
with a, b as (c, d): pass
with (a as b): pass
with (a as b, c as d,): pass
with (
    Session() as s,  # the session
    s.begin(),
):
    s.query()
with (a, b): pass
with (a): pass
with (yield_ := a) as b: pass
with (a if b else c) as d.e: pass
with a as b[0], c() as [d, e]: pass

try:
    risky()
except ValueError:
    pass
except (A, B) as e:
    raise
except:
    pass
else:
    fine()
finally:
    close()
try: x
finally: y
try:
    x
except* A:
    y
except* (B, C) as group:
    z

class Plain: pass
class Mixed(metaclass=M, *bases): ...
class Base(A, b.C, *mixins, metaclass=Meta, **kw):
    attr: int = 1

if True:
    class Nested(Base):
        def method(self): return self

x = 1; y = 2; z()
type = 5
type(x).attr = 6
type (x)[0] = 7
match = case = 1
match.group(0)
print(type, match)
