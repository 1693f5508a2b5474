# input x: float32[2, 3, 6, 7]
def forward(self, x):
  return torch.batch_norm(x, None, None, None, None, True, 0.1, 0.001, False)
