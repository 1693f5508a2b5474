# input x: float32[5] values -3 0 2 2.4 9
def forward(self, x):
  return torch.softplus(x, 2, 5), torch.log_sigmoid(x), torch.threshold(x, 1, 7), torch.hardshrink(x, 2.2), torch.softshrink(x, 2.2)
