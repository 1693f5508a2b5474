# input x: float32[3, 4]
def forward(self, x):
  return torch.max(x, 1), torch.argmax(x, 0, True)
