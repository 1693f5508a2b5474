# input x: float32[3, 4]
def forward(self, x):
  return torch.softmax(x, 0, dtype=7)
