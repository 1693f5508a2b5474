# input x: int64[4] values 7 -7 1 0
# input y: int64[4] values 2 2 -3 5
def forward(self, x, y):
  return torch.div(x, y)
