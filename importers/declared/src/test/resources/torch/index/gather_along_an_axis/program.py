# input x: float32[3, 4]
# input places: int64[3, 2] from 0 to 3
def forward(self, x, places):
  return torch.gather(x, 1, places)
