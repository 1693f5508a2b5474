# input x: int8[3] values 100 -128 7
# input y: uint8[3] values 200 255 3
def forward(self, x, y):
  return x + x, x * x, y + y, x + y, -x
