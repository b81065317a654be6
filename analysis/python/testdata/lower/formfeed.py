import formfeed

def f():
    a

    b


class A:
	def m(self):
	    return 1

    # odd comment
	def n(self): pass

# before

# end
