# input x: float32[4, 3]
# input places: int64[2, 2] from -4 to 3
def forward(self, x, places):
  return x[places]
