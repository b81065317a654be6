import bom

class A(Base):
	def tab(self):
		if self:  # note
			return """a
b"""
	x = (1,
		2)

def last(): pass