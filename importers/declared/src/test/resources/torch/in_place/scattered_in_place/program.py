# input x: float32[3, 4]
# input places: int64[2, 2] from 0 to 2
# input y: float32[2, 2]
def forward(self, x, places, y):
  z = x.clone()
  z[:, 1:3].scatter_add_(0, places, y)
  z[0].masked_fill_(z[0] > 0, -1.)
  z[:, 0].index_fill_(0, places[0], 3.)
  return z
