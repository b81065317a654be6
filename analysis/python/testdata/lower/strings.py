'single'
"double"
'''triple
lines'''
"""a "quoted" word"""
r'\raw' R"\d"
b'bytes' rb"\x" Br'\y'
u'unicode'
"one" 'two' """three"""
x = ("a"
     "b")
f"plain"
f"{x}"
f"{x!r:>{width}} and {y = }"
f'{d["key"]} {d['key']}'
f"{f"{f"{deep}"}"}"
f"{x:%Y-%m-%d}{{literal}}"
f"{'#'}" # a comment
f"{a if b else c} {(lambda: 0)()}"
f'''{
    x
}'''
f"{
    multi(
        line)
}"
rf"\d{x}" fr'{y}'
"a" f"{x}" "b"
t"hello {name}"
t'{a} {t"{b}"}'
rt"\d{x}" Tr'{y}'
T"{x!s:{w}}"
"escaped \" quote \\"
'continued \
line'
"emoji 🦜 " + é + 变量
f(t"{s.query()}", t)
t = 1
