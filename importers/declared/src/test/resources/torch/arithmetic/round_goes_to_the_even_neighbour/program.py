# input x: float32[6] values 0.5 1.5 2.5 -0.5 -1.5 -2.5
def forward(self, x):
  return torch.round(x)
