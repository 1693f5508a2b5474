# input x: float32[2, 3]
# input y: float32[3]
def forward(self, x, y):
  return torch.add(x, y, alpha=2), torch.sub(x, y, alpha=-1), torch.rsub(x, y, alpha=0.5)
