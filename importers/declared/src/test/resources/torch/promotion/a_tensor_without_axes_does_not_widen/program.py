# input x: float16[3]
# input y: float64[]
# input z: int32[2]
# input w: int64[]
def forward(self, x, y, z, w):
  return x + y, z + w
