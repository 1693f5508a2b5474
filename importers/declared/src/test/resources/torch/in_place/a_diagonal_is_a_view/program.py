# input x: float32[3, 4]
# input y: float32[3]
def forward(self, x, y):
  z = x.clone()
  z.diagonal().zero_()
  z.diagonal(1).copy_(y)
  z.fill_diagonal_(2.)
  return z, torch.diagonal_scatter(x, y)
