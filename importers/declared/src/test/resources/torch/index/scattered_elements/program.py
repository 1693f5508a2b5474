# input x: float32[3, 4]
# input places: int64[2, 3] values 0 1 2 2 0 1
# input y: float32[2, 4]
def forward(self, x, places, y):
  return x.scatter(0, places, y), x.scatter(0, places, 1.5), x.scatter(0, places, y, reduce="add"), x.scatter(0, places, 2., reduce="multiply")
