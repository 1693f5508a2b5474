# input x: float32[3]
def forward(self, x):
  return torch.bernoulli(x.sigmoid()) * 0 + torch.rand_like(x) * 0
