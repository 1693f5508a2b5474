# input x: float32[3]
def forward(self, x):
  return torch.atleast_1d(x.sum()), torch.atleast_2d(x), torch.atleast_3d(x), torch.atleast_3d(x.view(3, 1))
