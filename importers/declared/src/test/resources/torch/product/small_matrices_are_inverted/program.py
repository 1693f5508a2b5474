# input x: float32[2, 3, 3] values 2 1 0 0 3 1 1 0 2 1 2 3 0 1 4 5 6 0
# input y: float32[2, 2] values 1 2 3 4
def forward(self, x, y):
  return torch.inverse(x), torch.inverse(y), torch.det(x), torch.trace(y)
