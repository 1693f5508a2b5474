# input x: float32[4]
# input places: int64[5] values 0 2 2 1 2
# input values: float32[5]
def forward(self, x, places, values):
  y = x.clone()
  y.index_put_([places], values, True)
  return y
