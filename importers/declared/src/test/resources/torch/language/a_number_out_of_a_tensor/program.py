# input x: float32[2, 3]
def forward(self, x):
  return x * float(x.sum().item())
