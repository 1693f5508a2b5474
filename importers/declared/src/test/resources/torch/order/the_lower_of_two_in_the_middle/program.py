# input x: float32[2, 6]
def forward(self, x):
  return torch.median(x), torch.median(x, 1, True), torch.kthvalue(x, 2, 1)
