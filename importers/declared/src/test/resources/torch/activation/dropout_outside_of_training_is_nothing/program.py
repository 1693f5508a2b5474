# input x: float32[3, 4]
def forward(self, x):
  return torch.dropout(x, 0.5, False)
