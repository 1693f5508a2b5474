# input x: float32[4] values 7.5 -7.5 7.5 -7.5
# input y: float32[4] values 2 2 -2 -2
def forward(self, x, y):
  return torch.remainder(x, y), torch.fmod(x, y)
